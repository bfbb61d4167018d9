"""Duplicates are linked, never deleted: every group says why, people can split and join, what is unsure is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from msgspec.structs import replace

from litreview.errors import Message, message
from litreview.language.casing import casing
from litreview.ledger import Judgment
from litreview.records.fields import family_name, is_truncated
from litreview.records.likeness import Features, Likeness, compare, features, forbidden, title_blocks
from litreview.records.model import DuplicateGroup, Entry, Record

BLOCK_SIZE = 60  # in a bigger block, records are compared with their neighbours in order of title only
NEIGHBOURS = 10
_PLAIN = ("kind", "year", "venue", "volume", "issue", "pages", "doi", "url", "language", "keywords", "database")
Pair = tuple[int, int]


class _Link(NamedTuple):
    """A pair that belongs together; the lower the rank, the stronger the reason."""

    rank: int
    pair: Pair
    why: Message


def find_duplicates(
    records: Sequence[Record], judgments: Iterable[Judgment] = ()
) -> tuple[list[DuplicateGroup], list[tuple[str, str]]]:
    """Groups of records of one publication, in the records' order, and pairs of ids that a person should look at
    (each once: of a group its first member).

    Standing `duplicate-join` and `duplicate-split` judgments (body: `records`) go before the rules; where both speak of
    a pair it stays apart and is unsure. Raises `ValueError` when two records have the same id.
    """
    index = {record.id: number for number, record in enumerate(records)}
    if len(index) != len(records):
        raise ValueError("record ids must be distinct: see distinct_exports")
    looks = [features(record) for record in records]
    apart, links, unsure = _judged(records, index, judgments)
    for pair in sorted(_candidates(looks)):
        finding = compare(looks[pair[1]], looks[pair[0]])
        if finding.likeness is Likeness.SAME and finding.why is not None:
            links.append(_Link(finding.rank, pair, finding.why))
        elif finding.likeness is Likeness.UNSURE and pair not in apart:
            unsure.add(pair)
    groups = _join(looks, sorted(links, key=lambda link: link[:2]), apart, unsure)
    found = [_group(group, records, links) for group in groups]
    leader = {member: group[0] for group in groups for member in group}
    open_pairs = {tuple(sorted((leader.get(a, a), leader.get(b, b)))) for a, b in unsure}
    return found, [(records[a].id, records[b].id) for a, b in sorted(open_pairs) if a != b]


def _judged(
    records: Sequence[Record], index: dict[str, int], judgments: Iterable[Judgment]
) -> tuple[set[Pair], list[_Link], set[Pair]]:
    """Pairs that people keep apart, links that they made, and pairs on which they disagree."""
    apart: set[Pair] = set()
    links: list[_Link] = []
    for judgment in judgments:
        known = sorted({index[one] for one in judgment.body.get("records", ()) if one in index})
        if judgment.kind == "duplicate-split":
            apart.update(combinations(known, 2))
        elif judgment.kind == "duplicate-join":
            for pair in pairwise(known):
                why = message("Joined with {place} by {person}.", place=records[pair[0]].place, person=judgment.person)
                links.append(_Link(-1, pair, why))
    return apart, links, {link.pair for link in links} & apart


def _candidates(looks: Sequence[Features]) -> set[Pair]:
    """Pairs worth a comparison: those that share a block. Near linear in the number of records."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, look in enumerate(looks):
        for key in _block_keys(look):
            blocks[key].append(number)
    found: set[Pair] = set()
    for block in blocks.values():
        if len(block) <= BLOCK_SIZE:
            found.update(combinations(block, 2))
            continue
        ordered = sorted(block, key=lambda number: (looks[number].key, number))
        for at, number in enumerate(ordered):
            found.update((min(number, n), max(number, n)) for n in ordered[at + 1 : at + 1 + NEIGHBOURS])
    return found


