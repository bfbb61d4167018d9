"""What the ranking reads of a record: its words and their stems, as rows of numbers.

Title, abstract and keywords are read as one text. Words are compared without case and
diacritics. A record in Indonesian or English also gives its words' stems; which language it is in is told by its own
function words, so that a set may mix both. Each kind of feature is weighted by tf-idf (1 + ln tf, smoothed idf) and
brought to unit length by itself, so that neither outweighs the other.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from litreview.language.detect import detect_language
from litreview.language.searching import fold, folded_words, search_keys
from litreview.records.model import Record

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LONGEST_TEXT = 20_000  # code points of a record that are read: an abstract, not a book pasted into its field


class Rankable(msgspec.Struct, frozen=True):
    """A record as the ranking sees it: nothing that a person who screens could not see."""

    id: str
    title: str = ""
    abstract: str = ""
    more: str = ""  # keywords

    @property
    def text(self) -> str:
        """Everything to be read, in one string, no more than `LONGEST_TEXT`."""
        return f"{self.title}\n{self.abstract}\n{self.more}"[:LONGEST_TEXT]


def as_rankable(record: Record) -> Rankable:
    """A record of the exports as the ranking sees it. Authors, year and venue are no part of its subject."""
    return Rankable(record.id, record.title, record.abstract, "; ".join(record.keywords))


def make_features(records: Iterable[Rankable]) -> csr_matrix:
    """A sparse row (unit length at most) for each record, in their order; a record without a word has an empty row."""
    from scipy.sparse import hstack

    blocks = [_Block(make) for make in FEATURES]
    for record in records:
        text = record.text
        words = [word for word in folded_words(fold(text)) if len(word) > 1]
        language = detect_language(text)
        for block in blocks:
            block.add(words, language)
    joined = hstack([block.weighted() * (1 / len(blocks)) ** 0.5 for block in blocks]).tocsr()
    joined.sort_indices()
    return joined


def _plain(words: list[str], language: str) -> list[str]:
    return words


FEATURES: tuple[Callable[[list[str], str], list[str]], ...] = (_plain, search_keys)  # words as written, and stems


class _Block:
    """One kind of feature, counted record by record; a feature has the number in which it first appeared."""

    def __init__(self, make: Callable[[list[str], str], list[str]]) -> None:
        self._make = make
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._columns = array("i")
        self._ends = array("q", [0])

    def add(self, words: list[str], language: str) -> None:
        """Count the features of the next record."""
        self._columns.extend(map(self._numbers.__getitem__, self._make(words, language)))
        self._ends.append(len(self._columns))

    def weighted(self) -> csr_matrix:
        """Rows of unit length by tf-idf."""
        import numpy as np
        from scipy.sparse import csr_matrix
        from sklearn.feature_extraction.text import TfidfTransformer

        columns: Any = np.array(self._columns, dtype=np.int32)
        shape = (len(self._ends) - 1, max(1, len(self._numbers)))
        counts = csr_matrix((np.ones(len(columns)), columns, np.array(self._ends)), shape=shape)
        counts.sum_duplicates()
        return TfidfTransformer(sublinear_tf=True).fit_transform(counts).tocsr() if counts.nnz else counts
