"""What a run starts from."""

from __future__ import annotations

from pathlib import Path

import msgspec

from litreview.coding.model import Codebook
from litreview.protocol import Protocol
from litreview.versions import Version


class Opened(msgspec.Struct, frozen=True):
    """A review's folder, its protocol and codebook with their whole texts, and the language of its outputs (`id` or
    `en`)."""

    root: Path
    protocol: Protocol
    codebook: Codebook
    language: str
    protocol_version: Version
    codebook_version: Version | None = None

    @property
    def judgments(self) -> Path:
        """The ledger's folder."""
        return self.root / "judgments"
