"""Whose words a sentence is: participant, author, cited, theory or recommendation (one voice for a sentence)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litreview.documents.model import Document, Paragraph, Section, Sentence

_OPEN, _CLOSE = "“«„", "”»"
QUOTED_WORDS = 4  # fewer quoted words are a term, not speech
QUOTED_SHARE = 0.35
_YEAR = r"(?:19|20)\d\d[a-z]?"
_CITATION = re.compile(
    rf"\([^()]*[A-Z][^()\d]*,?\s+{_YEAR}(?:\s*[:,]\s*\d[^()]*)?[^()]*\)"  # (Nama, 2018: 45; Lain, 2019)
    rf"|\b[A-Z][\w'’-]+(?:\s+(?:&|dan|and|et al\.?|dkk\.?|[A-Z][\w'’-]*\.?))*,?\s+\((?:[^()]*,\s*)?{_YEAR}[^()]*\)"
    r"|\[\d+(?:\s*[,–-]\s*\d+)*\]"
)
_NOT_CITATION = re.compile(
    r"\((?:[^()]*\b(?:wawancara|interview|observasi|hasil|sumber|data|fgd|tahun|usia|aged?)\b[^()]*)\)", re.I
)
_OTHERS = re.compile(
    r"\b(?:penelitian|studi|riset|kajian|temuan|hasil penelitian)\s+(?:terdahulu|sebelumnya|lain)\b"
    r"|\b(?:previous|earlier|prior|other)\s+(?:stud(?:y|ies)|research|work|findings)\b",
    re.IGNORECASE,
)
_THEORY = re.compile(
    r"\b(?:Saleebey|Rapp|Weick|Zastrow|Chambers|Rappaport|perspektif kekuatan|strengths? perspective|"
    r"strengths-based (?:theory|approach)|"
    r"teori|theory|secara teoretis|konsep(?:tual)?|literatur|literature)\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\b(?:adalah|ialah|merupakan|didefinisikan|diartikan|dimaknai|is defined as|refers to|means)\b", re.I
)
_ADVISES = re.compile(
    r"\b(?:disarankan|menyarankan|direkomendasikan|merekomendasikan|sebaiknya|hendaknya|seyogianya|seyogyanya|"
    r"penulis menganjurkan|peneliti menganjurkan|should|ought to|recommend(?:s|ed|ation|ations)?|it is advisable|"
    r"ke depan(?:nya)?,? .{0,60}\b(?:perlu|dapat|harus)|perlu (?:segera |terus |lebih |juga )?(?:di|me)\w+|"
    r"needs? to be \w+ed)\b",
    re.IGNORECASE,
)  # fmt: skip
_TAG = re.compile(r"\((?:wawancara|interview|[A-Z][A-Za-z.]{0,12},\s*(?:KPM|pendamping|ketua|koordinator|kepala|"
    r"perangkat|"
                  r"facilitator|beneficiary|mother|coordinator|head|family|village|supervisor|informan|suami|"
                  r"kader))[^()]*\)",
                  re.IGNORECASE)  # fmt: skip
_ITEM = r"\b(?:items?|statements?|butir|pernyataan)\b"
_INTRODUCES_ITEM = re.compile(
    rf"{_ITEM}(?:\s+(?:nomor|no\.?|number|ke-?\d+|\d+|angket|kuesioner|kuisioner|berbunyi|bahwa|yaitu|yakni|that|reads?|"
    r"seperti|like))*\s*[:,]?\s*$",
    re.IGNORECASE,
)  # "butir 7: “…", "the item “…": the author's questionnaire, not an informant
_LISTS_ITEMS = re.compile(rf"{_ITEM}[^.]*:\s*$", re.IGNORECASE)
_AFTER_SPEECH = re.compile(r"[.,;]?\s*(?P<said>(?:[a-z][^.!?()]{0,80})?)(?P<tag>\([^()]*\))")
_AT_THE_END = re.compile(r"(?P<tag>\([^()]*\))[\s.,”\"»]*$")
_ALONE = re.compile(r"\s*\([^()]*\)[\s.,]*$")
_SPEAKER = re.compile(r"^\s*[A-Z][\w. ]{0,25}\s?:\s+[“\"]")


def voices(document: Document) -> tuple[str, ...]:
    """The voice of every sentence of a document, in order."""
    quoted = _quoted_spans(document)
    return tuple(_voice(document, sentence, quoted) for sentence in document.sentences)


def _voice(document: Document, sentence: Sentence, quoted: list[tuple[int, int]]) -> str:
    text = document.text[sentence.start : sentence.end]
    paragraph = document.paragraphs[sentence.paragraph]
    section = document.sections[paragraph.section] if 0 <= paragraph.section < len(document.sections) else None
    if _is_spoken(text, sentence, paragraph.kind, quoted):
        return "participant"
    return voice_of(text, section)


def voice_of(text: str, section: Section | None) -> str:
    """The voice of a sentence that no informant speaks, by its section and its words."""
    kinds = section.kinds if section else ()
    if "recommendation" in kinds[:1] or (_ADVISES.search(text) and not _is_cited(text)):
        return "recommendation"
    cited = _is_cited(text)
    if _THEORY.search(text) and (cited or "theory" in kinds or "introduction" in kinds):
        return "theory"
    if "theory" in kinds:
        return "cited" if cited and _found(text) else "theory"
    if cited:
        return "cited"
    if "introduction" in kinds and _DEFINES.search(text):
        return "theory"
    return "author"


def _is_cited(text: str) -> bool:
    return bool(_CITATION.search(_NOT_CITATION.sub("", text)) or _OTHERS.search(text))


def _found(text: str) -> bool:
    """True where somebody's result is told, not what a term means."""
    return bool(
        re.search(
            r"\b(?:menemukan|menunjukkan|mengungkap\w*|menyimpulkan|ditemukan|found|showed?|reported)\b", text, re.I
        )
    )


