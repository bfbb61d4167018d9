"""What a run starts from."""

from __future__ import annotations

from pathlib import Path

import msgspec

from litreview.coding.model import Codebook
from litreview.protocol import Protocol


class Opened(msgspec.Struct, frozen=True):
    """A review's folder, its protocol and codebook, and the language of its outputs (`id` or `en`)."""

    root: Path
    protocol: Protocol
    codebook: Codebook
    language: str
