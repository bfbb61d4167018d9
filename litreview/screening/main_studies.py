"""The choice of main studies: exact, under rules on the set (method.md). Pure.

Two studies differ when each key of `differ_in` is known for both and not the same; what is unknown differs from
nothing. Sets are compared by their unclear verdicts in total, then their pages of doubtful text; equals are drawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Sequence
from itertools import combinations

from msgspec.structs import replace

from litreview.errors import Message, message
from litreview.ledger import Judgment
from litreview.screening.closest import closest_sets
from litreview.screening.differing import DifferingSets
from litreview.screening.model import Candidate, Choice, Confirmation

ALTERNATIVES = 20
WORDS = {"locus": "place"}  # what keys of the rule are called where they are told


def choose(candidates: Sequence[Candidate], size: int, differ_in: Sequence[str], seed: int) -> Choice:
    """The main studies among eligible candidates, the sets as valid, and what is to be told.

    Fewer candidates than `size`: all. A set whose studies differ in every key: the best of them. None: a set with the
    fewest agreeing pairs. The order of `candidates` does not matter. Raises `ValueError` for a size under 1.
    """
    if size < 1:
        raise ValueError(f"a set of {size} main studies cannot be chosen")
    ordered = sorted(candidates, key=lambda one: one.study)
    if len(ordered) <= size:
        return _all_taken(ordered, size, differ_in)
    sets = DifferingSets(ordered, size, differ_in)
    if not sets.count:
        return _closest(ordered, size, differ_in, seed)
    number = draw(seed, [one.study for one in ordered], sets.best_count)
    chosen = _names(ordered, sets.best(number))
    others = [names for one in sets.cheapest(ALTERNATIVES + 1) if (names := _names(ordered, one)) != chosen]
    return Choice(
        chosen,
        alternatives=tuple(others[:ALTERNATIVES]),
        valid_sets=sets.count,
        as_good=sets.best_count,
        notes=tuple(_notes_on_valid(sets.count, sets.best_count, seed)),
    )


def draw(seed: int, studies: Sequence[str], count: int) -> int:
    """A number under `count` drawn by seed and studies, the same on every machine."""
    digest = hashlib.sha256("\n".join([str(seed), *studies]).encode()).digest()
    return int.from_bytes(digest, "big") % count


def differ(one: Candidate, other: Candidate, differ_in: Iterable[str]) -> bool:
    """Whether two candidates are known to differ in every key."""
    return not any(True for _ in agreements(one, other, differ_in))


def agreements(one: Candidate, other: Candidate, differ_in: Iterable[str]) -> Iterable[str]:
    """The keys in which two candidates agree, or are not known to differ."""
    for key in differ_in:
        left, right = one.values.get(key, ""), other.values.get(key, "")
        if not left or not right or left == right:
            yield key


def _names(ordered: Sequence[Candidate], numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(ordered[number].study for number in sorted(numbers))


def _all_taken(ordered: Sequence[Candidate], size: int, differ_in: Sequence[str]) -> Choice:
    """Every eligible study, when they do not exceed the size."""
    pairs = _agreeing(ordered, differ_in)
    missing = size - len(ordered)
    notes: list[Message] = []
    if missing:
        notes.append(message("{count} studies are eligible, {size} are wanted: all were taken, {missing} are missing.",
                             count=len(ordered), size=size, missing=missing))  # fmt: skip
    notes += _notes_on_pairs(pairs)
    valid = int(not missing and not pairs)
    return Choice(tuple(one.study for one in ordered), valid_sets=valid, as_good=valid, missing=missing,
                  agreeing_pairs=pairs, notes=tuple(notes))  # fmt: skip


def _closest(ordered: Sequence[Candidate], size: int, differ_in: Sequence[str], seed: int) -> Choice:
    """A set with the fewest agreeing pairs, and others with as few."""
    sets = closest_sets(ordered, size, differ_in, seed, ALTERNATIVES)
    chosen = [ordered[number] for number in sorted(sets[0])]
    pairs = _agreeing(chosen, differ_in)
    notes = [message("No {size} eligible studies differ from each other in {keys}; a set with the most differing "
                     "pairs was taken.", size=size, keys=_words(differ_in))]  # fmt: skip
    return Choice(
        tuple(one.study for one in chosen),
        alternatives=tuple(_names(ordered, one) for one in sets[1:]),
        agreeing_pairs=pairs,
        notes=(*notes, *_notes_on_pairs(pairs)),
    )


def _agreeing(studies: Sequence[Candidate], differ_in: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (one.study, other.study, key)
        for one, other in combinations(studies, 2)
        for key in agreements(one, other, differ_in)
    )


def _notes_on_valid(count: int, as_good: int, seed: int) -> Iterable[Message]:
    if count == 1:
        yield message("One set satisfies the rule.")
        return
    yield message("{count} sets satisfy the rule.", count=count)
    if as_good > 1:
        yield message("{count} of them are as good; one was drawn with the seed {seed}.", count=as_good, seed=seed)
    else:
        yield message("One of them has the fewest unclear verdicts and doubtful pages.")


def _notes_on_pairs(pairs: Sequence[tuple[str, str, str]]) -> Iterable[Message]:
    for one, other, key in pairs:
        yield message("{one} and {other} agree in {key}, or are not known to differ.", one=one, other=other,
                      key=_words([key]))  # fmt: skip


def _words(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys of the rule as terms that are translated where they are shown."""
    return tuple(WORDS.get(key, key) for key in keys)