def _is_spoken(text: str, sentence: Sentence, kind: str, quoted: list[tuple[int, int]]) -> bool:
    inside = sum(
        min(e, sentence.end) - max(s, sentence.start) for s, e in quoted if s < sentence.end and e > sentence.start
    )
    if inside >= QUOTED_SHARE * max(1, sentence.end - sentence.start):
        return not _CITATION.search(_NOT_CITATION.sub("", text)) or bool(_TAG.search(text))
    return kind == "quote" and not _is_cited(text)


def _quoted_spans(document: Document) -> list[tuple[int, int]]:
    """Stretches of speech: between quotation marks within a paragraph; an unclosed mark reaches its end. The items of
    a questionnaire are no speech."""
    spans: list[tuple[int, int]] = []
    before = ""  # the paragraph that leads a list in
    for paragraph in document.paragraphs:
        text = document.text[paragraph.start : paragraph.end]
        before = before if paragraph.kind == "list" else text
        if paragraph.kind in ("body", "list", "quote", "footnote"):
            listed = paragraph.kind == "list" and bool(_LISTS_ITEMS.search(before)) and not _TAG.search(text)
            found = quotations(document.text, paragraph.start, paragraph.end)
            spans.extend(span for span in found if not listed and not _is_item(document.text, span, paragraph))
    return spans


def _is_item(text: str, span: tuple[int, int], paragraph: Paragraph) -> bool:
    """Whether a quotation is an item of a questionnaire: introduced as one, with no speaker named after it."""
    introduced = _INTRODUCES_ITEM.search(text[paragraph.start : span[0]])
    return introduced is not None and not _TAG.search(text[span[1] : paragraph.end])


def quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans between quotation marks that hold at least `QUOTED_WORDS` words."""
    opened = -1
    for at in range(start, end):
        sign = text[at]
        if sign in _OPEN or (sign == '"' and opened < 0):
            opened = at if opened < 0 else opened
        elif opened >= 0 and (sign in _CLOSE or sign == '"'):
            if len(text[opened:at].split()) >= QUOTED_WORDS:
                yield opened, at + 1
            opened = -1
    if opened >= 0 and len(text[opened:end].split()) >= QUOTED_WORDS:
        yield opened, end


def speaker_tags(text: str, start: int, end: int, *, quoted: bool = False) -> list[tuple[int, int]]:
    """Where the brackets stand in a paragraph that name who spoke: "(Sr, KPM graduasi, 34 tahun)".

    They follow a quotation, at once or after a clause ("…,” tutur Bu Tn (36 tahun)"), end its words, or stand alone.
    `quoted`: the paragraph is a quotation without marks.
    """
    spoken = list(quotations(text, start, end))
    found = []
    for _, close in spoken:
        after = _AFTER_SPEECH.match(text, close, end)
        if after is not None and _names_who(after["tag"], at_once=not after["said"]):
            found.append(after.span("tag"))
    ends = [close for _, close in spoken]
    if quoted or _ALONE.match(text, start, end):
        ends.append(end)
    for close in ends:
        last = _AT_THE_END.search(text, start, close)
        if last is not None and _names_who(last["tag"]):
            found.append(last.span("tag"))
    return sorted(set(found))


def _names_who(bracket: str, *, at_once: bool = False) -> bool:
    """Whether a bracket tells who spoke: it has a name with a role, an age or a date, or follows speech `at_once`; it
    is no citation."""
    if _TAG.fullmatch(bracket):
        return True
    told = at_once or re.search(r"[,\d]", bracket) is not None
    return told and not _CITATION.search(_NOT_CITATION.sub("", bracket))


def speaker_role(paragraph: str) -> str:
    """Who speaks in a paragraph by its tag ("(Sr, KPM, 34 tahun)", "tutur pendamping"): family, facilitator or ''."""
    tags = " ".join(match.group() for match in _TAG.finditer(paragraph)) or _after_speech(paragraph)
    if re.search(r"\b(?:pendamping|facilitator|koordinator|coordinator|supervisor|korkab|korkot)\b", tags, re.I):
        return "facilitator"
    return (
        "family"
        if re.search(r"\b(?:KPM|beneficiary|mother|ibu|keluarga|family|penerima|suami|ketua kelompok)\b", tags, re.I)
        else ""
    )


def _after_speech(paragraph: str) -> str:
    found = re.search(
        r"(?:ujar|tutur|kata|ungkap|jelas|cerita|papar|said|told|explained|according to|menurut)\w*\s+(.{0,60})",
        paragraph,
        re.I,
    )
    return found.group(1) if found else ""
