"""What a sentence does besides asserting: aims, methods, questions, definitions, rules, what is only supposed.

Such sentences name topics without saying that they hold (pkh.md). A sentence that finds a topic absent
(*tidak ditemukan*, *proved unfounded*) is kept apart: it denies what it names.
"""

from __future__ import annotations

import re

import msgspec

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
    r"\b(?:diharapkan|seharusnya|semestinya|sepatutnya|seyogianya|seyogyanya|idealnya|mestinya|hendaknya|sebaiknya|"
    r"is expected to|are expected to|is hoped|ought to|were meant to|should)\b",
)
_CLAIMS = re.compile(
    r"\b(?:menegaskan|menekankan|berpendapat|berpandangan|mengajarkan|meyakini|menurut|argues?|argued|"
    r"stress(?:es|ed)?|holds?"
    r"|insists?|maintains?|according to)\b",
)
_IF = re.compile(r"\b(?:jika|apabila|bilamana|seandainya|andaikan|andai|jikalau|asalkan|apakah|tidaknya|whether|"
    r"if|unless|provided that|were it)\b",
                 re.IGNORECASE)  # fmt: skip


_UNREAL = re.compile(
    r"\b(?:seandainya|andaikan|andaikata|sekiranya)\b|\b(?:would|might) (?:presumably|perhaps|probably|have|not have)\b"
    r"|\b(?:if|were)\b.*\b(?:would|might|could)\b|\b(?:would|might|could)\b.*\bif\b",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"\b(?:ialah|adalah|merupakan|berarti) (?:berakhirnya|berhentinya|istilah|sebutan|singkatan|kondisi ketika)"
    r"|\b(?:is|are) (?:defined|understood) as\b|\b(?:didefinisikan|diartikan|dimaknai) sebagai\b|\bstands for\b"
    r"|\b(?:means|denotes|refers to) (?:the|that|a)\b"
    r"|\b(?:kata|istilah|nama)\b.{1,60}\b(?:berasal dari|dipilih|diambil)\b",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\bpasal \d+|\b(?:mengatur|menetapkan|menyebutkan|menyatakan) bahwa\b.*\b(?:sekurang-kurangnya|wajib|harus)\b"
    r"|\bmenurut (?:buku )?(?:pedoman|panduan|juknis|petunjuk teknis)|\barticle \d+ of\b"
    r"|\b(?:mentioned|listed|laid down|set out|terms) (?:in|of) the (?:guidelines?|handbook|manual|regulation)"
    r"|\baccording to the (?:guidelines?|handbook|manual|regulation)",
    re.IGNORECASE,
)
_ABOUT_WRITING = re.compile(
    r"\b(?:hypothes[ei]s|hipotesis|ethical clearance|izin etik)\b|\bregresi (?:linier|linear|logistik)"
    r"|\blogistic regression"
    r"|\b(?:section|chapter) (?:reviews?|describes?|presents?|discusses?|turns)|\bbab (?:ini|berikut)\b"
    r"|\b(?:previous|earlier|existing|prior) (?:work|studies|research) (?:has|have) (?:dealt|focus|look|examin)"
    r"|\b(?:penelitian|kajian|studi)\b.{0,60}\b(?:belum|jarang|masih sedikit)\b"
    r".{0,20}\b(?:dilakukan|dikaji|diteliti|membahas)"
    r"|\blittle is known\b|\bmenulis buku\b|\breviews the literature\b",
    re.IGNORECASE,
)
_DISPROVED = re.compile(
    r"\b(?:tidak|tak) (?:ditemukan|dijumpai|terbukti|tampak adanya|terlihat adanya|terjadi)\b"
    r"|\b(?:tidak|tak) menjadi (?:soal|masalah|kendala|hambatan)\b"
    r"|\b(?:tidak|tak) (?:satu|seorang) pun\b|\bbukan (?:lagi )?(?:kendala|hambatan|persoalan|masalah)\b"
    r"|\bprove[dn]? (?:unfounded|untrue|false|wrong)\b"
    r"|\b(?:reject|dismiss|refut|disprov)(?:s|ed|es)? the (?:notion|idea|view|claim)"
    r"|^(?:there (?:was|were|is|are) )?no \w+.{0,60}\b(?:was|were) (?:met with|found|observed|reported|recorded|seen)\b"
    r"|\bhad no (?:noticeable |visible |measurable )?effect\b|\bnothing came of\b"
    r"|\b(?:was|were|is|are) (?:not|no longer) (?:a|an) (?:problem|obstacle|barrier|issue)s?\b",
    re.IGNORECASE,
)  # fmt: skip


_KEYWORDS = re.compile(r"\s*(?:kata[ -]kunci|key\s?words?)\b")


SILENT = frozenset({"aim", "method", "question", "unreal", "definition", "rule", "about-writing"})
_SILENT_SIGNS = (
    ("unreal", _UNREAL),
    ("definition", _DEFINITION),
    ("rule", _RULE),
    ("about-writing", _ABOUT_WRITING),
)


class Assertion(msgspec.Struct, frozen=True):
    """What a sentence does besides asserting: offsets in the sentence from (and to) which nothing is asserted."""

    kind: str  # "asserted", "disproved", "expected", or one of SILENT
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
    silent = next((kind for kind, pattern in _SILENT_SIGNS if pattern.search(sentence)), "")
    if silent:
        return Assertion(silent)
    purpose = _PURPOSE.search(sentence)
    kind = "expected" if _EXPECTED.search(lower) and not _CLAIMS.search(lower) else "asserted"
    kind = "disproved" if _DISPROVED.search(sentence) else kind
    return Assertion(kind, purpose.start() if purpose else -1, _condition(sentence))


def _condition(sentence: str) -> tuple[int, int]:
    found = _IF.search(sentence)
    if found is None:
        return (-1, -1)
    ends = [at for mark in (",", ";", " maka ") if (at := sentence.find(mark, found.end())) >= 0]
    return (found.start(), min(ends, default=len(sentence)))
