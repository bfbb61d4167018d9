"""A sentence made ready for cues: words, names, clauses, scopes of negation, roles, and what lists carry over it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from litreview.coding.matching import Matcher, Words
from litreview.language.assertion import Assertion, assertion_of
from litreview.language.polarity import Scopes, find_scopes, turns
from litreview.language.stems import form
from litreview.language.tokens import Name, find_words, word_set

_TITLES = word_set(
    """desa kelurahan kecamatan kabupaten kota provinsi dusun kec kab prov bapak pak ibu bu sdr saudari saudara mbak mas
    mr mrs ms nagari kampung pulau"""
)


class Surroundings(msgspec.Struct, frozen=True):
    """What a sentence inherits: a list's polarity (`bad`, `good` or ''), the speaker's and the last named role."""

    listing: str = ""
    speaker: str = ""
    last_role: str = ""
    spoken: bool = False
    kinds: tuple[str, ...] = ()
    headed: frozenset[str] = frozenset()  # codes that the heading names
    before: frozenset[str] = frozenset()  # codes of the sentence before, in the same paragraph


class Reading(msgspec.Struct, frozen=True):
    """A sentence as the cues see it. `starts` and `ends` are offsets in `text`."""

    text: str
    words: Words
    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    breaks: tuple[int, ...]
    scopes: Scopes
    assertion: Assertion
    around: Surroundings
    roles: tuple[str, ...]
    language: str
    bad_from: int = 10_000  # words from here on are named as obstacles
    bad_before: int = -1  # words before here are named as obstacles
    hindered_from: int = 10_000  # words from here on are what something hinders


class Names:
    """The names of several words that stand as one, ready to be found."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._keys = {" ".join(phrase.lower().split()): key for key, values in names.items() for phrase in values}
        longest_first = sorted(self._keys, key=lambda phrase: (-len(phrase), phrase))
        choices = "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in longest_first)
        self._pattern = re.compile(rf"\b(?:{choices})\b", re.IGNORECASE) if choices else None

    def find(self, text: str) -> list[Name]:
        """Those that stand in a text, by place; of overlapping ones the longest."""
        found = self._pattern.finditer(text) if self._pattern else ()
        return [Name(self._keys[" ".join(m.group().lower().split())], m.start(), m.end()) for m in found]


class Tokens(msgspec.Struct, frozen=True):
    """The words of a sentence, looked up: what finding cues needs, before anything costly."""

    texts: tuple[str, ...]
    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    breaks: tuple[int, ...]
    words: Words


def read_words(text: str, language: str, matcher: Matcher, names: Sequence[Name] = ()) -> Tokens:
    """Words, forms, masks and clauses of a sentence; `names` as found in it."""
    found = find_words(text, names=names)
    forms = tuple(form(word) for word in found.texts)
    titled = any(word in _TITLES for word in forms)
    masks = tuple(
        matcher.mask(word, language, titled and _is_name(i, found.texts)) for i, word in enumerate(found.texts)
    )
    words = Words(masks, _clauses(forms, found.breaks))
    return Tokens(found.texts, forms, found.starts, found.ends, found.breaks, words)


def read_sentence(text: str, language: str, tokens: Tokens, matcher: Matcher, around: Surroundings) -> Reading:
    """Everything that judging found cues needs of a sentence: scopes, assertion, roles, obstacles named."""
    bad_from, bad_before, hindered_from = _markers(text, tokens.starts)
    return Reading(
        text=text,
        words=tokens.words,
        forms=tokens.forms,
        starts=tokens.starts,
        ends=tokens.ends,
        breaks=tokens.breaks,
        scopes=find_scopes(text, tokens.forms, tokens.starts, tokens.breaks),
        assertion=assertion_of(text, around.spoken),
        around=around,
        roles=_roles(tokens.words.masks, tokens.forms, matcher, around),
        language=language,
        bad_from=bad_from,
        bad_before=bad_before,
        hindered_from=hindered_from,
    )


def _is_name(index: int, texts: Sequence[str]) -> bool:
    """A capital word after a title of place or person, or after such a word."""
    at = index
    while at > 0 and texts[at][:1].isupper():
        at -= 1
        if texts[at].lower() in _TITLES:
            return at < index
    return False


def _clauses(forms: Sequence[str], breaks: Sequence[int]) -> tuple[int, ...]:
    clause, clauses = 0, []
    for at, before in enumerate(breaks):
        if before == 2 or turns(forms, at):
            clause += 1
        clauses.append(clause)
    return tuple(clauses)


def _roles(masks: Sequence[int], forms: Sequence[str], matcher: Matcher, around: Surroundings) -> tuple[str, ...]:
    family, facilitator = matcher.extra
    roles = []
    for mask, word in zip(masks, forms, strict=True):
        role = "facilitator" if mask & facilitator else "family" if mask & family else ""
        if not role and around.spoken and word in _SELF:
            role = around.speaker
        roles.append(role)
    return tuple(roles)


