"""Pairs of records worth a comparison: those that share a block. Linear in the number of records. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from litreview.records.features import Features

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

BLOCK_SIZE = 30  # in a bigger block, records meet their neighbours in order of title only
NEIGHBOURS = 10
END_LETTERS = 20  # of a title's beginning and end
Pair = tuple[int, int]


def candidates(looks: Sequence[Features]) -> Iterator[Pair]:
    """Pairs of positions (the lower first), each once, in order. Records that look the same in all meet only the first
    of them, so that a million equal titles cost a million comparisons."""
    import numpy as np

    first, equals = _distinct(looks)
    yield from equals
    found = np.unique(np.concatenate([np.zeros(0, np.int64), *(
        _pairs_of_blocks(looks, first, key, order) for key, order in _BLOCKS)]))  # fmt: skip
    for start in range(0, len(found), 100_000):  # in parts, since a list of Python's numbers takes four times the place
        left, right = np.divmod(found[start : start + 100_000], len(looks))
        yield from zip(left.tolist(), right.tolist(), strict=True)


def _distinct(looks: Sequence[Features]) -> tuple[list[int], list[Pair]]:
    """The first of each set of records that look the same, and the others, each paired with it."""
    seen: dict[tuple[object, ...], int] = {}
    first: list[int] = []
    equals: list[Pair] = []
    for at, look in enumerate(looks):
        known = seen.setdefault(stance(look), at)
        if known == at:
            first.append(at)
        else:
            equals.append((known, at))
    return first, equals


def stance(look: Features) -> tuple[object, ...]:
    """All that the rules look at but the abstract: records of one stance are alike to every other."""
    return (look.record.year, look.record.authors, *look[1:])


def _by_doi(look: Features) -> str:
    return look.doi


def _by_title(look: Features) -> str:
    return "" if look.generic else look.compact


def _by_beginning(look: Features) -> str:
    return "" if look.generic else look.compact[:END_LETTERS]


def _by_end(look: Features) -> str:
    return "" if look.generic else look.compact[-END_LETTERS:]


def _by_place(look: Features) -> str:
    place = look.volume and look.pages.first and look.record.year
    return f"{look.record.year} {look.volume} {look.pages.first}" if place else ""


def _by_author_and_place(look: Features) -> str:
    place = look.name.words and look.volume and look.pages.first
    return f"{_family(look)} {look.volume} {look.pages.first}" if place else ""


def _by_author_and_year(look: Features) -> str:
    return f"{_family(look)} {look.record.year}" if look.name.words and look.record.year else ""


def _family(look: Features) -> str:
    return look.name.family or look.name.words[-1]


def _forwards(look: Features) -> tuple[object, ...]:
    """An order that does not hang on the order of records: title, author, year, place."""
    record = look.record
    return (look.compact, look.name, record.year or 0, look.volume, look.pages, look.doi, look.venue, record.id)


def _backwards(look: Features) -> tuple[object, ...]:
    return (look.compact[::-1], *_forwards(look)[1:])


_BLOCKS: tuple[tuple[Callable[[Features], str], Callable[[Features], tuple[object, ...]]], ...] = (
    (_by_doi, _forwards),
    (_by_title, _forwards),
    (_by_beginning, _forwards),
    (_by_end, _backwards),
    (_by_place, _forwards),
    (_by_author_and_place, _forwards),
    (_by_author_and_year, _forwards),
)


def _pairs_of_blocks(
    looks: Sequence[Features],
    positions: Sequence[int],
    key: Callable[[Features], str],
    order: Callable[[Features], tuple[object, ...]],
) -> npt.NDArray[np.int64]:
    """Pairs within the blocks of one key, as `lower * len(looks) + higher`."""
    import numpy as np

    keyed = [(_number(text), at) for at in positions if (text := key(looks[at]))]
    numbers = np.fromiter((number for number, _ in keyed), np.uint64, len(keyed))
    owners = np.fromiter((at for _, at in keyed), np.int64, len(keyed))[np.argsort(numbers, kind="stable")]
    numbers.sort()
    starts = np.flatnonzero(np.r_[True, numbers[1:] != numbers[:-1]]) if len(numbers) else np.zeros(0, np.int64)
    sizes = np.diff(np.r_[starts, len(numbers)])
    found = [np.zeros(0, np.int64)]
    for size in range(2, BLOCK_SIZE + 1):
        blocks = owners[starts[sizes == size, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        found.append((blocks[:, one] * len(looks) + blocks[:, other]).ravel())
    for start, size in zip(starts[sizes > BLOCK_SIZE].tolist(), sizes[sizes > BLOCK_SIZE].tolist(), strict=True):
        members = sorted(owners[start : start + size].tolist(), key=lambda at: order(looks[at]))
        found.append(_neighbours(np.array(members, np.int64), len(looks)))
    return np.concatenate(found)


def _neighbours(members: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    """Each member with the next few."""
    import numpy as np

    pairs = [np.sort(np.stack([members[:-step], members[step:]], axis=1), axis=1) for step in range(1, NEIGHBOURS + 1)]
    every = np.concatenate(pairs)
    return np.asarray(every[:, 0] * count + every[:, 1], np.int64)


def _number(text: str) -> int:
    """A block's number, the same on every machine; blocks that share one by chance only cost comparisons."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