def _block_keys(look: Features) -> Iterator[str]:
    """The blocks that a record falls into: DOI, title, its first and last words, where printed, author and year."""
    record = look.record
    if record.doi:
        yield f"doi {record.doi}"
    yield from title_blocks(look)
    if look.volume and look.page:
        yield f"place {record.year} {look.volume} {look.page}"
    if record.authors and record.year:
        yield f"author {family_name(record.authors[0])} {record.year}"


def _join(looks: Sequence[Features], links: Sequence[_Link], apart: set[Pair], unsure: set[Pair]) -> list[list[int]]:
    """Groups from links, strongest first. A link that would bring together what people keep apart, or what the rules
    forbid, is not followed: its pair is added to `unsure`."""
    groups: dict[int, list[int]] = {}
    for rank, (one, other), _ in links:
        left, right = groups.get(one, [one]), groups.get(other, [other])
        if left is right:
            continue
        pairs = [(min(a, b), max(a, b)) for a in left for b in right]
        by_rule = rank >= 0 and any(forbidden(looks[a], looks[b]) for a, b in pairs[: BLOCK_SIZE * BLOCK_SIZE])
        if by_rule or not apart.isdisjoint(pairs):
            if (one, other) not in apart or rank < 0:
                unsure.add((one, other))
            continue
        merged = sorted(left + right)
        groups.update(dict.fromkeys(merged, merged))
    return sorted({id(group): group for group in groups.values()}.values())


def _group(group: Sequence[int], records: Sequence[Record], links: Sequence[_Link]) -> DuplicateGroup:
    """A group's value; each member's reason is the strongest link that it has with a member before it, or after."""
    inside = set(group)
    best: dict[int, _Link] = {}
    for link in sorted((one for one in links if inside.issuperset(one.pair)), key=lambda one: one[:2], reverse=True):
        best[link.pair[1]] = link
    for member in group[1:]:
        if member not in best:
            best[member] = min((one for one in links if member in one.pair and inside.issuperset(one.pair)),
                               key=lambda one: one[:2])  # fmt: skip
    return DuplicateGroup(tuple(records[m].id for m in group), tuple(best[m].why for m in group[1:]))


def entries(records: Sequence[Record], groups: Sequence[DuplicateGroup]) -> list[Entry]:
    """Unique publications in the records' order: each group once, at its first member, with its best fields."""
    by_id = {record.id: record for record in records}
    leading = {group.members[0]: group for group in groups}
    following = {member for group in groups for member in group.members[1:]}
    found = []
    for record in records:
        if record.id not in following:
            members = leading[record.id].members if record.id in leading else (record.id,)
            found.append(Entry(record.id, combined([by_id[member] for member in members]), members))
    return found


def combined(copies: Sequence[Record]) -> Record:
    """The first copy with its gaps filled: whole titles and abstracts before cut ones, titles written as
    sentences before those in capitals, full lists before short ones."""
    first = copies[0]
    titles = sorted((c.title for c in copies if c.title), key=lambda title: (is_truncated(title), casing(title)))
    abstracts = sorted((c.abstract for c in copies if c.abstract), key=lambda text: (is_truncated(text), -len(text)))
    names = sorted((c.authors for c in copies if c.authors), key=_fullness, reverse=True)
    extra = {key: value for copy in reversed(copies) for key, value in copy.extra.items()}
    plain = {field: _first_known(copies, field) for field in _PLAIN}
    return replace(
        first,
        title=titles[0] if titles else "",
        abstract=abstracts[0] if abstracts else "",
        authors=names[0] if names else (),
        extra=dict(sorted(extra.items())),
        **plain,
    )


def _first_known(copies: Sequence[Record], field: str) -> object:
    """A field of the first copy that has it."""
    return next((value for value in (getattr(copy, field) for copy in copies) if value), getattr(copies[0], field))


def _fullness(names: tuple[str, ...]) -> tuple[int, int]:
    """How much a list of authors tells: how many names, how many letters."""
    return len(names), sum(map(len, names))
