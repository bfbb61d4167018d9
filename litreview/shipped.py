"""Begin a review: an empty one, or a copy of the sample review that travels with the package."""

from __future__ import annotations

import shutil
from pathlib import Path

from litreview.errors import UsageError, message
from litreview.files import write_text

SAMPLE_PARTS = ("review.yaml", "corpus", "codebooks", "judgments")
_PACKAGE = Path(__file__).resolve().parent
_GITIGNORE = ".litreview/\noutputs/\n"
_GITATTRIBUTES = "* text=auto\n*.pdf binary\n*.gz binary\n*.jsonl text eol=lf merge=union\n"


def create_review(folder: Path, sample: bool = False) -> list[str]:
    """Make a review in `folder`; names of what was made. Raises `UsageError` when a review is there already, or nothing
    can be written there."""
    try:
        return _create(folder, sample)
    except OSError as error:
        what = message("No review can be begun here ({why}). Choose a folder of your own, or free the disk or the"
                       " rights to this one.", why=error.strerror or str(error))  # fmt: skip
        raise UsageError(what, folder) from error


def _create(folder: Path, sample: bool) -> list[str]:
    if (folder / "review.yaml").exists():
        raise UsageError(message("There is a review in this folder already; nothing was changed."), folder)
    folder.mkdir(parents=True, exist_ok=True)
    made = _copy_sample(folder) if sample else _write_template(folder)
    for name, text in ((".gitignore", _GITIGNORE), (".gitattributes", _GITATTRIBUTES)):
        if not (folder / name).exists():
            write_text(folder / name, text)
    return made


def sample_folder() -> Path:
    """Where the sample review lies: in the installed package, or beside it in a checkout."""
    for folder in (_PACKAGE / "shipped", _PACKAGE.parent):
        if (folder / "review.yaml").is_file():
            return folder
    raise UsageError(message("The sample review is not part of this installation. Install litreview from its wheel."))


def _copy_sample(folder: Path) -> list[str]:
    origin = sample_folder()
    for part in SAMPLE_PARTS:
        source, target = origin / part, folder / part
        if target.exists():
            what = message("'{name}' is in this folder already; choose an empty folder for the sample.", name=part)
            raise UsageError(what, folder)
        if source.is_dir():
            shutil.copytree(source, target, copy_function=shutil.copyfile)
        elif source.is_file():
            shutil.copyfile(source, target)
    return [part for part in SAMPLE_PARTS if (folder / part).exists()]


def _write_template(folder: Path) -> list[str]:
    text = (_PACKAGE / "language" / "catalogues" / "review-template.yaml").read_text(encoding="utf-8")
    write_text(folder / "review.yaml", text)
    for name in ("corpus", "codebooks", "judgments"):
        (folder / name).mkdir(exist_ok=True)
    return ["review.yaml", "corpus", "codebooks", "judgments"]
