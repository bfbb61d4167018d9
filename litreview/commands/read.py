"""`litreview read`: what is understood of any files, without a review."""

from __future__ import annotations

from pathlib import Path

import click

from litreview.commands.common import catalogue_of, language_option, say, shown_progress
from litreview.commands.spoken import SpokenCommand
from litreview.errors import UsageError, message


@click.command(cls=SpokenCommand)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@language_option
@click.option("--ocr", is_flag=True, help="Recognise the text of pages that are pictures; may take a while.")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each file.")
@click.option("--text", "as_text", is_flag=True, help="Print the canonical text.")
@click.option("--workers", type=click.IntRange(min=1), help="How many files are read at once.")
def read(
    files: tuple[Path, ...], language: str | None, ocr: bool, as_json: bool, as_text: bool, workers: int | None
) -> None:
    """Show what is understood of FILES (or of every document in a folder): no review is needed, nothing is kept."""
    import msgspec

    from litreview.language.of_review import language_of
    from litreview.pipeline.read_files import find_documents, read_files, read_recognising
    from litreview.pipeline.telling_files import tell_understood

    catalogue = catalogue_of(language or language_of(Path()))
    absent = [str(path) for path in files if not path.exists()]
    found = find_documents([path for path in files if path.exists()])
    silent = as_json or as_text or (len(found) < 2 and not ocr)
    with shown_progress(catalogue, silent) as progress:
        progress.begin(message("Reading documents"), len(found))
        for one in read_recognising(found, progress, workers) if ocr else read_files(found, workers):
            if as_json:
                say(msgspec.json.encode(one.understood).decode())
            elif as_text and one.document is not None:
                say(one.document.text)
            else:
                for line in tell_understood(one.understood, catalogue, one.why):
                    say(line, err=as_text)
            progress.advance()
    if absent:
        raise UsageError(message("There is no such file: {files}.", files=", ".join(absent)))
    if not found:
        raise UsageError(message("There is no document in these folders."))