def choose_main_studies(
    candidates: Sequence[Candidate], size: int, differ_in: Sequence[str], seed: int, judgments: Iterable[Judgment] = ()
) -> Choice:
    """The choice, confirmed where people have confirmed a set (standing `main-studies` judgments; body: `studies`,
    `reason`). Theirs stands, also where it is another than the machine's; people who differ confirm nothing."""
    choice = choose(candidates, size, differ_in, seed)
    eligible = {one.study: one for one in candidates}
    said = _confirmations(judgments)
    if not said:
        return choice
    choice = _with_sets_of(said, replace(choice, confirmations=said), eligible)
    people = "; ".join(sorted({one.person for one in said}))
    if choice.differing:
        note = message("{people} confirmed different sets; none stands until they agree.", people=people)
        return replace(choice, notes=(*choice.notes, note))
    chosen = tuple(study for study in said[0].studies if study in eligible)
    gone = len(said[0].studies) - len(chosen)
    if gone:
        note = message("{count} studies of the set that {people} confirmed are no longer eligible; confirm again.",
                       count=gone, people=people)  # fmt: skip
        return replace(choice, notes=(*choice.notes, note))
    return _confirmed(choice, [eligible[study] for study in chosen], size, differ_in, people)


def _confirmations(judgments: Iterable[Judgment]) -> tuple[Confirmation, ...]:
    """What people confirmed, by person and content."""
    said = {
        Confirmation(one.person, tuple(sorted(set(one.body["studies"]))), str(one.body.get("reason", "")))
        for one in judgments
        if one.kind == "main-studies" and one.body.get("studies")
    }
    return tuple(sorted(said, key=lambda one: (one.person, one.studies, one.reason)))


def _with_sets_of(said: Iterable[Confirmation], choice: Choice, eligible: Container[str]) -> Choice:
    """The choice with the sets that people confirmed among its own, where all their studies are eligible."""
    new = {one.studies for one in said if all(study in eligible for study in one.studies)} - set(choice.sets)
    return replace(choice, alternatives=(*choice.alternatives, *sorted(new)))


def _confirmed(choice: Choice, chosen: Sequence[Candidate], size: int, differ_in: Sequence[str], people: str) -> Choice:
    """The choice with the people's set in the machine's place, told where the rule does not hold for it."""
    names = tuple(one.study for one in chosen)
    pairs = _agreeing(chosen, differ_in)
    notes = list(choice.notes) if names == choice.chosen else list(_notes_on_pairs(pairs))
    others = tuple(one for one in (choice.chosen, *choice.alternatives) if one != names)
    return replace(
        choice,
        chosen=names,
        alternatives=others,
        missing=max(0, size - len(names)),
        agreeing_pairs=pairs,
        notes=tuple(notes),
        confirmed_by=people,
    )
