"""How a run tells where it is; the command line and the browser each show it in their way."""

from __future__ import annotations

from litreview.errors import Message


class Progress:
    """Told of each stage's beginning and of each item done. This one keeps silent."""

    def begin(self, stage: Message, total: int) -> None:
        """A stage of `total` items begins."""

    def advance(self) -> None:
        """One item of the stage is done."""
