"""Which device this is: an id made at first use and kept with the user's own settings, outside every review."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from litreview.files import write_text


def settings_folder() -> Path:
    """Where the user's own settings lie; `LITREVIEW_SETTINGS` may name another place."""
    named = os.environ.get("LITREVIEW_SETTINGS")
    if named:
        return Path(named)
    import click

    return Path(click.get_app_dir("litreview"))


def device_id() -> str:
    """This device's id: eight hex digits, made at first use."""
    path = settings_folder() / "device"
    if path.is_file():
        return path.read_text(encoding="utf-8").strip()
    made = uuid.uuid4().hex[:8]
    write_text(path, made)
    return made
