"""Where a study was done: village, district, regency or city, province, by rule with evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litreview.documents.model import Found

_WEIGHTS = {"title": 5.0, "abstract": 3.0, "method": 3.0, "introduction": 0.6}
_MOST_PER_KIND = 2.5  # mentions of one place that count in one kind of section
_ENOUGH = 2.0
_BARE_PROVINCE = 1.0  # a province's name without the word, which is also an island's
_NAME = r"(?P<name>[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,3})"
_LEVELS_BEFORE = {
    "village": r"Desa|Kelurahan|Nagari|Gampong|Dusun",
    "district": r"Kecamatan|Kec\.|Distrik",
    "regency": r"Kabupaten|Kab\.|Kota(?! Madya)|Kotamadya",
    "province": r"Provinsi|Propinsi|Prov\.",
}
_LEVELS_AFTER = {
    "village": r"Village|village",
    "district": r"(?:Sub-?[Dd]|[Ss]ub-?d|D|d)istrict",
    "regency": r"Regency|regency|City|Municipality|city",
    "province": r"Province|province",
}
_BEFORE = {level: re.compile(rf"(?i:\b(?P<level>{words}))\s+{_NAME}") for level, words in _LEVELS_BEFORE.items()}
_AFTER = {level: re.compile(rf"{_NAME}\s+(?P<level>{words})\b") for level, words in _LEVELS_AFTER.items()}
_CITY_OF = re.compile(rf"\b(?P<level>City|city|Regency|regency|Municipality) of {_NAME}")
_LEVEL_AT_END = re.compile(rf"\b(?:{'|'.join(_LEVELS_BEFORE.values())})$")
_REST = re.compile(r"\s+(?:[^\w\s(]{1,3}\s*)?([a-z]+)")  # of a cut word, after signs that are none
_STOP = frozenset(
    [
        "di",
        "pada",
        "dan",
        "untuk",
        "dalam",
        "oleh",
        "melalui",
        "terhadap",
        "dengan",
        "tahun",
        "dari",
        "ke",
        "yang",
        "sebagai",
        "atau",
        "menuju",
        "studi",
        "kasus",
        "program",
        "keluarga",
        "pendamping",
        "pendampingan",
        "provinsi",
        "kabupaten",
        "kota",
        "kecamatan",
        "kelurahan",
        "desa",
        "dusun",
        "nagari",
        "distrik",
        "propinsi",
        "kab",
        "kec",
        "prov",
        "the",
        "in",
        "of",
        "at",
        "and",
        "for",
        "from",
        "this",
        "that",
        "these",
        "a",
        "an",
        "an",
        "regency",
        "city",
        "district",
        "village",
        "province",
        "sub-district",
        "dinas",
        "sosial",
        "pkh",
        "indonesia",
        "penelitian",
        "merupakan",
        "adalah",
        "ini",
        "itu",
        "tersebut",
        "lain",
        "maupun",
        "serta",
        "jalan",
        "jl",
        "is",
        "was",
        "republik",
        "kemudian",
    ]
)
_NO_PLACE = frozenset(
    [
        "layak",
        "cerdas",
        "pintar",
        "besar",
        "kecil",
        "lama",
        "baru",
        "tua",
        "mandiri",
        "sejahtera",
        "tertinggal",
        "binaan",
        "wisata",
        "adat",
        "siaga",
        "smart",
        "inner",
        "capital",
        "big",
        "large",
        "other",
        "each",
        "every",
        "same",
        "one",
        "two",
        "many",
        "several",
        "our",
        "their",
        "local",
        "rural",
        "urban",
        "raya",
        "setempat",
        "asal",
        "sekitar",
        "research",
        "study",
        "selected",
        "sample",
        "new",
        "state",
        "school",
        "health",
        "social",
    ]
)
_CITED = re.compile(
    r"\([A-Z][^()]{2,60}\b(?:19|20)\d\d[a-z]?(?::[^()]*)?\)|\b[A-Z]\w+ (?:et al\.|dkk\.?)?\s?\((?:19|20)\d\d\)"
)
_PLACE_WORDS = re.compile(
    r"\b(?:lokasi|bertempat|dilaksanakan|dilakukan|penelitian ini|studi ini|kajian ini|informan|located|location"
    r"|conducted|carried out|this study|this research|respondents?|responden|setting|site)\b",
    re.IGNORECASE,
)
PROVINCES = {
    "aceh": "Aceh", "sumatera utara": "Sumatera Utara", "north sumatra": "Sumatera Utara",
    "sumatera barat": "Sumatera Barat", "west sumatra": "Sumatera Barat", "riau": "Riau", "jambi": "Jambi",
    "kepulauan riau": "Kepulauan Riau", "riau islands": "Kepulauan Riau", "sumatera selatan": "Sumatera Selatan",
    "south sumatra": "Sumatera Selatan", "bengkulu": "Bengkulu", "lampung": "Lampung",
    "bangka belitung": "Kepulauan Bangka Belitung", "dki jakarta": "DKI Jakarta", "jakarta": "DKI Jakarta",
    "jawa barat": "Jawa Barat", "west java": "Jawa Barat", "jawa tengah": "Jawa Tengah",
    "central java": "Jawa Tengah", "daerah istimewa yogyakarta": "DI Yogyakarta", "di yogyakarta": "DI Yogyakarta",
    "yogyakarta": "DI Yogyakarta", "jawa timur": "Jawa Timur", "east java": "Jawa Timur", "banten": "Banten",
    "bali": "Bali", "nusa tenggara barat": "Nusa Tenggara Barat", "west nusa tenggara": "Nusa Tenggara Barat",
    "nusa tenggara timur": "Nusa Tenggara Timur", "east nusa tenggara": "Nusa Tenggara Timur",
    "kalimantan barat": "Kalimantan Barat", "west kalimantan": "Kalimantan Barat",
    "kalimantan tengah": "Kalimantan Tengah", "central kalimantan": "Kalimantan Tengah",
    "kalimantan selatan": "Kalimantan Selatan", "south kalimantan": "Kalimantan Selatan",
    "kalimantan timur": "Kalimantan Timur", "east kalimantan": "Kalimantan Timur",
    "kalimantan utara": "Kalimantan Utara", "north kalimantan": "Kalimantan Utara",
    "sulawesi utara": "Sulawesi Utara", "north sulawesi": "Sulawesi Utara", "gorontalo": "Gorontalo",
    "sulawesi tengah": "Sulawesi Tengah", "central sulawesi": "Sulawesi Tengah",
    "sulawesi barat": "Sulawesi Barat", "west sulawesi": "Sulawesi Barat",
    "sulawesi selatan": "Sulawesi Selatan", "south sulawesi": "Sulawesi Selatan",
    "sulawesi tenggara": "Sulawesi Tenggara", "southeast sulawesi": "Sulawesi Tenggara",
    "maluku utara": "Maluku Utara", "north maluku": "Maluku Utara", "maluku": "Maluku",
    "papua barat": "Papua Barat", "west papua": "Papua Barat", "papua": "Papua",
}  # fmt: skip
_WRITTEN = [form for name in PROVINCES for form in (name.title(), name.upper(), name.title().replace("Dki", "DKI"))]
_PROVINCE_NAMES = re.compile(r"\b(?:" + "|".join(sorted(set(_WRITTEN), key=lambda n: (-len(n), n))) + r")\b")
_HINTS = (
    "desa", "kelurahan", "nagari", "gampong", "dusun", "kecamatan", "kec.", "distrik", "kabupaten", "kab.", "kota",
    "provinsi", "propinsi", "village", "district", "regency", "city", "province", "municipality",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch that rules read: the kind of its section (or `title`), its words, where it begins in the text, and the
    words `after` it where a place's name may go on there."""

    kind: str
    text: str
    start: int
    after: str = ""


