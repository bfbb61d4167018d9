"""Titles printed in capitals or title case, in the sentence case of APA 7, with names as the document writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from litreview.documents.model import Document
from litreview.language.casing import SMALL_WORDS, TITLE_WORD, Casing, begins, casing
from litreview.language.stems import stem
from litreview.language.tokens import word_set
from litreview.records.fields import title_key

_PLACES = word_set("kabupaten kab kota kecamatan kec desa kelurahan kel provinsi prov dusun nagari gampong pulau")
_PLACE_ENDS = word_set("regency district subdistrict village city province municipality island")
_NAME_WORDS = 6  # a longer run of capitals is a title or a heading; its capitals tell no name
_QUOTED = re.compile(r"[“\"][^”\"\n]{20,}[”\"]")
_TOLD = frozenset({"body", "list", "quote"})
_NOT_TOLD = frozenset({"front", "references", "acknowledgements"})
_AFTER_COLON = re.compile(r"(?<=[:?!] )[a-z](?=[a-z])")
Name = tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    """How running text writes words where a capital says something: the forms of a word, the names of several words,
    and how often a word has a capital of its own (not as part of such a name)."""

    forms: dict[str, Counter[str]] = field(default_factory=dict)
    names: Counter[Name] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    stems: set[str] = field(default_factory=set)


def prose(document: Document | None) -> str:
    """A document's running text, a paragraph a line: no titles, headings, captions, tables and references."""
    if document is None:
        return ""
    return "\n".join(
        " ".join(document.text[one.start : one.end].split())
        for one in document.paragraphs
        if one.kind in _TOLD and _NOT_TOLD.isdisjoint(document.sections[one.section].kinds)
    )


def best_spelling(title: str, other: str) -> str:
    """Of two spellings of one title the one that tells more of its names; the first where neither does, or where the
    titles are not the same."""
    return other if title_key(title) == title_key(other) and casing(other) < casing(title) else title


def recase(title: str, text: str, names: Sequence[str] = ()) -> str:
    """A title in capitals, small letters or title case as a sentence, its names as running text writes them (see
    `prose`): a name of several words is capital in all its words or in none, and so is "Kabupaten X". `names` are names
    whatever the text says. A title case without any text stays, and so do other titles."""
    how = casing(title)
    if how is Casing.SENTENCE:
        return _AFTER_COLON.sub(lambda found: found.group().upper(), title)
    if how is Casing.TITLE and not text.strip():
        return title
    text = _without_titles(text, title)
    words = _Words(title, list(TITLE_WORD.finditer(title)))
    seen = _look(text, words.lower)
    words.forms = [_form(one, seen, how) for one in words.found]
    _give_names(words, seen, text, {tuple(name.lower().split()) for name in names})
    _give_places(words, seen)
    said = iter(
        form[:1].upper() + form[1:] if begins(title, one.start()) else form
        for form, one in zip(words.forms, words.found, strict=True)
    )
    return TITLE_WORD.sub(lambda _: next(said), title)


@dataclass(slots=True)
class _Words:
    """The words of a title, where they stand, and the form that each is given."""

    title: str
    found: list[re.Match[str]]
    forms: list[str] = field(default_factory=list)

    @property
    def lower(self) -> list[str]:
        return [one.group().lower() for one in self.found]

    def raise_at(self, at: int) -> None:
        """Give a word its capital, unless it is a small word."""
        if self.found[at].group().lower() not in SMALL_WORDS:
            self.forms[at] = self.forms[at][:1].upper() + self.forms[at][1:]

    def beside(self, at: int) -> bool:
        """Whether nothing but a space, a full stop or a slash parts a word from the next one."""
        between = self.title[self.found[at].end() : self.found[at + 1].start()]
        return between.strip() in ("", ".", "/")


def _without_titles(text: str, title: str) -> str:
    """Running text without what is quoted at length, and without the title itself where it is printed again."""
    parts = [part.split() for part in re.split(r"[:?!.]", title)]
    for part in parts:
        if len(part) > 2:
            text = re.sub(r"\s+".join(map(re.escape, part)), " . ", text, flags=re.IGNORECASE)
    return _QUOTED.sub(" . ", text)


def _look(text: str, lower: Sequence[str]) -> _Seen:
    """What running text tells of a title's words."""
    seen = _Seen()
    wanted, stems = set(lower), {_stem(word) for word in lower}
    run: list[str] = []
    end = 0
    for found in TITLE_WORD.finditer(text):
        word, key = found.group(), found.group().lower()
        if text[end : found.start()] not in (" ", "-") or begins(text, found.start()):
            _close(run, seen)
        end = found.end()
        if begins(text, found.start()):
            continue
        if word[0].isupper() or (run and key in SMALL_WORDS):
            run.append(word)
        else:
            _close(run, seen)
            seen.stems.update({_stem(word)} & stems if key not in SMALL_WORDS else ())
        if key in wanted and len(run) <= _NAME_WORDS:
            seen.forms.setdefault(key, Counter())[word] += 1
    _close(run, seen)
    return seen


