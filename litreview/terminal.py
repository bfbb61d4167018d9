"""Progress on a terminal."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from litreview.errors import Message
from litreview.language.catalogue import Catalogue
from litreview.pipeline.progress import Progress


class TerminalProgress(Progress):
    """A bar for each stage on the error stream; where that is no terminal, a plain line for each, once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Bars(*columns, console=self._console, disable=not self._console.is_terminal)
        self._task: TaskID | None = None
        self._told: set[str] = set()

    def __enter__(self) -> TerminalProgress:
        if self._console.is_terminal:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._console.is_terminal:
            self._bars.stop()

    def begin(self, stage: Message, total: int) -> None:
        """A bar of its own for the stage."""
        text = self._catalogue.text(stage)
        if not self._console.is_terminal:
            self._tell(text)
            return
        self._task = self._bars.add_task(text, total=total)

    def _tell(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self._console.print(text, highlight=False)

    def advance(self) -> None:
        """One item more on the current bar."""
        if self._task is not None:
            self._bars.advance(self._task)
