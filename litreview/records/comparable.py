"""Fields of records made comparable: each database writes titles, pages and volumes in its own way. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote

UNKNOWN = frozenset({"", "na", "n/a", "nan", "none", "null", "unknown", "undefined", "-", "--", "?", "s.n.", "[s.n.]"})
STOP_WORDS = frozenset(
    {"a", "an", "the", "of", "in", "on", "and", "for", "to", "at", "with", "by", "from",
     "di", "dan", "pada", "dalam", "untuk", "dari", "oleh", "yang", "ke"}
)  # fmt: skip
_DROPPED = STOP_WORDS - {"a"}  # "hepatitis A" needs its own
_COUNTED = {
    word: str(number)
    for words in ("two three four five six seven eight nine ten eleven twelve", "dua tiga empat lima enam",
                  "ii iii iv v- vi vii viii ix")
    for number, word in enumerate(words.split(), start=2)
}  # fmt: skip
_ONE_SIGN = {"i": "1", "v": "5", "x": "10"}  # numbers only after a word that is counted: "phase I", not "vitamin K"
_COUNTABLE_LIST = "part phase type class grade stage study section series volume level bagian tahap siklus tipe seri"
_COUNTABLE = frozenset(_COUNTABLE_LIST.split())
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ħ": "h", "ß": "ss",
     "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "", "ё": "е", "’": "'", "‘": "'"}
)  # fmt: skip
_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon "
    "phi chi psi omega"
)
GREEK_NAMES = frozenset(_GREEK_NAMES.split())
_GREEK = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", _GREEK_NAMES.split(), strict=True))
_LONE_GREEK = re.compile(r"(?<![\u0370-\u03ff])[α-ω](?![\u0370-\u03ff])")  # a letter in a name ("TNF-α"), not a word
IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")  # scripts without spaces: each sign is a word
_WORD = re.compile(r"[^\W_]+")
_SPELLING = (("ae", "e"), ("oe", "e"), ("our", "or"), ("z", "s"), ("ph", "f"))  # British and American
_TAGS = re.compile(r"</?\w{1,8}(?:\s[^<>]*)?/?>")


def fold(text: str) -> str:
    """Lower case without accents, in any script; Greek letters that stand alone are written out."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(_LETTERS)
    plain = unicodedata.normalize("NFC", plain)  # Hangul together again
    return _LONE_GREEK.sub(lambda found: _GREEK[found[0]], plain)


def title_tokens(title: str) -> tuple[str, ...]:
    """A title's words, folded, with numbers as digits ("II", "two")."""
    folded = fold(_TAGS.sub("", title) if "<" in title else title).replace("&", " and ")
    if not folded.isascii():
        folded = IDEOGRAPH.sub(r" \g<0> ", folded)
    words = [_COUNTED.get(word, word) for word in _WORD.findall(folded)]
    for at, word in enumerate(words[1:], start=1):
        if word in _ONE_SIGN and words[at - 1] in _COUNTABLE:
            words[at] = _ONE_SIGN[word]
    return tuple(words)


def compact_title(tokens: Sequence[str]) -> str:
    """A title's letters alone, without small words, in one spelling: equal means the same title."""
    compact = "".join(word for word in tokens if word not in _DROPPED) or "".join(tokens)
    for british, american in _SPELLING:
        compact = compact.replace(british, american)
    return compact


# --- What is added to titles ---

