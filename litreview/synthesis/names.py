"""Names of authors, and how a study is named in text and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litreview.coding.model import Label

_TITLES = re.compile(r"^((Prof|Dr|Drs|Dra|Ir|Hj?|KH|Tn|Ny|Nn)\.\s*)+", re.IGNORECASE)
_DEGREE = re.compile(
    r"(,\s*(S|M|A|B|D|Sp)\.\s?|\s(S|M|A|B|D|Sp)\.)[A-Z][A-Za-z]{1,6}\.?$|"
    r"[,\s]+(Ph\.?\s?D\.?|M\.?Phil\.?|Lc\.|Ns\.|MSW|MSi|MM|A\.\s?Md\.?(\s?[A-Z][a-z]+\.)?)$"
)
_SHORT_DEGREE = re.compile(r",\s*([SMB]\.\s?[A-Z]\.)$")  # M.A., S.E., S.H.: also initials, so only after two words
_INSTITUTION = re.compile(
    r"^(Kementerian|Dinas|Badan|Pusat|Lembaga|Universitas|Direktorat|Pemerintah|Ministry|Institute|University|Bank|United)\b"
)


def split_name(name: str) -> tuple[str, str]:
    """Family and given name of "Family, Given" or "Given Family", titles and degrees taken off; a single name and an
    institution are a family name with an empty given one."""
    plain = _without_degrees(_TITLES.sub("", " ".join(name.split())))
    if _INSTITUTION.match(plain):
        return plain, ""
    if "," in plain:
        family, given = (part.strip() for part in plain.split(",", 1))
        return family, _TITLES.sub("", given)
    words = plain.split(" ")
    return (words[-1], " ".join(words[:-1])) if len(words) > 1 else (plain, "")


def _without_degrees(name: str) -> str:
    """A name without the degrees at its end."""
    shorter = _DEGREE.sub("", name.strip(" ,"))
    if _SHORT_DEGREE.search(shorter) and " " in shorter.split(",")[0]:
        shorter = _SHORT_DEGREE.sub("", shorter)
    return name.strip(" ,") if shorter == name.strip(" ,") else _without_degrees(shorter)


def name_study(authors: Sequence[str], year: int | None, title: str, suffix: str = "") -> Label:
    """How a study is named: "Rahman (2020)", "Rahman & Sari (2020)", "Rahman dkk. (2020)" (et al. in English); by the
    first words of its title where it has no author, "t.t." (n.d.) where it has no year."""
    families = [split_name(author)[0] for author in authors if author.strip()]
    return Label(
        id=_named(families, title, f"{year or 't.t.'}{suffix}", "dkk."),
        en=_named(families, title, f"{year or 'n.d.'}{suffix}", "et al."),
    )


def give_suffixes(keys: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """a, b, c … for (name, title) pairs whose name stands more than once, in order of title; empty for the others."""
    found: dict[int, str] = {}
    for name in dict.fromkeys(name for name, _ in keys):
        same = sorted((title.casefold(), n) for n, (other, title) in enumerate(keys) if other == name)
        if len(same) > 1:
            found.update({n: _letters(place) for place, (_, n) in enumerate(same)})
    return tuple(found.get(n, "") for n in range(len(keys)))


def _named(families: Sequence[str], title: str, year: str, others: str) -> str:
    if not families:
        words = title.split()
        short = " ".join(words[:5]) + (" …" if len(words) > 5 else "")
        return f"“{short}” ({year})" if words else f"({year})"
    if len(families) == 1:
        return f"{families[0]} ({year})"
    if len(families) == 2:
        return f"{families[0]} & {families[1]} ({year})"
    return f"{families[0]} {others} ({year})"


def _letters(place: int) -> str:
    """a … z, then aa, ab …"""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("a") + place % 26)
