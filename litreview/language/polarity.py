"""Who denies what in a sentence: negation and lack with their scopes, and sentences that assert nothing.

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
_EVEN = re.compile(r"\b(?:kurang lebih|belum lagi|naik turun|(?:tidak|tak|never) (?:pernah )?(?:bosan|lelah|"
    r"letih|jemu|henti|berhenti|putus|kapok|stop|stopped|tire|tired)[- ]?(?:nya|hentinya)?|turun temurun|"
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


def _closes(forms: Sequence[str], at: int) -> bool:
    return forms[at] in TURN and not (forms[at] == "yet" and at and forms[at - 1] in NEGATION)


def _scope(index: int, forms: Sequence[str], breaks: Sequence[int]) -> list[int]:
    """Words that a trigger covers: the next few, and those before it in its clause (the subject it is said of)."""
    covered = []
    reach = _REACH.get(forms[index], FORWARD_WORDS)
    for at in range(index + 1, min(len(forms), index + 1 + reach)):
        if breaks[at] == 2 or (breaks[at] == 1 and not _listing(at, forms, breaks)):
            break
        if forms[at] in _NOW or _closes(forms, at):
            break
        if forms[at] in _AND and not _joins(index, at, forms):
            break
        covered.append(at)
    if forms[index] in _AHEAD or forms[index].endswith("nya"):
        return covered
    for at in range(index - 1, max(-1, index - 1 - BACKWARD_WORDS), -1):
        if breaks[at + 1] or _closes(forms, at) or (forms[at] in _BACK_HALT and not _between(forms, at)):
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


_AIM = re.compile(
    r"\b(?:untuk|guna|ingin|hendak|bermaksud|berupaya|berusaha)\s+(?:mengetahui|menganalisis|menganalisa|"
    r"mendeskripsikan|"
    r"menggambarkan|mengkaji|mengidentifikasi|menjelaskan|menelaah|memaparkan|meneliti|melihat bagaimana|"
    r"mengungkap|"
    r"mengeksplorasi|menelusuri|memotret|memahami bagaimana|menguji)\b"
    r"|\b(?:penelitian|kajian|studi|tulisan|artikel|skripsi|tesis|makalah|paper)\s+(?:ini\s+)?(?:bertujuan|"
    r"dimaksudkan|"
    r"ditujukan|berfokus|difokuskan|membahas|mengkaji|menganalisis|mendeskripsikan|menelaah|meneliti|berupaya|"
    r"hendak|"
    r"mengambil|memusatkan|menyoroti|mengangkat|menelusuri|bermaksud|menjawab|berangkat)"
    r"|\b(?:tujuan|fokus|rumusan masalah|pertanyaan|manfaat|kegunaan|batasan masalah)\s+(?:umum\s+|utama\s+|"
    r"dari\s+)?"
    r"(?:dari\s+)?(?:penelitian|kajian|studi|penulisan|tulisan)"
    r"|\b(?:this|the|our|present)\s+(?:present\s+)?(?:study|paper|article|research|thesis|objective|aim|purpose|"
    r"work|inquiry)\s+"
    r"(?:aims?|aimed|seeks?|sought|intends?|intended|examines?|examined|explores?|explored|investigates?|asks|"
    r"asked|"
    r"describes?|looks|was to|is to|analy[sz]es?|set out|focus(?:es|ed)|addresses|reports on|attempts|was designed)"
    r"|\b(?:aim|purpose|objective|goal)s?\s+of\s+(?:this|the|our)\s+(?:study|paper|article|research|thesis)"
    r"|\bresearch questions?\b|\b(?:researchers?|authors?|peneliti|penulis) (?:wished|wanted|hoped|sought|"
    r"set out|ingin|hendak|bermaksud)\b|\bhow facilitators\b.*\bis portrayed\b|\bin order to (?:determine|"
    r"describe|find out|identify)\b"
    r"|\bto (?:find out|determine|describe|identify|analy[sz]e|examine|explore|investigate) (?:how|what|which|"
    r"the|whether|why)\b",
)  # fmt: skip
_METHOD = re.compile(
    r"\b(?:triangulasi|keabsahan|purposive|snowball|informan (?:kunci|penelitian|dipilih|ditentukan|"
    r"dalam penelitian|utama)|"
    r"teknik (?:pengumpulan|analisis|penentuan|sampling|pengambilan|keabsahan)|reduksi data|penyajian data|"
    r"sampel|responden (?:dipilih|diambil|berjumlah|penelitian)|kuesioner|angket|skala likert|pedoman wawancara|"
    r"metode (?:penelitian|kualitatif|kuantitatif|campuran)|jenis penelitian|pendekatan (?:kualitatif|kuantitatif)|"
    r"data (?:primer|sekunder|penelitian|kualitatif (?:diperoleh|dikumpulkan|dihimpun))|lokasi penelitian|"
    r"penelitian (?:ini )?(?:dilakukan|dilaksanakan|berlangsung|menggunakan|memakai|berjenis)|uji (?:validitas|"
    r"reliabilitas)|"
    r"validitas (?:data|instrumen)|wawancara (?:mendalam|semi|dilakukan|berlangsung)|antarpewawancara|pewawancara|"
    r"transkrip|dikodekan|pengodean|member check|peneliti (?:menggunakan|memilih|melakukan|mewawancarai|mengamati)|"
    r"triangulat\w+|purposive\w*|informants? (?:were|was)|respondents? (?:were|was) (?:selected|chosen|drawn|"
    r"asked)|"
    r"questionnaires?|likert|interview(?:s|ed|ing)? (?:were|was|guide|lasted|in depth)|in-depth interviews?|"
    r"sampl(?:e|ing)\b|"
    r"data (?:were|was) (?:collected|gathered|analy[sz]ed|obtained|coded)|transcripts?|thematic analysis|"
    r"qualitative (?:approach|method|design|descriptive)|quantitative (?:approach|method|survey|design)|"
    r"cronbach|regression model|snowball\w*|the (?:researcher|author)s? (?:observed|interviewed|gathered|"
    r"collected|used|chose))",
)  # fmt: skip
_PROGRAMME_AIM = re.compile(
    r"\b(?:bertujuan|dimaksudkan|ditujukan|diarahkan untuk|(?:tujuan|sasaran) (?:utama )?(?:dari )?(?:pkh|"
    r"program)|memiliki tujuan|mempunyai tujuan|is meant to|are meant to|"
    r"is intended to|is designed to|seeks? to|aims? (?:to|at)|(?:goals?|aims?|purposes?|"
    r"objectives?) of (?:the )?(?:pkh|programme|program)|is supposed to|are supposed to)\b",
)
_PURPOSE = re.compile(
    r"\b(?:bertugas|berkewajiban|diwajibkan|dirancang (?:untuk|agar)|is required to|are required to|are obliged to|"
    r"is obliged to|tugas(?:nya)? (?:pokok|meliputi|mencakup|adalah|antara lain)|(?:duties|tasks) (?:include|"
    r"are|comprise))\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?:diharapkan|seharusnya|semestinya|sepatutnya|seyogianya|seyogyanya|idealnya|mestinya|"
    r"is expected to|are expected to|is hoped|ought to|were meant to)\b",
)
_CLAIMS = re.compile(
    r"\b(?:menegaskan|menekankan|berpendapat|berpandangan|mengajarkan|meyakini|menurut|argues?|argued|"
    r"stress(?:es|ed)?|holds?"
    r"|insists?|maintains?|according to)\b",
)
_IF = re.compile(r"\b(?:jika|apabila|bilamana|seandainya|andaikan|andai|jikalau|asalkan|apakah|tidaknya|whether|"
    r"if|unless|provided that|were it)\b",
                 re.IGNORECASE)  # fmt: skip


_KEYWORDS = re.compile(r"\s*(?:kata[ -]kunci|key\s?words?)\b")


class Assertion(msgspec.Struct, frozen=True):
    """What a sentence does besides asserting: offsets in the sentence from (and to) which nothing is asserted."""

    kind: str  # "asserted", "aim", "method", "question", "expected"
    purpose_from: int = -1  # a programme's purpose or a duty is told from here on
    condition: tuple[int, int] = (-1, -1)  # an if-clause


def assertion_of(sentence: str, spoken: bool) -> Assertion:
    """How a sentence stands to the facts. `spoken`: an informant's words, where "kalau" tells of habits."""
    if sentence.rstrip(" \"'”’)").endswith("?"):
        return Assertion("question")
    if spoken:
        return Assertion("asserted")
    lower = sentence.lower()
    if _AIM.search(lower) or _PROGRAMME_AIM.search(lower) or _KEYWORDS.match(lower):
        return Assertion("aim")
    if _METHOD.search(lower):
        return Assertion("method")
    purpose = _PURPOSE.search(sentence)
    kind = "expected" if _EXPECTED.search(lower) and not _CLAIMS.search(lower) else "asserted"
    return Assertion(kind, purpose.start() if purpose else -1, _condition(sentence))


def _condition(sentence: str) -> tuple[int, int]:
    found = _IF.search(sentence)
    if found is None:
        return (-1, -1)
    ends = [at for mark in (",", ";", " maka ") if (at := sentence.find(mark, found.end())) >= 0]
    return (found.start(), min(ends, default=len(sentence)))
