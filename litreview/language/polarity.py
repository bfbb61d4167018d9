"""Who denies what in a sentence: negation, lack and decrease, with their scopes.

Works on the words of one sentence (`language.tokens.Words`) by their forms (`language.stems.form`). Rules follow
pkh.md: belum is "not yet", kurang, minim, rendah lack; *tidak hanya … tetapi* affirms, *kurang lebih* is "about";
meskipun, namun, padahal turn the sentence, so no scope crosses them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from litreview.language.tokens import word_set

NEGATION = word_set(
    """tidak tak bukan belum tanpa tiada enggak engga gak nggak ndak ngga ga kagak tidaklah bukanlah belumlah mboten
    jarang gagal enggan menolak mustahil not no never without none nobody cannot can't don't doesn't didn't isn't aren't
    wasn't weren't won't couldn't hasn't haven't hadn't nor neither hardly rarely seldom unable fail failed fails
    failing refuse refused unwilling reluctant"""
)
LACK = word_set(
    """kurang minim rendah lemah terbatas keterbatasan kekurangan ketiadaan sedikit minimnya rendahnya kurangnya
    lemahnya terbatasnya sedikitnya hilang hilangnya merosot luntur pudar redup
    kelangkaan langka jauh buruk sulit susah kesulitan kesusahan lack lacks lacked lacking little few limited scarce
    scarcity shortage insufficient inadequate poor weak low absence absent deficient scant minimal missing limits
    weakness difficult hard difficulty difficulties"""
)
DROP = word_set(
    """berkurang menurun menurunnya turun turunnya berkurangnya mengurangi dikurangi pengurangan menurunkan teratasi
    mengatasi diatasi hilang menghilangkan ringan mengecil mereda terbantu meringankan diringankan reduce
    reduced reduces reducing decrease decreased decreasing decline declined fell overcome overcame resolved solved ease
    eased lighter lightened shrank diminished alleviate alleviated"""
)
TURN = word_set(
    """namun tetapi tapi akan-tetapi melainkan sedangkan sementara meskipun meski walaupun walau kendati kendatipun
    biarpun padahal sehingga karena sebab lantaran akibat agar supaya apabila jika bila maka hingga saat ketika
    but although though however whereas while because since so therefore yet when if unless which who"""
)
CLAUSE_TURN = word_set(
    """namun tetapi tapi melainkan sedangkan sementara meskipun meski walaupun walau kendati kendatipun biarpun padahal
    but although though however whereas while yet"""
)
ENOUGH = word_set(
    """memadai cukup mencukupi lengkap ideal tersedia tercukupi terpenuhi mapan stabil lancar sesuai adequate sufficient
    enough ample complete available suffices suffice"""
)
_NOW = word_set("sekarang kini akhirnya now finally")  # what was denied before is told anew from here on
_REACH = {  # words ahead that a trigger covers, where not FORWARD_WORDS
    "tanpa": 3, "without": 4, "jarang": 4, "kurang": 5, "refuse": 9, "refused": 9, "enggan": 9, "menolak": 9, "few": 8,
}  # fmt: skip
_AND = word_set("dan serta and")
_AHEAD = word_set("tanpa without no bukan few little limited kekurangan keterbatasan")  # they deny only what follows
_HAVE = word_set("ada memiliki punya mempunyai mendapat mendapatkan have has had any enough")
_BACK_HALT = word_set(
    """yang dan serta lalu kemudian sehingga and that which who membuat menyebabkan mengakibatkan menjadikan makes made
    causes caused leaving"""
)
_EVEN = re.compile(r"\b(?:kurang lebih|belum lagi|naik[- ]turun(?:nya)?|paling sedikit|sedikit lebih|"
                   r"(?:tidak|tak|never) (?:pernah )?(?:bosan|lelah|"
    r"letih|jemu|henti|berhenti|putus|kapok|stop|stopped|tire|tired)[- ]?(?:nya|hentinya)?|turun[- ]temurun|"
    r"tidak jarang|tak jarang|tidak sedikit|tak sedikit|tidak lepas dari|no less than"
                   r"|tak lepas dari|tidak terlepas dari|tidak lain|tak lain|tidak kurang dari|"
                   r"tanpa kenal lelah|not least"
                   r"|no wonder|sedikit demi sedikit|sedikit banyak|a few|a little|tidak heran|no doubt|"
                   r"tidak dapat dipungkiri"
                   r"|tidak bisa dipungkiri|tidak dipungkiri|little by little|tanpa disuruh|tanpa diminta|"
                   r"tanpa dipaksa"
                   r"|tanpa paksaan|tanpa menunggu|without being (?:asked|told|forced|ordered)|at least|"
                   r"not surprising(?:ly)?)\b",
                   re.IGNORECASE)  # fmt: skip
_NOT_ONLY = re.compile(r"\b(?:tidak|tak|bukan|bukanlah|tidaklah)\s+(?:hanya|sekadar|sekedar|cuma|saja|semata)\b"
                       r"|\bnot\s+(?:only|just|merely|simply)\b", re.IGNORECASE)  # fmt: skip
FORWARD_WORDS = 6
BACKWARD_WORDS = 8


class Scopes(msgspec.Struct, frozen=True):
    """For each word the triggers (indexes of words) whose scope covers it."""

    negated: tuple[tuple[int, ...], ...]
    lacking: tuple[tuple[int, ...], ...]
    dropping: tuple[tuple[int, ...], ...]


def find_scopes(text: str, forms: Sequence[str], starts: Sequence[int], breaks: Sequence[int]) -> Scopes:
    """Scopes of negation, lack and decrease over the words of a sentence; `starts` are offsets in `text`."""
    even = _even_words(text, starts)
    negated: list[list[int]] = [[] for _ in forms]
    lacking: list[list[int]] = [[] for _ in forms]
    dropping: list[list[int]] = [[] for _ in forms]
    for index, word in enumerate(forms):
        if index in even:
            continue
        for words, kind in ((NEGATION, negated), (LACK, lacking), (DROP, dropping)):
            if word in words:
                for covered in _scope(index, forms, breaks):
                    kind[covered].append(index)
    return Scopes(_freeze(negated), _freeze(lacking), _freeze(dropping))


def _freeze(lists: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(each) for each in lists)


def _even_words(text: str, starts: Sequence[int]) -> set[int]:
    """Words that look like negation or lack but affirm: kurang lebih, tidak hanya, tidak sedikit."""
    found: set[int] = set()
    for pattern in (_EVEN, _NOT_ONLY):
        for match in pattern.finditer(text):
            found.update(i for i, at in enumerate(starts) if match.start() <= at < match.end())
    return found


def turns(forms: Sequence[str], at: int) -> bool:
    """True where a word turns the clause (namun, padahal, but), so that no scope crosses it; not in "not yet"."""
    return forms[at] in CLAUSE_TURN and not (forms[at] == "yet" and at and forms[at - 1] in NEGATION)


def closes(forms: Sequence[str], at: int) -> bool:
    """True where a word opens another clause (sebab, sehingga, who), so that no scope goes on."""
    return forms[at] in TURN and not (forms[at] == "yet" and at and forms[at - 1] in NEGATION)


def _scope(index: int, forms: Sequence[str], breaks: Sequence[int]) -> list[int]:
    """Words that a trigger covers: the next few, and those before it in its clause (the subject it is said of)."""
    covered = []
    reach = _REACH.get(forms[index], FORWARD_WORDS)
    for at in range(index + 1, min(len(forms), index + 1 + reach)):
        if breaks[at] == 2 or (breaks[at] == 1 and not _listing(at, forms, breaks)):
            break
        if forms[at] in _NOW or closes(forms, at):
            break
        if forms[at] in _AND and not _joins(index, at, forms):
            break
        covered.append(at)
    if forms[index] in _AHEAD or forms[index].endswith("nya"):
        return covered
    for at in range(index - 1, max(-1, index - 1 - BACKWARD_WORDS), -1):
        if breaks[at + 1] or closes(forms, at) or (forms[at] in _BACK_HALT and not _between(forms, at)):
            break
        covered.append(at)
    return covered


def _joins(index: int, at: int, forms: Sequence[str]) -> bool:
    """True where "dan" joins two things denied together ("tidak ada modal dan alat", "kurang modal dan alat")."""
    if at + 1 < len(forms) and forms[at + 1] in (NEGATION | LACK):
        return False
    return forms[index] in LACK or forms[index] in _AHEAD or forms[index + 1] in _HAVE


def _between(forms: Sequence[str], at: int) -> bool:
    """True for the "dan" of "antara dinas dan pendamping", which parts no clauses."""
    return any(word in ("antara", "between") for word in forms[max(0, at - 4) : at])


def _listing(at: int, forms: Sequence[str], breaks: Sequence[int]) -> bool:
    """True when a comma parts the items of a list ("kurang modal, alat, dan jaringan")."""
    for later in range(at + 1, min(len(forms), at + 4)):
        if breaks[later] == 1 or forms[later] in ("dan", "serta", "maupun", "atau", "and", "or"):
            return forms[at] not in NEGATION and forms[at] not in TURN
    return False
