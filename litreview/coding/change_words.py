"""Changes of a codebook in words, as `litreview codebook diff` and the report tell them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from litreview.coding.comparison import Comparison, meaning_texts
from litreview.coding.model import Code, Codebook
from litreview.errors import Message, message

LONGEST_TEXT = 160  # of an old or new text shown


def tell(comparison: Comparison) -> list[Message]:
    """Every difference, changes of codes first, then proposals and what nobody has spoken of."""
    lines = [told for change in comparison.changes if (told := tell_change(change)) is not None]
    lines += [line for one, other in comparison.pairs for line in _differences(one, other)]
    lines += _themes(comparison.old, comparison.new)
    lines += [
        message("Perhaps renamed (a proposal, by likeness): {old} → {new}", old=old, new=new)
        for old, new in comparison.proposed.items()
    ]
    return lines + [
        message("Gone without a word: {code}. Say what it became, or that it is retired.", code=code)
        for code in comparison.lost
    ]


def tell_change(change: Mapping[str, Any]) -> Message | None:
    """One change of a `codebook-version` judgment; None for a kind that this version does not know."""
    code = str(change.get("code", ""))
    to = change.get("to")
    told = {
        "create": message("New code: {code} in {theme} ({how})", code=code, theme=str(change.get("theme", "")),
                          how=str(change.get("how", ""))),
        "redefine": message("Redefined: {code} ({fields})", code=code, fields=_joined(change.get("fields"))),
        "rename": message("Renamed: {old} → {new}", old=str(change.get("from", "")), new=str(to or "")),
        "merge": message("Merged: {codes} → {new}", codes=_joined(change.get("codes")), new=str(to or "")),
        "split": message("Split: {code} → {codes}", code=code, codes=_joined(to)),
        "move": message("Moved: {code} from {old} to {new}", code=code, old=str(change.get("from", "")),
                        new=str(to or "")),
        "retire": message("Retired: {code}", code=code),
    }  # fmt: skip
    return told.get(str(change.get("op", "")))


def _differences(one: Code, other: Code) -> Iterator[Message]:
    """What a code that goes on says otherwise: labels, texts, attributes, cues, examples."""
    id_ = other.id
    for language, was, now in (("id", one.label.id, other.label.id), ("en", one.label.en, other.label.en)):
        if was != now:
            yield message(
                "{code}, label ({language}): “{was}” → “{now}”", code=id_, language=language, was=was, now=now
            )
    texts = meaning_texts(other)
    for name, was in meaning_texts(one).items():
        if was != texts[name]:
            yield message("{code}, {field}: “{was}” → “{now}”", code=id_, field=name, was=_short(was),
                          now=_short(texts[name]))  # fmt: skip
    for name in ("cues", "examples", "counterexamples"):
        gone, fresh = _apart(getattr(one, name), getattr(other, name))
        if gone or fresh:
            yield message("{code}, {field}: {fresh} new, {gone} gone", code=id_, field=name, fresh=fresh, gone=gone)
    for name in ("attributes", "lens_asks"):
        if getattr(one, name) != getattr(other, name):
            yield message("{code}: {field} changed", code=id_, field=name)


def _themes(old: Codebook, new: Codebook) -> Iterator[Message]:
    """What changed beside the codes: categories, relations, names and words for cues."""
    before = {theme.id: theme for theme in old.themes}
    after = {theme.id: theme for theme in new.themes}
    yield from (message("New category: {theme}", theme=id_) for id_ in after if id_ not in before)
    yield from (message("Category gone: {theme}", theme=id_) for id_ in before if id_ not in after)
    for id_, theme in after.items():
        if id_ in before and _bare(theme) != _bare(before[id_]):
            yield message("Category {theme}: label, colour, attributes or what its cues ask changed", theme=id_)
    for name in ("relations", "names", "words"):
        if getattr(old, name) != getattr(new, name):
            yield message("{field} changed", field=name)


def _bare(theme: Any) -> tuple[Any, ...]:
    return theme.label, theme.colour, theme.asks, theme.attributes


def _apart(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    return len(set(one) - set(other)), len(set(other) - set(one))


def _joined(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value or "")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 2].rsplit(" ", 1)[0] + " …"
