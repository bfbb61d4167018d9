"""Every sentence for people has its Indonesian, with the same fields."""

from __future__ import annotations

import io
import string
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from litreview.cli import main
from litreview.commands.spoken import HEADINGS, help_paragraphs
from litreview.documents.model import STATUSES
from litreview.documents.refusals import FAILURES, REASONS, UNREAD
from litreview.documents.sniffing import BEGINNINGS, INSIDE_ZIP, OTHER_KINDS
from litreview.errors import message
from litreview.language.catalogue import Catalogue, parse_po

PACKAGE = Path(__file__).parent.parent / "litreview"
CALLS: dict[str, None] = {"message": None, "gettext": None, "_": None, "say": None}
NOT_IN_CALLS = ("Error", *STATUSES, *REASONS.values(), *(reason for _, reason in FAILURES.values()),
                UNREAD[1], *(kind for _, kind in (*BEGINNINGS, *INSIDE_ZIP)), *OTHER_KINDS)  # fmt: skip


def from_python(source: bytes) -> Iterator[str]:
    for _, text, _, _ in extract("python", io.BytesIO(source), keywords=CALLS):
        yield text if isinstance(text, str) else text[0]


def from_template(source: bytes) -> Iterator[str]:
    for _, _, text, _ in babel_extract(io.BytesIO(source), ("_", "gettext"), [], {}):
        found = text[0] if isinstance(text, tuple) else text
        if found:
            yield found


def from_commands(command: click.Command) -> Iterator[str]:
    """The help of a command, its options and the commands in it."""
    options = [one.help for one in command.get_params(click.Context(command)) if isinstance(one, click.Option)]
    for text in (command.help, *options):
        yield from help_paragraphs(text or "")
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        yield from from_commands(inner)


def templates() -> set[str]:
    found = {*NOT_IN_CALLS, *HEADINGS, *from_commands(main)}
    for path in sorted(PACKAGE.rglob("*.py")):
        found.update(from_python(path.read_bytes()))
    for path in sorted(PACKAGE.rglob("*.j2")):
        found.update(from_template(path.read_bytes()))
    return found - {""}


def fields(template: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(template) if name is not None)


@pytest.fixture(scope="module")
def indonesian() -> dict[str, str]:
    with (resources.files("litreview.language") / "catalogues" / "id.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id}


def test_nothing_is_missing_and_nothing_is_left_over(indonesian: dict[str, str]) -> None:
    wanted = templates()
    assert len(wanted) > 300
    assert sorted(wanted - {id_ for id_, text in indonesian.items() if text}) == []
    assert sorted(set(indonesian) - wanted) == []


def test_the_fields_are_the_same(indonesian: dict[str, str]) -> None:
    assert [id_ for id_, text in indonesian.items() if fields(id_) != fields(text)] == []


def test_words_that_would_mislead_are_not_used(indonesian: dict[str, str]) -> None:
    wrong = ("koder", "rekaman", "ulasan", "vonis", "seleksi", "ajudikasi", "isyarat")
    assert [text for text in indonesian.values() if any(w in text.casefold().split() for w in wrong)] == []


def test_a_catalogue_fills_fields_and_leaves_the_unknown_in_english() -> None:
    catalogue = Catalogue("id")
    assert catalogue.gettext("{size} main studies", size=2) == "2 studi utama"
    assert catalogue.gettext("No such sentence.") == "No such sentence."
    assert Catalogue("en").gettext("not discussed") == "not discussed"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (b'message("one {x}", x=1)', ["one {x}"]),
        (b'_("a" " b")', ["a b"]),
        (b"gettext(other)", []),
    ],
)
def test_the_collecting_itself(source: bytes, found: list[str]) -> None:
    assert list(from_python(source)) == found
    assert list(from_template(b'<p>{{ _("x {n}", n=1) }}{{ y }}</p>')) == ["x {n}"]


def test_terms_that_a_message_lists_are_translated_too() -> None:
    what = message("Has text under {sections}.", sections=("results", "discussion"))
    assert Catalogue("id").text(what) == "Memuat teks di bawah hasil, pembahasan."
    assert str(what) == "Has text under results, discussion."


def test_our_reading_of_a_catalogue_is_babel_s(indonesian: dict[str, str]) -> None:
    text = (resources.files("litreview.language") / "catalogues" / "id.po").read_text(encoding="utf-8")
    assert parse_po(text) == {id_: said for id_, said in indonesian.items() if said}
    assert parse_po("") == {}
    assert parse_po('msgid "a \\"b\\"\\n"\n"c"\nmsgstr ""\n"d"\n\nmsgid "e"\nmsgstr ""\n') == {'a "b"\nc': "d"}