def _close(run: list[str], seen: _Seen) -> None:
    """A run of capital words ends: remember the names in it, parted by place words."""
    words = [word.lower() for word in run]
    run.clear()
    parts: list[list[str]] = [[]]
    for word in words:
        if word in _PLACES or word in _PLACE_ENDS:
            parts.append([])
        else:
            parts[-1].append(word)
    for part in parts:
        while part and part[-1] in SMALL_WORDS:
            part.pop()
        if len(part) == 1:
            seen.alone[part[0]] += 1
        elif len(part) <= _NAME_WORDS:
            seen.names.update(tuple(part[i:j]) for i, j in combinations(range(len(part) + 1), 2) if j - i > 1)


def _form(found: re.Match[str], seen: _Seen, how: Casing) -> str:
    """A word by itself: an acronym, a name that stands alone or has no small form, else small."""
    word, key = found.group(), found.group().lower()
    if key in SMALL_WORDS or key in _PLACES or key in _PLACE_ENDS:
        return key
    if how is Casing.TITLE and not word.istitle():
        return word  # an acronym, or small already
    forms = seen.forms.get(key)
    if not forms:
        return word if _tells_itself(found, seen, how) else key
    common = max(sorted(forms), key=lambda form: forms[form])
    if common not in (key, key.capitalize()):
        return common
    small = forms[key]
    no_small = not small and _stem(key) not in seen.stems
    return key.capitalize() if no_small or seen.alone[key] > small else key


def _tells_itself(found: re.Match[str], seen: _Seen, how: Casing) -> bool:
    """Whether a word that the text lacks keeps its capitals: in title case after "di" and "in", where names stand; in
    capitals what can only be an acronym."""
    word = found.group()
    before, after = found.string[: found.start()], found.string[found.end() :]
    if how is Casing.TITLE:
        return before.lower().endswith((" di ", " in ")) and _stem(word) not in seen.stems
    alone = before.endswith("(") and after.startswith(")")
    return len(word) > 1 and (alone or not re.search(r"[aeiouy\d]", word, re.IGNORECASE))


def _give_names(words: _Words, seen: _Seen, text: str, known: set[Name]) -> None:
    """Names of several words, the longest first: all capital, or all small where the text mostly has them small."""
    lower = words.lower
    settled: set[int] = set()
    spans = sorted(combinations(range(len(lower) + 1), 2), key=lambda span: (span[0] - span[1], span[0]))
    for start, end in spans:
        name = tuple(lower[start:end])
        if end - start < 2 or not settled.isdisjoint(range(start, end)) or name not in known | seen.names.keys():
            continue
        capital = True if name in known else _written_capital(name, text)
        if capital is None:
            continue
        settled.update(range(start, end))
        for at in range(start, end):
            if capital:
                words.raise_at(at)
            elif words.forms[at].istitle():
                words.forms[at] = lower[at]


def _written_capital(name: Name, text: str) -> bool | None:
    """Whether a name mostly has capitals in a text; None where it is mostly written half-way ("dinas sosial
    Bandung"), which tells nothing of the whole."""
    pattern = re.compile(r"\b" + r"[\s-]+".join(map(re.escape, name)) + r"\b", re.IGNORECASE)
    counts: Counter[str] = Counter()
    for found in pattern.finditer(text):
        main = [word for word in TITLE_WORD.findall(found.group()) if word.lower() not in SMALL_WORDS]
        told = main[1:] if begins(text, found.start()) and len(main) > 1 else main
        capital = sum(word[0].isupper() for word in told)
        counts["capital" if capital == len(told) else "half" if capital else "small"] += 1
    if counts["capital"] > counts["small"] + counts["half"]:
        return True
    return False if counts["small"] >= counts["half"] else None


def _give_places(words: _Words, seen: _Seen) -> None:
    """ "Kabupaten X" and "X Regency": the word for the kind of place is written as its name is; a name in capitals
    that the text lacks is one after all."""
    lower = words.lower
    for at in reversed(range(len(lower) - 1)):
        if lower[at] in _PLACES and words.beside(at):
            _give_place(words, seen, at, at + 1)
    for at in range(1, len(lower)):
        if lower[at] in _PLACE_ENDS and words.beside(at - 1):
            _give_place(words, seen, at, at - 1)


def _give_place(words: _Words, seen: _Seen, mark: int, name: int) -> None:
    key = words.lower[name]
    unknown = key not in seen.forms and key not in _PLACES | _PLACE_ENDS and _stem(key) not in seen.stems
    if unknown and not key[0].isdigit():
        words.raise_at(name)
    if words.forms[name][:1].isupper():
        words.raise_at(mark)


def _stem(word: str) -> str:
    """The stem of a word, Indonesian before English."""
    return stem(stem(word.lower(), "id"), "en")
