"""The design of a study, by rule, with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litreview.documents.locus import Passage
from litreview.documents.model import Found

DESIGNS = {
    "qualitative-descriptive": "qualitative",
    "case-study": "qualitative",
    "phenomenology": "qualitative",
    "ethnography": "qualitative",
    "grounded-theory": "qualitative",
    "narrative-inquiry": "qualitative",
    "action-research": "qualitative",
    "qualitative-other": "qualitative",
    "survey": "quantitative",
    "experiment": "quantitative",
    "quantitative-other": "quantitative",
    "mixed-methods": "mixed",
    "literature-review": "review",
}
_RULES = {
    "mixed-methods": r"mixed[- ]?methods?|metode campuran|penelitian campuran|pendekatan campuran|rancangan campuran"
    r"|sekuensial eksplanatori|sequential explanatory|explanatory sequential|exploratory sequential|sekuensial"
    r" eksploratori|convergent parallel|paralel konvergen|concurrent (?:embedded|triangulation)"
    r"|kuantitatif dan kualitatif|kualitatif dan kuantitatif|(?:both )?quantitative and qualitative"
    r"|qualitative and quantitative",
    "literature-review": r"(?<!for\s)(?<!of\s)(?<!efficient\s)systematic(?: literature)? review(?!s)"
    r"|scoping review(?!s)|literature review|integrative review"
    r"|narrative review|meta-?analys[ie]s|meta-?analisis|studi (?:pustaka|literatur|kepustakaan)|library research"
    r"|tinjauan (?:literatur )?sistematis|kajian literatur|kajian pustaka sistematis|penelitian kepustakaan",
    "phenomenology": r"fenomenolog\w+|phenomenolog\w+",
    "ethnography": r"etnograf\w+|ethnograph\w+",
    "grounded-theory": r"grounded theory",
    "narrative-inquiry": r"narrative inquiry|inkuiri naratif|studi naratif|life histor(?:y|ies)",
    "action-research": r"action research|penelitian tindakan|riset aksi",
    "case-study": r"studi kasus|case[- ]stud(?:y|ies)|kasus tunggal",
    "qualitative-descriptive": r"kualitatif[- ]deskriptif|deskriptif[- ]kualitatif|qualitative[- ]descriptive"
    r"|descriptive[- ]qualitative|deskriptif (?:\w+ ){0,3}kualitatif|kualitatif (?:\w+ ){0,5}deskriptif"
    r"|descriptive (?:\w+ ){0,4}qualitative|qualitative (?:\w+ ){0,4}descriptive",
    "experiment": r"(?:quasi|kuasi)[- ]?e[kx]sperimen\w*|quasi[- ]?experiment\w*|eksperimen(?:tal)?|experimental design"
    r"|randomi[sz]ed control\w*|pre-?test[ -]+post-?test",
    "survey": r"surve[iy]s?|kuesioner|questionnaires?|cross-sectional|potong lintang",
    "quantitative-other": r"(?:metode|penelitian|pendekatan|riset|data) kuantitatif|deskriptif kuantitatif"
    r"|kuantitatif (?:deskriptif|dengan)"
    r"|quantitative (?:approach|method|research|study|design|descriptive|survey)\w*"
    r"|regresi|regression|path analysis|analisis jalur|structural equation",
    "qualitative-other": r"kualitatif|qualitative",
}
_PATTERNS = {
    design: re.compile(rf"\b(?:{rule})".replace(" ", r"\s+"), re.IGNORECASE) for design, rule in _RULES.items()
}
_HINTS = (
    "metod", "method", "litati", "ntitati", "kasus", "case", "fenomenolog", "phenomenolog", "etnograf", "ethnograph",
    "surve", "review", "experiment", "eksperimen", "pustaka", "literatur", "meta-ana", "campuran", "mixed",
    "sekuensial", "sequential", "grounded", "naratif", "narrative", "life histor", "action", "tindakan", "aksi",
    "kuesioner", "questionnaire", "sectional", "lintang", "test", "regres", "jalur", "path", "structural", "library",
    "paralel", "parallel", "concurrent", "randomi", "tinjauan",
)  # fmt: skip
_SAYS = re.compile(
    r"\b(?:metode|metodologi|method\w*|pendekatan|approach|desain|design|rancangan|jenis penelitian|tipe penelitian"
    r"|menggunakan|digunakan|used|uses|using|adopt\w+|employ\w*|applied|appl(?:y|ies)|merupakan|penelitian ini"
    r"|studi ini|this study|this research|kajian ini|conducted|was a|is a)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:bukan|tidak menggunakan|rather than|instead of|not a|unlike|berbeda dengan)\b", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:penelitian terdahulu|previous stud|penelitian sebelumnya|prior (?:work|research))", re.IGNORECASE
)
_WEIGHTS = {"title": 3.0, "abstract": 3.0, "method": 3.0, "introduction": 0.4}
_CAP = 4.0
_TOOLS = ("survey", "literature-review")  # words that also name a technique of gathering data
_SPECIFIC = ("phenomenology", "ethnography", "grounded-theory", "narrative-inquiry", "action-research", "case-study")


def find_method(passages: Sequence[Passage]) -> Found | None:
    """The design that title, abstract and method section speak for, with its best place; None when they are silent."""
    scores, places = _score(passages)
    design = _decide(scores)
    return Found(design, *places[design]) if design else None


def _score(passages: Sequence[Passage]) -> tuple[dict[str, float], dict[str, tuple[int, int]]]:
    by_kind: dict[str, dict[str, float]] = {design: {} for design in _RULES}
    best: dict[str, tuple[float, int, int]] = {}
    for passage in passages:
        weight = _WEIGHTS.get(passage.kind, 0.0)
        if not weight:
            continue
        small = passage.text.lower()
        if not any(hint in small for hint in _HINTS):
            continue
        for design, start, end, share in _found(passage):
            score = weight * share
            kinds = by_kind[design]
            kinds[passage.kind] = min(_CAP, kinds.get(passage.kind, 0.0) + score)
            if score > best.get(design, (0.0, 0, 0))[0]:
                best[design] = score, passage.start + start, passage.start + end
    scores = {design: sum(kinds.values()) for design, kinds in by_kind.items() if kinds}
    return scores, {design: (start, end) for design, (_, start, end) in best.items()}


def _found(passage: Passage) -> Iterator[tuple[str, int, int, float]]:
    """Designs that a passage names, their places, and how much each mention counts."""
    says = passage.kind == "title" or _SAYS.search(passage.text) is not None
    doubtful = _DENIES.search(passage.text) is not None or _OTHERS.search(passage.text) is not None
    for design, pattern in _PATTERNS.items():
        match = pattern.search(passage.text)
        if match:
            share = (1.0 if says else 0.35) * (0.2 if doubtful else 1.0)
            if design in _TOOLS and passage.kind == "method":
                share *= 0.5
            yield design, match.start(), match.end(), share


def _decide(scores: dict[str, float]) -> str:
    """Mixed before all; a review where it outweighs every field design; a named tradition before mere description;
    then quantitative designs where they outweigh qualitative ones."""
    qualitative = max(scores.get(d, 0.0) for d in (*_SPECIFIC, "qualitative-descriptive", "qualitative-other"))
    quantitative = max(scores.get(d, 0.0) for d in ("survey", "experiment", "quantitative-other"))
    if scores.get("mixed-methods", 0.0) >= 2:
        return "mixed-methods"
    if scores.get("literature-review", 0.0) > max(qualitative, quantitative, 2.0):
        return "literature-review"
    if qualitative >= quantitative and qualitative >= 1:
        return _qualitative(scores)
    if quantitative < 1:
        return ""
    for design in ("experiment", "survey"):
        if scores.get(design, 0.0) >= 0.35 * quantitative and scores.get(design, 0.0) >= 1:
            return design
    return "quantitative-other"


def _qualitative(scores: dict[str, float]) -> str:
    specific = max(_SPECIFIC, key=lambda design: scores.get(design, 0.0))
    descriptive = scores.get("qualitative-descriptive", 0.0)
    if scores.get(specific, 0.0) >= 2 and scores.get(specific, 0.0) >= 0.6 * descriptive:
        return specific
    if descriptive >= 1:
        return "qualitative-descriptive"
    return specific if scores.get(specific, 0.0) >= 1 else "qualitative-other"