_LISTED = 2  # provinces in one passage; more are a list of regions


def find_locus(passages: Sequence[Passage]) -> dict[str, Found | None]:
    """Village, district, regency and province with the best evidence each; None where nothing speaks for one enough.

    Values are written as in Indonesian: `Desa …`, `Kecamatan …`, `Kabupaten …` or `Kota …`, `Provinsi …`."""
    tally: dict[str, dict[str, dict[str, float]]] = {level: {} for level in _LEVELS_BEFORE}
    places: dict[tuple[str, str], tuple[float, Found]] = {}
    for passage in passages:
        weight = _WEIGHTS.get(passage.kind, 0.0)
        if not weight:
            continue
        named = _without_lists(_mentions_in(passage))
        if not named:
            continue
        cited = _CITED.search(passage.text) is not None
        weight *= (0.25 if cited else 1.0) * (1.5 if _PLACE_WORDS.search(passage.text) else 1.0)
        for level, value, start, end in named:
            if level == "province" and not passage.text[start : start + 4].lower().startswith("pro"):
                weight = min(weight, _BARE_PROVINCE)
            kinds = tally[level].setdefault(value, {})
            most = _WEIGHTS[passage.kind] * _MOST_PER_KIND
            kinds[passage.kind] = min(kinds.get(passage.kind, 0.0) + weight, most)
            if weight > places.get((level, value), (0.0, None))[0]:
                places[level, value] = weight, Found(value, passage.start + start, passage.start + end)
    return {level: _best(level, tally[level], places) for level in tally}


