"""What the ranking reads of a record: its words and their stems, as rows of numbers.

Title and abstract come first, then what else is known (keywords, venue). Words are compared without case and
diacritics. A record in Indonesian or English also gives its words' stems; which language it is in is told by its own
function words, so that a set may mix both. Each kind of feature is weighted by tf-idf (1 + ln tf, smoothed idf) and
brought to unit length by itself, so that neither outweighs the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from litreview.language.detect import detect_language
from litreview.language.searching import fold, folded_words, search_keys

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LONGEST_TEXT = 20_000  # code points of a record that are read: an abstract, not a book pasted into its field


class Rankable(msgspec.Struct, frozen=True):
    """A record as the ranking sees it: nothing that a person who screens could not see."""

    id: str
    title: str = ""
    abstract: str = ""
    more: str = ""  # keywords, venue: whatever else describes it

    @property
    def text(self) -> str:
        """Everything to be read, in one string, no more than `LONGEST_TEXT`."""
        return f"{self.title}\n{self.abstract}\n{self.more}"[:LONGEST_TEXT]


def make_features(records: Sequence[Rankable]) -> csr_matrix:
    """A sparse row (unit length at most) for each record, in their order; a record without a word has an empty row."""
    from scipy.sparse import hstack

    told = [_words(record.text) for record in records]
    blocks = [_weighted([make(words, language) for words, language in told]) for make in FEATURES]
    joined = hstack([block * (1 / len(blocks)) ** 0.5 for block in blocks]).tocsr()
    joined.sort_indices()
    return joined


def _words(text: str) -> tuple[list[str], str]:
    """The folded words of two signs and more, and the language."""
    return [word for word in folded_words(fold(text)) if len(word) > 1], detect_language(text)


def _stems(words: list[str], language: str) -> list[str]:
    return search_keys(words, language)


def _plain(words: list[str], language: str) -> list[str]:
    return words


FEATURES: tuple[Callable[[list[str], str], list[str]], ...] = (_plain, _stems)


def _weighted(documents: Iterable[list[str]]) -> csr_matrix:
    """Rows of unit length by tf-idf, over features in the order in which they first appear."""
    from sklearn.feature_extraction.text import TfidfTransformer

    counts = _counted(documents)
    if counts.nnz == 0:
        return counts
    return TfidfTransformer(sublinear_tf=True).fit_transform(counts).tocsr()


def _counted(documents: Iterable[list[str]]) -> csr_matrix:
    import numpy as np
    from scipy.sparse import csr_matrix

    numbers: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for document in documents:
        columns.extend(numbers.setdefault(feature, len(numbers)) for feature in document)
        ends.append(len(columns))
    ones: Any = np.ones(len(columns))
    matrix = csr_matrix((ones, columns, ends), shape=(len(ends) - 1, max(1, len(numbers))))
    matrix.sum_duplicates()
    return matrix
