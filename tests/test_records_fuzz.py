"""Whatever bytes come: nothing is raised, and every entry is a record or told as lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview.records.model import Export
from litreview.records.read import is_export, parse_export
from litreview.records.write import write_records
from tests.export_making import TEXTS, every_kind

KINDS = every_kind()
FRAGMENTS = sorted(
    {line for text in TEXTS.values() for line in text.splitlines(keepends=True)}
    | {"{", "}", '"', "\\", "[", "<", ">", "&", "%", "@", "\r", "\n\n", "  - ", "ER  - ", "\u2028", "\ufeff", "\0", "é"}
)
mutations = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["put", "cut", "double", "swap"]), st.binary(min_size=1, max_size=4)),
    min_size=1, max_size=6,
)  # fmt: skip


def mutated(content: bytes, changes: list[tuple[float, str, bytes]]) -> bytes:
    """Bytes with some put in, cut out, written twice, or changed."""
    for where, how, some in changes:
        at = int(where * len(content))
        length = len(some) * (1 + len(content) // 40)
        if how == "put":
            content = content[:at] + some + content[at:]
        elif how == "cut":
            content = content[:at] + content[at + length :]
        elif how == "double":
            content = content[: at + length] + content[at:]
        else:
            content = content[:at] + some + content[at + len(some) :]
    return content


def holds(export: Export | None) -> None:
    """What must hold of every export, whatever it was read from."""
    if export is None:
        return
    assert export.entries == len(export.records) + export.lost
    assert export.notices or not export.lost
    assert len({record.id for record in export.records}) == len(export.records)
    assert [record.place for record in export.records] == [f"a:{n}" for n in range(1, len(export.records) + 1)]
    assert all(notice.told(str) for notice in export.notices)


@pytest.mark.parametrize("kind", KINDS)
def test_an_unharmed_export_is_of_its_kind_and_loses_nothing(kind: str) -> None:
    export = parse_export(KINDS[kind], "a")
    assert export is not None
    holds(export)
    assert (export.format, export.entries, export.lost) == (kind.replace("wos-", ""), 2, 0)
    assert [record.title.split()[0].strip(";") for record in export.records] == ["Belajar", "Dua"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@given(changes=mutations)
@settings(deadline=None, max_examples=200)
def test_harmed_exports_raise_nothing(kind: str, changes: list[tuple[float, str, bytes]]) -> None:
    content = mutated(KINDS[kind], changes)
    export = parse_export(content, "a")
    holds(export)
    assert is_export(content) is (export is not None)
    if export is not None:
        again = parse_export(write_records(export.records, export.decisions, "ris"), "a")
        assert not export.records or (again is not None and again.records == export.records)


@pytest.mark.slow
@given(parts=st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=8), max_size=30), encoding=st.sampled_from(
    ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"]))  # fmt: skip
@settings(deadline=None, max_examples=800)
def test_any_mixture_raises_nothing(parts: list[str], encoding: str) -> None:
    holds(parse_export("".join(parts).encode(encoding, "replace"), "a"))


@given(content=st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_raise_nothing(content: bytes) -> None:
    holds(parse_export(content, "a"))
    holds(parse_export(b"PK\x03\x04" + content, "a"))


LONG = 50_000
HOSTILE = {
    "glued tags": "TY  - JOUR\nAB  - a" + " AU  - x" * LONG,
    "dashes": "TY  - JOUR\nAB  - a" + "  -" * LONG,
    "empty lines": "TY  - JOUR\n" + "\n" * LONG,
    "marks of a sentence after a DOI": "TY  - JOUR\nDO  - 10.1234/" + ")." * LONG,
    "entities": "TY  - JOUR\nTI  - " + "&#1" * LONG + "<i " * LONG,
    "broken lists of Rayyan": "TY  - JOUR\nN1  - RAYYAN-INCLUSION: {" + '"a"=>"\\"' * LONG,
    "braces": "@article{a, title = " + "{" * LONG,
    "unclosed fields": "@article{a, " + "a = {" * LONG,
    "a key of spaces": "@article{" + " " * LONG,
    "names of spaces": "@article{a, author={a" + " " * LONG + "}}",
    "strings of strings": "@string{a = {x}}\n" + "@string{a = a # a}\n" * LONG + "@article{b, title = a # a}",
    "commands": "@article{a, title={\\x " + "{" * LONG + "$" * LONG + "}}",
    "brackets": "@article{a, keywords={" + ",(" * LONG + "}}",
    "depth of XML": "<xml><records><record><titles>" + "<a>" * LONG,
    "attributes": "<xml><records><record><ref-type " + " ".join(f"a{n}=''" for n in range(LONG)) + "/></record>",
    "depth of JSON": '[{"type": "x", "DOI": ' + "[" * LONG,
    "marks of quotation": 'title,year,doi\n"' + "a,1,b\n" * LONG,
    "pairs of marks": "title,year,doi\n" + '"a\n""b,c,d\n' * LONG,
    "columns": "title,year" + "," * LONG + "\n1,2",
    "names without a sign": "item title,item doi,authors\na,b," + "aB" * LONG,
}


@pytest.mark.slow
@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_texts_come_to_an_end(what: str) -> None:
    """Each would take minutes, or memory without end, if time grew with the square of the file."""
    holds(parse_export(HOSTILE[what].encode(), "a"))
