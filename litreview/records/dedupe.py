"""Duplicates are linked, never deleted: every group says why, people can split and join, what is unsure is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, islice, pairwise, product
from typing import NamedTuple

from litreview.errors import Message, message
from litreview.ledger import Judgment
from litreview.records.candidates import candidates, stance
from litreview.records.features import Features, features
from litreview.records.likeness import Likeness, compare, differing, forbidden
from litreview.records.model import DuplicateGroup, Duplicates, Record, RecordPair

MOST_STANCES = 20  # ways to look that a group keeps for checks; only a mass of nearly equal records has more
BY_PERSON = -1
TOLD_PLACE = 1  # up to this rank a DOI or a place in print agrees
Pair = tuple[int, int]
_QUARREL = message("One person joined these, another keeps them apart.")


class _Link(NamedTuple):
    """A pair that belongs together; the lower the rank, the stronger the reason."""

    rank: int
    ids: tuple[str, str]  # in order, so that the order of records decides nothing
    pair: Pair
    why: Message


class _Found(NamedTuple):
    """What rules and people say of pairs."""

    links: list[_Link]
    unsure: dict[Pair, Message]
    studies: dict[Pair, Message]
    apart: dict[int, set[int]]  # by member: whom people keep apart from it


def find_duplicates(records: Sequence[Record], judgments: Iterable[Judgment] = ()) -> Duplicates:
    """Groups of records of one publication, pairs that a person should look at, and pairs that may be one study.

    All in the records' order; pairs name the first members of groups. Standing `duplicate-join` and `duplicate-split`
    judgments (body: `records`) go before the rules; where both speak of a pair it stays apart and is unsure. Raises
    `ValueError` when two records have the same id.
    """
    index = {record.id: number for number, record in enumerate(records)}
    if len(index) != len(records):
        raise ValueError("record ids must be distinct: see distinct_exports")
    looks = [features(record) for record in records]
    found = _judged(records, index, judgments)
    for pair in candidates(looks):
        _note(found, records, pair, looks)
    _leave_open(found, looks)
    groups = _join(looks, found)
    leader = {member: group[0] for group in groups for member in group}
    unsure = _told(found.unsure, leader, records, found.apart)
    doubtful = {(pair.one, pair.other) for pair in unsure}
    studies = _told(found.studies, leader, records, found.apart)
    studies = tuple(pair for pair in studies if (pair.one, pair.other) not in doubtful)
    return Duplicates(tuple(_groups(groups, leader, records, found.links)), unsure, studies)


def _note(found: _Found, records: Sequence[Record], pair: Pair, looks: Sequence[Features]) -> None:
    """Compare a pair and keep what was found."""
    one, other = pair
    finding = compare(looks[other], looks[one])
    if finding.why is None or finding.likeness is Likeness.DIFFERENT:
        return
    if finding.likeness is Likeness.SAME:
        found.links.append(_Link(finding.rank, _ids(records, pair), pair, finding.why))
    elif other not in found.apart.get(one, ()):
        (found.unsure if finding.likeness is Likeness.UNSURE else found.studies)[pair] = finding.why


def _ids(records: Sequence[Record], pair: Pair) -> tuple[str, str]:
    one, other = sorted((records[pair[0]].id, records[pair[1]].id))
    return one, other


def _judged(records: Sequence[Record], index: dict[str, int], judgments: Iterable[Judgment]) -> _Found:
    """Links that people made, pairs that they keep apart, and, as unsure, pairs on which they disagree."""
    found = _Found([], {}, {}, defaultdict(set))
    for judgment in judgments:
        known = sorted({index[one] for one in judgment.body.get("records", ()) if one in index})
        if judgment.kind == "duplicate-split":
            for one, other in combinations(known, 2):
                found.apart[one].add(other)
                found.apart[other].add(one)
        elif judgment.kind == "duplicate-join":
            for pair in pairwise(known):
                why = message("Joined with {place} by {person}.", place=records[pair[0]].place, person=judgment.person)
                found.links.append(_Link(BY_PERSON, _ids(records, pair), pair, why))
    found.unsure.update((link.pair, _QUARREL) for link in found.links if link.pair[1] in found.apart[link.pair[0]])
    return found


def _leave_open(found: _Found, looks: Sequence[Features]) -> None:
    """Take out the links of records that tell neither volume nor page nor DOI, and would fit two publications (a cut
    title, and the first and second part that both begin so): they become unsure. Where one fits better (the same
    year, not the next), its link stays."""
    partners: dict[int, list[tuple[int, int, Pair]]] = defaultdict(list)
    for link in found.links:
        for one, other in (link.pair, link.pair[::-1]):
            if link.rank > TOLD_PLACE and _tells_less(looks[one], looks[other]):
                partners[one].append((link.rank, other, link.pair))
    left_open: set[Pair] = set()
    for fitting in partners.values():
        best = min(rank for rank, _, _ in fitting)
        if _quarrel(looks, [other for _, other, _ in fitting]):
            spared = not _quarrel(looks, [other for rank, other, _ in fitting if rank == best])
            left_open.update(pair for rank, _, pair in fitting if not spared or rank > best)
    why = message("It fits two publications: too little is told.")
    found.unsure.update(dict.fromkeys(left_open, why))
    found.links[:] = [link for link in found.links if link.rank <= TOLD_PLACE or link.pair not in left_open]


def _tells_less(one: Features, other: Features) -> bool:
    """Whether a record does not tell where it is printed, and the other does, or has a whole title."""
    if one.volume or one.pages.first or one.doi:
        return False
    return bool(other.volume or other.pages.first or other.doi) or (one.truncated and not other.truncated)


def _quarrel(looks: Sequence[Features], positions: Sequence[int]) -> bool:
    """Whether any two of some records seem to be two publications."""
    each = list({stance(looks[at]): at for at in sorted(positions)}.values())[:MOST_STANCES]
    return any(differing(looks[a], looks[b]) for a, b in combinations(each, 2))


class _Group(NamedTuple):
    """Records brought together so far, and one position for each way that they look."""

    members: list[int]
    stances: dict[tuple[object, ...], int]


def _join(looks: Sequence[Features], found: _Found) -> list[list[int]]:
    """Groups from links, strongest first, each in the records' order. A link that would bring together what people keep
    apart, or what the rules forbid, is not followed: its pair becomes unsure."""
    found.links.sort(key=lambda link: (link.rank, link.ids))
    groups: dict[int, _Group] = {}
    for rank, _, (one, other), _ in found.links:
        left, right = (groups.get(at) or _Group([at], {stance(looks[at]): at}) for at in (one, other))
        if left is right:
            continue
        kept_apart = _kept_apart(left, right, found.apart)
        if kept_apart or (rank != BY_PERSON and _forbidden(looks, left, right)):
            if other not in found.apart.get(one, ()) or rank == BY_PERSON:
                why = message("They look the same, but others in their groups speak against it.")
                found.unsure.setdefault((one, other), why)
            continue
        small, big = sorted((left, right), key=lambda group: len(group.members))
        big.members.extend(small.members)
        big.stances.update(islice(small.stances.items(), max(0, MOST_STANCES - len(big.stances))))
        groups.update(dict.fromkeys(small.members if len(big.members) > 2 else big.members, big))
    whole = {id(group): sorted(group.members) for group in groups.values()}
    return sorted(whole.values())


def _kept_apart(left: _Group, right: _Group, apart: dict[int, set[int]]) -> bool:
    """Whether a person keeps a member of one from a member of the other."""
    return bool(apart) and any(
        not apart[member].isdisjoint(right.members) for member in left.members if member in apart
    )


def _forbidden(looks: Sequence[Features], left: _Group, right: _Group) -> bool:
    return any(forbidden(looks[a], looks[b]) for a, b in product(left.stances.values(), right.stances.values()))


def _groups(
    groups: Sequence[Sequence[int]], leader: dict[int, int], records: Sequence[Record], links: Sequence[_Link]
) -> list[DuplicateGroup]:
    """The groups' values; each member's reason is the strongest link that it has with a member before it, or after."""
    before: dict[int, Message] = {}
    after: dict[int, Message] = {}
    for link in links:  # the strongest first
        one, other = link.pair
        if one in leader and leader[one] == leader.get(other):
            before.setdefault(other, link.why)
            after.setdefault(one, link.why)
    return [
        DuplicateGroup(
            tuple(records[m].id for m in group), tuple(before[m] if m in before else after[m] for m in group[1:])
        )
        for group in groups
    ]


def _told(
    pairs: dict[Pair, Message], leader: dict[int, int], records: Sequence[Record], apart: dict[int, set[int]]
) -> tuple[RecordPair, ...]:
    """Pairs between groups, each once, by the groups' first members; those that people keep apart only where people
    disagree on them."""
    found: dict[Pair, Message] = {}
    for (one, other), why in sorted(pairs.items(), key=lambda item: item[0]):
        a, b = sorted((leader.get(one, one), leader.get(other, other)))
        settled = (b in apart.get(a, ()) or other in apart.get(one, ())) and why is not _QUARREL
        if a != b and not settled:
            found.setdefault((a, b), why)
    ordered = sorted(found.items(), key=lambda item: item[0])
    return tuple(RecordPair(records[a].id, records[b].id, why) for (a, b), why in ordered)
