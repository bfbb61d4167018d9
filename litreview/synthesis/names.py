"""Names of authors, and how a study is named in text and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litreview.coding.model import Label
from litreview.language.tokens import word_set

_TITLES = re.compile(r"^((Prof|Dr|Drs|Dra|Ir|Hj?|KH|Tn|Ny|Nn)\.\s*)+", re.IGNORECASE)
_DEGREES = word_set(
    """sap sab sag sak sant sars sd se sfarm sfil sgz sh shi shum shut si sikom sip siptk sked skeb skep skes skesos skh
    skm skom skpm sn sp spd spdi spi spsi spt ss ssi ssn ssos sst sstat ssy st stat sthi stp strkes stripm strsos
    ma mab mag mak map mars mb mba mcomms mcs me med mfarm mfil mgz mh mhum mid mikom mip mkeb mked mkep mkes mkesos mkm
    mkom mkn mm mmpd mp mpa mpd mpdi mphil mpp mpsi mpssp ms msc msi msn msos mstat msw msy mt mth mtp mtrsos
    phd edd dphil dsc dea amd amdkeb amdkep lc ns ba bsc bsw bed llb llm md sppd spog spa"""
)
_ALSO_INITIALS = word_set("ma se sh st sp ss mh mt me mp ms mm mb ba sd si sn md")  # only after two words
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
    """A name without the degrees at its end. Degrees are those of the list above, however they are dotted; the shape
    of a word alone tells nothing ("Hidayat, M. Rizki" has a given name)."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    while len(parts) > 1 and _is_degree(parts[-1], after_words=len(parts[0].split()) > 1):
        parts.pop()
    if not parts:
        return ""
    words = parts[-1].split()
    while len(words) > 1 and _stands_as_degree(words):
        words.pop()
    return ", ".join([*parts[:-1], " ".join(words)])


def _is_degree(part: str, *, after_words: bool) -> bool:
    key = re.sub(r"[\s.]", "", part).casefold()
    return key in _DEGREES - _ALSO_INITIALS or (after_words and key in _ALSO_INITIALS)


def _stands_as_degree(words: Sequence[str]) -> bool:
    """A degree without a comma before it ("Nur Hidayah SPd"): written with dots inside or capitals, as no name is."""
    last = words[-1]
    odd = "." in last[:-1] or any(letter.isupper() for letter in last[1:])
    return odd and not last.isupper() and _is_degree(last, after_words=len(words) > 2)


def name_study(authors: Sequence[str], year: int | None, title: str, suffix: str = "") -> Label:
    """How a study is named: "Rahman (2020)", "Rahman & Sari (2020)", "Rahman dkk. (2020)" (et al. in English); by the
    first words of its title where it has no author, "t.t." (n.d.) where it has no year."""
    who = _who(authors, title)
    return Label(f"{who.id} ({year or 't.t.'}{suffix})".strip(), f"{who.en} ({year or 'n.d.'}{suffix})".strip())


def cite_report(authors: Sequence[str], year: int | None, title: str, suffix: str = "") -> Label:
    """The same inside brackets: "Rahman, 2020", "Rahman & Sari, 2020", "Rahman dkk., 2020"."""
    who = _who(authors, title)
    told = [(who.id, f"{year or 't.t.'}{suffix}"), (who.en, f"{year or 'n.d.'}{suffix}")]
    return Label(*(", ".join(part for part in parts if part) for parts in told))


def give_suffixes(keys: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """a, b, c … for (name, title) pairs whose name stands more than once, in order of title; empty for the others."""
    found: dict[int, str] = {}
    for name in dict.fromkeys(name for name, _ in keys):
        same = sorted((title.casefold(), n) for n, (other, title) in enumerate(keys) if other == name)
        if len(same) > 1:
            found.update({n: _letters(place) for place, (_, n) in enumerate(same)})
    return tuple(found.get(n, "") for n in range(len(keys)))


def _who(authors: Sequence[str], title: str) -> Label:
    """The authors as a text names them; the first words of the title where there are none."""
    families = [split_name(author)[0] for author in authors if author.strip()]
    if len(families) > 2:
        return Label(f"{families[0]} dkk.", f"{families[0]} et al.")
    words = title.split()
    short = " ".join(words[:5]) + (" …" if len(words) > 5 else "")
    told = " & ".join(families) or (f"“{short}”" if words else "")
    return Label(told, told)


def _letters(place: int) -> str:
    """a … z, then aa, ab …"""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("a") + place % 26)
