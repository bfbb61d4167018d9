"""Worklists and differences on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from litreview.commands.common import print_json, say

if TYPE_CHECKING:
    from litreview.coding.model import Code
    from litreview.pipeline.ranked import RankedList
    from litreview.pipeline.worklists import ToDo
    from litreview.review import Review
    from litreview.synthesis.model import Settled, Work

MOST_TODO = 40  # of a list on the terminal; --json has them all


def show_list(review: Review, todo: Sequence[ToDo], work: Sequence[Work], as_json: bool) -> None:
    """What waits for a person, then how far the team is."""
    if as_json:
        print_json({"waiting": todo, "work": work})
        return
    from litreview.pipeline.worklists import work_lines

    _ = review.catalogue.gettext
    for one in todo[:MOST_TODO]:
        say(_todo_line(review, one))
    if len(todo) > MOST_TODO:
        say(_("… and {count} more; --json lists all.", count=len(todo) - MOST_TODO))
    for row in work:
        for line in work_lines(row):
            say(review.catalogue.text(line))
    if not todo and not work:
        say(_("Nothing waits. Add --as with your id to see what waits for you."))


def show_ranked(review: Review, ranked: RankedList, as_json: bool) -> None:
    """What waits for a person in the order of the ranking, and whether screening may stop."""
    if as_json:
        print_json(ranked)
        return
    show_list(review, ranked.waiting, (), as_json=False)
    for line in ranked.so_far.lines():
        say(review.catalogue.text(line))


def show_differences(review: Review, found: Sequence[Settled], as_json: bool) -> None:
    """Open differences: who said what, and what the codes mean, side by side."""
    if as_json:
        print_json({"differences": found, "codes": {c: review.codebook.codes[c] for c in _codes(review, found)}})
        return
    _ = review.catalogue.gettext
    for one in found:
        say(f"{one.id}  {one.name}" + (f": “{one.quote}”" if one.quote else f" – {one.stage}"))
        for number, (person, what) in enumerate(one.said):
            reason = one.reasons[number] if number < len(one.reasons) else ""
            say(f"    {person}: {what or _('not coded')}" + (f" – {reason}" if reason else ""))
        for code in (review.codebook.codes[id_] for id_ in one.codes if id_ in review.codebook.codes):
            _show_definition(review, code)
    if not found:
        say(_("There is no open difference among what all have judged."))


def _codes(review: Review, found: Sequence[Settled]) -> list[str]:
    return sorted({code for one in found for code in one.codes if code in review.codebook.codes})


def _show_definition(review: Review, code: Code) -> None:
    _ = review.catalogue.gettext
    say(f"      {code.id} = {code.label.get(review.language)}: {' '.join(code.definition.split()) or '–'}")
    for heading, text in ((_("Use when"), code.use_when), (_("Not when"), code.not_when)):
        if text:
            say(f"        {heading}: {' '.join(text.split())}")


def tell_recorded(review: Review, count: int, as_json: bool) -> None:
    """That judgments are saved, and what to do next."""
    if as_json:
        print_json({"recorded": count})
    elif count:
        say(review.catalogue.gettext("Saved: {count} judgments. Type litreview run to renew the outputs.", count=count))
    else:
        say(review.catalogue.gettext("There was nothing to record."))


def _todo_line(review: Review, one: ToDo) -> str:
    from litreview.report.words import word

    told = [one.target, word(review.catalogue, "stage", one.stage), one.name]
    told += [one.part] if one.part else []
    told += [one.round] if one.round else []
    if one.again is not None:
        told.append(review.catalogue.gettext("look again: {why}", why=review.catalogue.text(one.again)))
    return "  ".join(told)