_SELF = word_set("saya kami aku kita gue i we my our me us")


def roles_at(reading: Reading, places: Sequence[int]) -> set[str]:
    """The roles named nearest to a match, else the one that the sentences before left open (empty when none)."""
    named = [(_distance(at, places), role) for at, role in enumerate(reading.roles) if role]
    if named:
        nearest = min(named)[0]
        return {role for distance, role in named if distance == nearest}
    inherited = reading.around.speaker if reading.around.spoken else reading.around.last_role
    return {inherited} if inherited else set()


def _distance(at: int, places: Sequence[int]) -> int:
    return min(abs(at - place) for place in places)


_BAD = (
    r"(?:faktor(?:-faktor)? (?:yang )?(?:peng|meng)hambat(?:nya)?|hambatan(?:nya)?|kendala(?:nya)?|penghalang|"
    r"rintangan|tantangan(?:nya)?|"
    r"terkendala|terhambat|terhalang|tersendat|dihambat|terganjal|(?:barrier|obstacle|constraint|challenge|"
    r"hindrance|impediment)s?|"
    r"hinder(?:s|ed|ing)?|hamper(?:s|ed|ing)?|imped(?:es|ed|ing)|inhibiting factors?|stumbling blocks?|"
    r"difficulties|in the way)"
)
_LEADS = re.compile(rf"\b{_BAD}\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:menjadi|merupakan|sebagai|adalah|jadi|dianggap|disebut)\s+(?:salah satu |faktor |sebuah |suatu |juga )*"
    r"(?:penghambat|hambatan|kendala|penghalang|rintangan|tantangan|ganjalan)|\b(?:meng|ikut meng|"
    r"turut meng)hambat\b|\bmerintangi\b|"
    r"\bmenghalangi\b|\bmenyulitkan\b|\bmempersulit\b|\bmemperlambat\b|\b(?:is|are|was|were|remain(?:s|ed)?|"
    r"pose[sd]?|became) "
    r"(?:(?:a|an|another|also|still|the|main|major) )*(?:barrier|obstacle|constraint|challenge|hindrance|"
    r"problem)s?\b|"
    r"\b(?:hinder|hamper|imped|slow|delay|complicat)(?:s|es|ed)\b",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"\b(?:faktor(?:-faktor)? (?:yang )?(?:pendukung|pendorong|mendukung|mendorong)(?:nya)?|didukung|ditopang|"
    r"didorong|"
    r"(?:supporting|driving|enabling) factors?|drivers?|supported by|thanks to|berkat|ditunjang)\b",
    re.IGNORECASE,
)
_LIST_SIGN = re.compile(
    r":\s*$|\b(?:antara lain|di antaranya|sebagai berikut|berikut ini|yaitu|yakni|the following|as follows|"
    r"meliputi)\b",
    re.I,
)


_HINDERS = re.compile(
    r"\b(?:menghambat|merintangi|menghalangi|menyulitkan|mempersulit|memperlambat|mengganggu|menghalang|melemahkan|"
    r"(?:hinder|hamper|imped|slow|delay|weaken|undermin|obstruct)(?:s|es|ed|ing))\b",
    re.IGNORECASE,
)


def _markers(text: str, starts: Sequence[int]) -> tuple[int, int, int]:
    """Where the words begin that the sentence names as obstacles, end that it calls so, and begin that are hindered."""
    led, before, hinders = _LEADS.search(text), _BEFORE.search(text), _HINDERS.search(text)
    count = len(starts)
    bad_from = next((i for i in range(count) if led and starts[i] >= led.end()), 10_000)
    bad_before = max((i for i in range(count) if before and starts[i] < before.start()), default=-1)
    hindered = next((i for i in range(count) if hinders and starts[i] >= hinders.end()), 10_000)
    return bad_from, bad_before, hindered


def heading_polarity(heading: str) -> str:
    """`bad` under a heading of obstacles, `good` under one of drivers, '' under both or neither."""
    bad = bool(re.search(rf"\b(?:{_BAD}|penghambat|menghambat|permasalahan)\b", heading, re.IGNORECASE))
    good = bool(
        re.search(
            r"\b(?:pendukung|pendorong|mendukung|mendorong|supporting|driving|drivers?|enabl\w+|facilitating)\b",
            heading,
            re.I,
        )
    )
    return "" if bad == good else "bad" if bad else "good"


def opens_list(sentence: str) -> str:
    """The polarity that a sentence announces for the items after it ("Kendala yang ditemui antara lain:"), or ''."""
    if not _LIST_SIGN.search(sentence):
        return ""
    bad, good = bool(_LEADS.search(sentence)), bool(_GOOD.search(sentence))
    return "" if bad == good else "bad" if bad else "good"