_BRACKETED = re.compile(r"^\s*\[(?P<inner>.+)\]\s*(?:\(author'?s transl\)\s*)?\.?\s*$", re.DOTALL)
_ADDED = re.compile(
    r"""(?:[.\s]*(?:
        \[[A-Z\d][\w ,;/]{0,24}\]                                # [French], [Review], [16 refs], [1]
      | [\[(](?:multiple\ letters?|letters?|abstracts?|review|meeting\ abstracts?|conference\ abstracts?|corrected|
          editorial|comment|in\ process\ citation|article|note|see\ comments?|retracted\ article[^\])]*)[\])]
      | \(author'?s\ transl\)
    ))+[.\s]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_LIBRARIANS = re.compile(  # MEDLINE's own remarks, which may hold brackets: "[Erratum appears in …", "[see comment]"
    r"[.\s]*\[(?:(?:published|see|original)\s+)?(?:erratum|corrections?|corrected|retract\w*|summary|comments?|cited|updates?|"
    r"updated|republished|reprint\w*)\s+\w.*$|[.\s]*\[see comments?\].*$",
    re.IGNORECASE | re.DOTALL,
)
_RETRACTED = re.compile(r"^\s*(?:retracted(?:\s+article)?|article retracted)\s*[:.\-–]\s*", re.IGNORECASE)
_NOTICE_START = re.compile(
    r"^\s*[\[(]?(?:author |publisher )?(?:(?:erratum|errata|corrigend(?:um|a)|addendum|ralat)[\])]?"
    r"(?:\s*[:.\-–—]\s*(?:to\s+|in\s+|for\s+)?|\s+(?:to|for|in|of)\s*[:.]?\s*)"
    r"|(?:corrections?|koreksi)[\])]?\s*(?:to\s*)?[:.\-–—]\s*)(?=\w)",
    re.IGNORECASE,
)
_NOTICE_END = re.compile(
    r"\s*(?:\(\s*vol(?:ume)?\.?\s*\d[^()]*\)|\([^()]*\(\s*(?:1[89]|20)\d\d\s*\)[^()]*\(?[^()]*\)?\s*\)"
    r"|[\[(]?\s*(?:erratum|corrigendum|correction|ralat)\s*[\])]?)\s*\.?\s*$",
    re.IGNORECASE,
)
NOTICES = {
    **dict.fromkeys(("erratum", "errata", "corrigendum", "corrigenda", "correction", "corrections", "addendum", "ralat",
                     "koreksi"), "correction"),
    **dict.fromkeys(("retraction", "withdrawal", "pencabutan"), "retraction"),
    **dict.fromkeys(("reply", "replies", "response", "rebuttal", "tanggapan", "balasan"), "reply"),
    **dict.fromkeys(("comment", "comments", "commentary", "komentar"), "comment"),
}  # fmt: skip


_LONGEST_TITLE, _LONGEST_ADDITION = 2000, 400
_NOTICE_BEGINS, _NOTICE_ENDS = 3, 4  # words among which "reply" or "comment" tells of a notice, not of a subject


class Title(NamedTuple):
    """A title without what librarians and databases added, and what they told by it."""

    tokens: tuple[str, ...]
    notices: frozenset[str]  # correction, retraction, reply, comment
    translated: bool  # in brackets, or marked by a language


def read_title(title: str) -> Title:
    """A title taken apart; of a monstrous one, its first two thousand signs."""
    title = title[:_LONGEST_TITLE]
    bracketed = _BRACKETED.match(title)
    bare = bracketed["inner"] if bracketed else title
    remark = _LIBRARIANS.search(bare) if "[" in bare else None
    if remark and remark.start():
        bare = bare[: remark.start()]
    closed = bare.rstrip(" .").endswith(("]", ")")) or "[" in bare
    added = _ADDED.search(bare, max(0, len(bare) - _LONGEST_ADDITION)) if closed else None
    if added and added.start():
        bare = bare[: added.start()]
    again = _BRACKETED.match(bare)
    bare = _RETRACTED.sub("", again["inner"] if again else bare)
    core = bare
    for pattern in (_NOTICE_END, _NOTICE_START):
        found = pattern.sub("", core)
        core = found if found.strip() else core
    notices = frozenset({"correction"}) if core != bare else frozenset[str]()
    tokens = title_tokens(core) or title_tokens(title)
    ends = (*tokens[:_NOTICE_BEGINS], *tokens[_NOTICE_BEGINS:][-_NOTICE_ENDS:])
    told = {NOTICES[word] for word in ends if word in NOTICES}
    marked = bool(bracketed or again or (added and _LANGUAGE.search(added[0])))
    return Title(tokens, notices | told if told else notices, marked)


_LANGUAGE = re.compile(
    r"\[(?:french|german|spanish|italian|portuguese|russian|chinese|japanese|korean|polish|dutch|danish|swedish|turkish|"
    r"norwegian|czech|hungarian|hebrew|arabic|persian|indonesian|croatian|serbian|bulgarian|romanian|ukrainian)\b",
    re.IGNORECASE,
)

# --- Where a record is printed ---

_PAGE = re.compile(r"([a-z]*)\s?(\d+)([a-z]*)", re.IGNORECASE)
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|mei|jun|jul|aug|agu|sep|oct|okt|nov|dec|des)", re.IGNORECASE)
_COUNT_OF_PAGES = re.compile(r"^\W*\d+\s*(?:p|pp|pages?|hlm|halaman|screens?)\b\.?\W*$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_MOST_PAGES = 400  # pages that an article may fill: a longer range is no range


class Pages(NamedTuple):
    """Where a record stands in its volume: numbers without letters, "" unknown."""

    first: str = ""
    last: str = ""
    letters: str = ""  # S, A, e … of the first page

    @property
    def extent(self) -> int:
        """How many pages, 0 where they are unknown."""
        return abs(int(self.last[:9]) - int(self.first[:9])) + 1 if self.first else 0


def read_pages(value: str, year: int | None = None) -> Pages:
    """Pages from "123-8", "S12-S14", "e001469", "ARTN 123". What a spreadsheet made into a date ("21-Aug"), a number
    of pages, or the year itself is no place."""
    if is_unknown(value) or _MONTH.search(value) or _COUNT_OF_PAGES.match(value):
        return Pages()
    found = _PAGE.findall(value)
    if not found:
        return Pages()
    first, last = found[0][1].lstrip("0"), found[1][1].lstrip("0") if len(found) > 1 else ""
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if not first or (year is not None and first == str(year) and last in ("", first)):
        return Pages()
    return Pages(first, last if last and abs(int(last[:9]) - int(first[:9])) <= _MOST_PAGES else first,
                 (found[0][0] or found[0][2]).lower())  # fmt: skip


def read_volume(value: str, year: int | None = None) -> str:
    """The volume's number from "12 (SUPPL. 1)"; "" where it is unknown, the year itself, or a broken bracket."""
    if is_unknown(value) or value.count("(") != value.count(")"):
        return ""
    found = _NUMBER.search(value)
    number = found[0].lstrip("0") if found else ""
    if found and year is not None and len(number) == 4 and abs(int(number) - year) <= 1:
        return ""
    return number or (_roman(value) if not found else "")


def _roman(value: str) -> str:
    """A Roman number of at most some hundreds as digits, or the folded value itself."""
    letters = value.strip(" .").upper()
    if not re.fullmatch(r"(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", letters) or not letters:
        return fold(value).strip(" .") if not value.lower().startswith("sup") else ""
    worth = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in letters]
    return str(sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True)))


def read_issue(value: str) -> str:
    """The issue's number, "" unknown."""
    found = _NUMBER.search(value) if not is_unknown(value) else None
    return found[0].lstrip("0") if found else ""


def read_doi(value: str) -> str:
    """A DOI decoded, with single slashes; "" for one that was cut at its "<", which a whole issue would share."""
    doi = re.sub("/{2,}", "/", unquote(value) if "%" in value else value).lower()
    return "" if "(sici)" in doi and "3.0." not in doi else doi


def is_unknown(value: str) -> bool:
    """Whether a cell says nothing ("", "NA", "n/a", "-")."""
    return value.strip().lower() in UNKNOWN
