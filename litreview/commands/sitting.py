"""`litreview screen --keys`: records one after the other on the terminal, decided by a key each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from litreview.commands.common import say

if TYPE_CHECKING:
    from litreview.pipeline.sitting import Sitting
    from litreview.records.model import Entry
    from litreview.review import Review

KEYS = {"1": "include", "2": "exclude", "3": "maybe", "s": "skip", "u": "undo", "q": "quit"}
OWN_WORDS = "0"
LINE, WIDEST = "─" * 60, 100  # characters


def sit(review: Review, sitting: Sitting) -> None:
    """Show record after record until nothing waits or the person goes; what was decided is saved already."""
    _ = review.catalogue.gettext
    shown: Entry | None = None
    while sitting.current is not None:
        if sitting.current is not shown:
            _show(review, sitting, sitting.current)
        shown = sitting.current
        act = KEYS.get(_key(_("1 include · 2 exclude · 3 undecided · s later · u take back · q quit")).lower(), "")
        if act == "quit":
            break
        if act == "exclude":
            reason = _reason(review)
            if reason:
                sitting.decide("exclude", reason)
        elif act in ("include", "maybe"):
            sitting.decide(act)
        elif act == "skip":
            sitting.skip()
        elif act == "undo" and not sitting.undo():
            say(_("There is nothing to take back in this sitting."))
    if sitting.current is None:
        say(_("Nothing waits for you at title and abstract."))
    say(_("Saved in this sitting: {count} decisions.", count=sitting.decided))
    for line in sitting.stopping():
        say(review.catalogue.text(line))


def _key(asked: str) -> str:
    """The key pressed; where there is no terminal, or its end, that to quit by."""
    click.echo(f"\n{asked}")
    try:
        return click.getchar() or "q"
    except (OSError, EOFError):
        return "q"


def _show(review: Review, sitting: Sitting, entry: Entry) -> None:
    _ = review.catalogue.gettext
    record = entry.record
    click.echo(f"\n{LINE}")
    say(_("{count} waiting", count=sitting.left))
    say(click.style(_marked(review, record.title or _("(no title)")), bold=True))
    told = ["; ".join(record.authors), str(record.year or ""), record.venue, record.doi]
    click.echo(" · ".join(part for part in told if part))
    click.echo(f"\n{_marked(review, record.abstract or _('(no abstract)'))}\n")
    click.echo(_("By rule; decides nothing:"))
    labels = {criterion.id: criterion.label.get(review.language) for criterion in review.protocol.criteria}
    for verdict in sitting.verdicts.get(entry.id, ()):
        mark = {"met": "✓", "unmet": "✗"}.get(verdict.state, "?")
        say(f"{mark} {labels.get(verdict.criterion) or verdict.criterion}: {review.catalogue.text(verdict.why)}")


def _marked(review: Review, text: str) -> str:
    """A text in lines that fit the terminal, the words of the protocol's concepts underlined."""
    import shutil
    import textwrap

    from litreview.screening.vocabulary import find_mentions

    text = textwrap.fill(text, min(WIDEST, shutil.get_terminal_size().columns))
    parts, at = [], 0
    for mention in find_mentions(text, review.protocol.concepts):
        parts += [text[at : mention.start], click.style(text[mention.start : mention.end], underline=True)]
        at = mention.end
    return "".join([*parts, text[at:]])


def _reason(review: Review) -> str:
    """Why a record is excluded: a criterion by its number, or own words; empty where the person thinks better of it."""
    _ = review.catalogue.gettext
    criteria = review.protocol.criteria[:9]
    for number, criterion in enumerate(criteria, start=1):
        say(f"  {number} {criterion.label.get(review.language) or criterion.id}")
    key = _key(_("Why? A number, or {own} for words of your own; any other key: back", own=OWN_WORDS))
    if key == OWN_WORDS:
        return str(click.prompt(_("Reason"), default="", show_default=False)).strip()
    return criteria[int(key) - 1].id if key.isdigit() and 1 <= int(key) <= len(criteria) else ""
