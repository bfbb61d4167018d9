"""What a heading says: its numbering and the kind of section that it names, in Indonesian and English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_NAMES = {
    "abstract": r"abstrak|abstraksi|abstract|intisari|ringkasan(?: eksekutif)?|sari"
    r"|(?:executive |author |plain language |lay )?summary",
    "front": r"kata pengantar|prakata|preface|foreword|daftar (?:isi|tabel|gambar|grafik|bagan|lampiran|singkatan"
    r"|istilah|simbol)|(?:table of )?contents|list of (?:tables|figures|abbreviations|appendices)|motto(?: dan "
    r"persembahan)?|(?:halaman |lembar |surat )?(?:persembahan|pengesahan|persetujuan|pernyataan)(?: \w+){0,5}"
    r"|halaman judul|halaman sampul|riwayat hidup(?: penulis)?|dedication|declaration|approval(?: sheet)?",
    "introduction": r"pendahuluan|introduction|pengantar|latar belakang(?: masalah| penelitian)?|background",
    "theory": r"(?:tinjauan|kajian|telaah) (?:pustaka|teori|teoritis|teoretis|teoritik|literatur|kepustakaan|konsep)"
    r"|(?:landasan|dasar|kerangka) (?:teori|teoritis|teoretis|teoritik|konsep|konseptual|pemikiran|berpikir|pikir)"
    r"|literature reviews?|reviews? of (?:the )?(?:related )?literature|(?:theoretical|conceptual) (?:framework"
    r"|background|review|foundations?|basis)|theory|related (?:works?|studies|research)|previous (?:works?|studies)"
    r"|penelitian (?:terdahulu|terkait|relevan)|prior work|state of the art"
    r"|(?:\S+ ){1,4}and related (?:works?|research|studies|literature)"
    r"|(?:\S+ ){1,4}dan penelitian (?:terdahulu|terkait|relevan)"
    r"|(?:an? )?(?:brief )?(?:overview|review|survey) of (?:the )?(?:previous|prior|related|existing) \w+"
    r"|(?:relations?|comparison) (?:to|with) (?:other|previous|prior|related) (?:works?|research|studies)",
    "method": r"metode|metode (?:penelitian|kajian|studi|riset|pelaksanaan)|metodologi(?: penelitian)?|methods?"
    r"|methodology|(?:research|study) (?:methods?|methodology|design)|methods? of (?:the )?(?:study|research)"
    r"|materials? and methods?|methods? and materials?|patients and methods|bahan dan metode|metode dan bahan"
    r"|data and methods?|methods? and data|experimental (?:set-?up|settings?|procedures?|design)",
    "results": r"(?:deskripsi |paparan |penyajian )?(?:hasil|temuan|data)(?:-hasil)? (?:penelitian|studi|kajian|riset"
    r"|lapangan|temuan|analisis)|hasil|temuan|penyajian data|paparan data|results?|(?:main |key |research |empirical )"
    r"?findings?|(?:research|study|main|experimental|empirical) results?|(?:some )?experiments?|(?:experimental )?"
    r"evaluation|(?:\w+ )?(?:results?|findings?) (?:for|of|on|from|with)(?: \S+){1,7}"
    r"|hasil (?:wawancara|pengamatan|observasi|survei|analisis|pengujian|percobaan|eksperimen)(?: \S+){1,6}",
    "discussion": r"pembahasan(?: hasil(?: penelitian)?| penelitian)?|diskusi|(?:general )?discussions?"
    r"|analis[ia]s|analis[ia]s hasil(?: penelitian)?|analysis|(?:keterbatasan|limitations?)(?: \w+){0,4}",
    "conclusion": r"kesimpulan|simpulan|penutup|conclusions?|concluding remarks|closing(?: remarks)?"
    r"|future (?:works?|directions)",
    "recommendation": r"saran(?:-saran)?|rekomendasi(?: kebijakan)?|recommendations?|suggestions?"
    r"|(?:policy |practical )?implications?(?: for \w+){0,1}|implikasi(?: \w+){0,2}",
    "acknowledgements": r"ucapan terima ?kasih|terima ?kasih|acknowledge?ments?|penghargaan",
    "references": r"(?:daftar|senarai) (?:pustaka|rujukan|referensi|acuan|bacaan|kepustakaan)|(?:main |list of )?"
    r"references?(?: list| cited)?|referensi|rujukan|pustaka|kepustakaan|bibliography|bibliografi|works cited"
    r"|literature cited|sumber (?:pustaka|rujukan)|acuan",
    "appendix": r"(?:lampiran|appendix)(?:[ -]*lampiran)?(?: (?:[a-z]|[ivx]+|\d+))?|appendices"
    r"|(?:[a-z] )?(?:lampiran|appendix)(?: (?:[a-z]|[ivx]+|\d+))?\s*[-–—.](?: \S+){1,8}"
    r"|additional files?(?: \d+)?"
    r"|supplementary (?:materials?|information|data)|supporting information|biodata(?: \w+){0,2}",
    "other": r"(?:sources? of )?funding(?: statement)?|(?:declaration of )?(?:competing|conflicts? of) interests?"
    r"|authors?['’]? contributions?|data availability(?: statement)?|kontribusi penulis|konflik kepentingan"
    r"|ethic(?:s|al) (?:statement|approval|considerations?)|abbreviations",
}  # fmt: skip
_KIND = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _NAMES.items()))
_STEM = 4  # letters
_STEMS = frozenset(word[:_STEM] for word in re.findall(r"[a-z]{4,}", " ".join(_NAMES.values())))
_AND = re.compile(r"\s*(?:\bdan\b|\band\b|\bserta\b|&|/|,)\s*")
_NUMBERING = re.compile(
    r"^(?:(?P<chapter>(?:bab|chapter)\s+(?P<number>[ivx]+|\d{1,2})\b[.:]?)"
    r"|(?P<decimal>\d{1,2}(?:\.\s?\d{1,2})+)\.?(?=\s)|(?P<roman>[ivx]{1,5})\.(?=\s)|(?P<integer>\d{1,2})[.)]?(?=\s)"
    r"|(?P<letter>[a-z])[.)](?=\s))\s*",
    re.IGNORECASE,
)
_BY_CHAPTER = {
    1: ("introduction",), 2: ("theory",), 3: ("method",), 4: ("results", "discussion"), 5: ("conclusion",),
}  # fmt: skip
_CHAPTER_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_BEFORE_COLON = {"results", "discussion", "conclusion", "recommendation", "appendix"}
MAX_WORDS = 9
_RUN_IN = re.compile(
    r"^(abstrak|abstraksi|abstract|intisari|ringkasan|summary)\s*(?:\((?:indonesia|english|inggris)\))?\s*"
    r"(?:[.:]|[-–—]{1,2})\s*(?=\S)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?P<abstract>(?i:abstract|abstrak|summary|ringkasan))"
    r"|(?P<acknowledgements>(?i:acknowledge?ments?|ucapan terima ?kasih)))\b[.:—–-]?\s*(?=[A-ZÀ-Þ])"
)


def numbering(text: str) -> tuple[str, str, str]:
    """A heading's numbering: its type (`chapter`, `decimal`, `roman`, `integer`, `letter` or empty), the number, and
    the heading without it."""
    match = _NUMBERING.match(text)
    if match is None:
        return "", "", text
    kind = match.lastgroup or ""
    if match.group("chapter"):
        kind, number = "chapter", match.group("number")
    else:
        number = match.group(kind)
    if kind in ("roman", "letter") and number.islower():
        return "", "", text
    return kind, number, text[match.end() :]


@lru_cache(maxsize=4096)
def named_kinds(heading: str) -> tuple[str, ...]:
    """The kinds that a heading names by itself, without its number; empty when it names none. Both parts of a
    combined heading (`Hasil dan Pembahasan`) must be known."""
    name = _plain(numbering(heading)[2])
    if ":" in name:  # `Pembahasan: Belajar Melepas`, but not `Background: pretrained models`
        kinds = named_kinds(name[: name.index(":")])
        return kinds if set(kinds) <= _BEFORE_COLON else ()
    words = name.split()
    if len(words) > MAX_WORDS or not any(word[:_STEM] in _STEMS for word in words):  # no name is without such a word
        return ()
    one = _one_kind(name)
    if one:
        return (one,)
    parts = [_one_kind(part) for part in _AND.split(name) if part]
    if len(parts) > 1 and all(parts):
        return tuple(dict.fromkeys(parts))
    return ()


def chapter_kinds(number: str) -> tuple[str, ...]:
    """What a chapter holds by its number, as Indonesian theses are ordered, where its name does not tell."""
    return _BY_CHAPTER.get(number_value(number), ("other",))


def number_value(number: str) -> int:
    """The value of a heading's number: digits, a Roman numeral up to ten, or a letter; of `4.2` the last part; 0
    without one."""
    last = number.rsplit(".", 1)[-1].strip().lower()
    if last.isdigit():
        return int(last)
    if last in _CHAPTER_NUMBERS:
        return _CHAPTER_NUMBERS[last]
    return ord(last) - ord("a") + 1 if len(last) == 1 else 0


def run_in_abstract(text: str) -> int:
    """Length of a heading that an abstract's paragraph begins with (`Abstrak – …`), 0 without one."""
    match = _RUN_IN.match(text) if text[0] in "AaIiRrSs" else None
    return match.end() if match else 0


def run_in_lead(text: str) -> tuple[str, int]:
    """Kind and length of a heading that a paragraph begins with in bold; empty, 0 without one."""
    match = _LEAD.match(text)
    return (match.lastgroup or "", match.end()) if match else ("", 0)


def _one_kind(name: str) -> str:
    match = _KIND.fullmatch(name)
    return match.lastgroup or "" if match else ""


def is_spaced_out(words: Sequence[str]) -> bool:
    """Whether a heading is set with spaces between its letters."""
    return len(words) > 3 and all(len(word) == 1 for word in words)


def _plain(name: str) -> str:
    """Small letters, single spaces, no marks at the ends; letters set apart (`P E N D A H U L U A N`) joined."""
    words = name.lower().strip(" .:;-–—*").split()
    if is_spaced_out(words):
        return "".join(words)
    return " ".join(words)
