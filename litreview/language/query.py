"""What a person types into the search, read leniently: nothing that is typed is an error of syntax.

All words must stand in a sentence, in any form; "words in quotation marks" stand together as they are written, as in
Scholar and PubMed; OR lets either side do; -word must not stand; begin* finds what begins so. Everything else is taken
as it is written.
"""

from __future__ import annotations

import re

import msgspec

from litreview.errors import UsageError, message
from litreview.language.searching import fold, folded_words

MOST_WORDS = 60
SHORTEST_BEGINNING = 2
_SHORTEST_VERB = 6
_QUOTES = str.maketrans("“”„‟«»", '""""""')
_PART = re.compile(r'(?P<no>(?<!\S)[-–−])?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<plain>[^\s"]+))')
_EITHER, _BOTH, _NOT = ("OR", "ATAU", "|"), ("AND", "DAN", "&"), ("NOT", "BUKAN")


class Term(msgspec.Struct, frozen=True):
    """Folded words that stand together: in any form, or as they are written (`exact`); with `begins`, the last one is
    only a beginning."""

    words: tuple[str, ...]
    begins: bool = False
    exact: bool = False


class Query(msgspec.Struct, frozen=True):
    """Of each of `groups` one term must stand; none of `without`."""

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()


def as_phrase(typed: str) -> str:
    """A query whose words stand together as they are written."""
    return '"' + typed.translate(_QUOTES).replace('"', " ") + '"'


def parse_query(typed: str) -> Query:
    """The query that a person typed. Raises `UsageError` where there is no word to look for, or too many."""
    groups: list[list[Term]] = []
    without: list[Term] = []
    either = negative = False
    for part in _PART.finditer(typed.translate(_QUOTES)):
        plain = part.group("plain")
        if plain in _EITHER:
            either = bool(groups)
            continue
        if plain in _BOTH or plain in _NOT:
            negative = plain in _NOT
            continue
        term = _term(part.group("phrase") if plain is None else plain, plain is not None)
        if term is not None:
            forms = [term, *_with_prefix(term)]
            if part.group("no") or negative:
                without += forms
            elif either:
                groups[-1] += forms
            else:
                groups.append(forms)
        either = negative = False
    _check(groups, without)
    return Query(tuple(map(tuple, groups)), tuple(without))


def _term(text: str, plain: bool) -> Term | None:
    words = tuple(folded_words(fold(text)))
    begins = plain and text.rstrip("()[],;").endswith("*") and bool(words) and len(words[-1]) >= SHORTEST_BEGINNING
    return Term(words, begins, exact=not plain) if words else None


def _with_prefix(term: Term) -> list[Term]:
    """The passive of an Indonesian verb in -i that stands without its prefix (`kami dampingi`): by itself its ending is
    not told from a root's."""
    (word, *more) = term.words
    if more or term.begins or term.exact or not word.endswith("i") or len(word) < _SHORTEST_VERB:
        return []
    return [Term((f"di{word}",))]


def _check(groups: list[list[Term]], without: list[Term]) -> None:
    if not groups and without:
        raise UsageError(message("Type a word that must stand, beside the words that must not."))
    if not groups:
        raise UsageError(message('Type what to look for, as in: litreview search "pendampingan keluarga"'))
    if sum(len(term.words) for terms in (*groups, without) for term in terms) > MOST_WORDS:
        raise UsageError(message("The query is too long; a query has {most} words at most.", most=MOST_WORDS))