def may_go_on(text: str) -> bool:
    """Whether a place's name may go on after a text: it ends in a cut word, or in a level without a name."""
    return text.endswith("-") or _LEVEL_AT_END.search(text) is not None


def _mentions_in(passage: Passage) -> list[tuple[str, str, int, int]]:
    """Places that a passage names, also those whose names go on in the words after it; offsets end within it."""
    length = len(passage.text)
    found = mentions(f"{passage.text} {passage.after}" if passage.after else passage.text)
    return [(level, value, start, min(end, length)) for level, value, start, end in found if start < length]


def _without_lists(named: list[tuple[str, str, int, int]]) -> list[tuple[str, str, int, int]]:
    """Mentions without the provinces of a passage that lists several: they are no place of the study."""
    provinces = {value for level, value, _, _ in named if level == "province"}
    return [one for one in named if one[0] != "province"] if len(provinces) > _LISTED else named


def _best(
    level: str, tally: dict[str, dict[str, float]], places: dict[tuple[str, str], tuple[float, Found]]
) -> Found | None:
    ranked = sorted((-sum(kinds.values()), value) for value, kinds in tally.items())
    if not ranked or -ranked[0][0] < _ENOUGH:
        return None
    return places[level, ranked[0][1]][1]


def mentions(text: str) -> list[tuple[str, str, int, int]]:
    """Places that a text names: level, value, and offsets in the text."""
    found = []
    small = text.lower()
    if any(hint in small for hint in _HINTS):
        for level, pattern in _BEFORE.items():
            for match in pattern.finditer(text):
                name = _name_after(match.group("name"))
                name, end = _made_whole(text, name, match.start("name") + len(name))
                if name and not _is_common(text, match):
                    found.append((level, _value(level, match.group("level"), name), match.start(), end))
        for level, pattern in _AFTER.items():
            for match in pattern.finditer(text):
                name = _name_before(match.group("name"))
                if name:
                    start = match.start("name") + match.group("name").rindex(name)
                    found.append((level, _value(level, match.group("level"), name), start, match.end()))
        for match in _CITY_OF.finditer(text):
            name = _name_after(match.group("name"))
            if name:
                found.append(("regency", _value("regency", match.group("level"), name), match.start(), match.end()))
    for match in _PROVINCE_NAMES.finditer(text):
        if match.group()[0].isupper():
            found.append(("province", f"Provinsi {PROVINCES[match.group().lower()]}", match.start(), match.end()))
    return list(dict.fromkeys(found))


def _made_whole(text: str, name: str, end: int) -> tuple[str, int]:
    """A name and its end in the text; one whose last word is cut at a line's end (`Tegalar- um`, which recognised text
    may part by signs that are none) with its rest, and none where nothing follows."""
    if not name.endswith("-"):
        return name, end
    rest = _REST.match(text, end)
    if rest and rest[1] not in _STOP:
        return name[:-1] + rest[1], rest.end()
    return (name[:-1], end - 1) if text[end:].strip() else ("", end)


def _is_common(text: str, match: re.Match[str]) -> bool:
    """`ibu kota`, `kepala desa`-like uses without a name, and levels written small in running text."""
    level = match.group("level")
    if level[0].islower():
        return True
    return text[: match.start()].rstrip().lower().endswith("ibu")


def _name_after(name: str) -> str:
    """The words of a name up to the first that belongs to no name, or begins the province."""
    kept: list[str] = []
    for word in name.split():
        plain = word.lower().removesuffix("'s").removesuffix("’s")
        if plain in _STOP or (not kept and plain in _NO_PLACE):
            break
        kept.append(word)
        if len(kept) > 1 and " ".join(kept[-2:]).lower() in PROVINCES and len(kept) > 2:
            kept = kept[:-2]
            break
    if not kept or len(kept[0]) < 3:
        return ""
    return " ".join(kept)


def _name_before(name: str) -> str:
    """The last words of a name that belong to it."""
    kept: list[str] = []
    for word in reversed(name.split()):
        if word.lower() in _STOP or word.lower() in _NO_PLACE:
            break
        kept.insert(0, word)
    if not kept or len(kept[0]) < 3:
        return ""
    return " ".join(kept)


def _value(level: str, word: str, name: str) -> str:
    name = name.title() if name.isupper() else name
    if level == "regency":
        return f"{'Kota' if word.lower().startswith(('kota', 'city', 'munic')) else 'Kabupaten'} {name}"
    if level == "province":
        return f"Provinsi {PROVINCES.get(name.lower(), name)}"
    if level == "village":
        kind = word.title() if word.lower() in ("kelurahan", "nagari", "gampong", "dusun") else "Desa"
        return f"{kind} {name}"
    return f"Kecamatan {name}"
