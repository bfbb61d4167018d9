"""What a document says of itself: title, authors, year, DOI, source, abstracts, keywords, language, method, locus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litreview.documents.authors import find_authors, pieces
from litreview.documents.blocks import Block
from litreview.documents.extract import RawPage
from litreview.documents.locus import Passage, find_locus, may_go_on
from litreview.documents.margins import head_texts
from litreview.documents.method import find_method
from litreview.documents.model import Found, Metadata, Paragraph, Section, Sentence
from litreview.documents.years import Line as DatedLine
from litreview.documents.years import find_years
from litreview.language.detect import detect_language

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|]+[^\s\"<>{}|.,;:)\]'’”]")
_DOI_PART = re.compile(r"\.[gts]\d{3}$")
_KEYWORDS = re.compile(
    r"^\(?(?:kata[- ]?kata kunci|kata[- ]?kunci|key ?-?words?(?: and phrases)?|index terms)\)?\s*[:.–—-]*\s*",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?:jurnal|journal|prosiding|proceedings|seminar nasional|bulletin|buletin|majalah|review of|transactions on)\b",
    re.IGNORECASE,
)
_SOURCE_END = re.compile(
    r"[,;|(]?\s*\b(?:vol(?:ume)?\b|no(?:mor)?\.|e-?issn|p-?issn|issn|hal(?:aman)?\b|pp?\.|pages?\b|edisi\b|tahun\b|https?:"
    r"|doi\b|\d{1,4}\s*\(\d{4}|(?<![-–\d])\d{4}\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_LINKED_HEAD = re.compile(r"^([A-Z][^|•·]{3,50}?)\s*[|•·]\s*(?:https?://|www\.|doi\b)", re.IGNORECASE)
_UNIVERSITY = re.compile(r"\b(?:universitas|university|institut|sekolah tinggi|politeknik)\b", re.IGNORECASE)
_THESIS = re.compile(r"\b(?:skripsi|tesis|thesis|disertasi|dissertation|tugas akhir)\b", re.IGNORECASE)
_TITLE_MARK = re.compile(r"(?<=[^\W\d_])[*†‡§∗\d]+$|\s*[*†‡∗]+$")
_NOTE_MARK = re.compile(r"(?<=[.!?])\s?(?:\d{1,2}|[*†‡∗]{1,2})\s*\Z")  # of a note that a text's last word carries
_MAX_ABSTRACT_WORDS = 700
_NOT_ABSTRACT = frozenset(("heading", "title", "footnote", "caption", "table", "aside"))
_MIN_ABSTRACT_WORDS = 20
_ENDED = (".", "?", "!")
_NAME_WORDS, _NAME_LENGTH = 4, 80  # that a place's name has at most
_ROW_GAP = 30  # code points that a hyphen at the end of a row may put between a word and its place


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rules read: the text with its pages, blocks and paragraphs (aligned), sections and sentences."""

    text: str
    pages: Sequence[RawPage]
    blocks: Sequence[Block]
    paragraphs: Sequence[Paragraph]
    sections: Sequence[Section]
    sentences: Sequence[Sentence]

    def kinds_of(self, paragraph: Paragraph) -> tuple[str, ...]:
        """The kinds of a paragraph's section."""
        return self.sections[paragraph.section].kinds

    def front(self) -> Iterator[tuple[Block, Paragraph]]:
        """Blocks of the first pages before the text proper: title, authors, journal, dates."""
        first = self.blocks[0].rows[0].page if self.blocks else 0
        for block, paragraph in zip(self.blocks, self.paragraphs, strict=True):
            page = block.rows[0].page
            if page > first + 1 or paragraph.kind == "reference":
                return
            if "front" in self.kinds_of(paragraph) or (page == first and paragraph.kind in ("title", "footnote")):
                yield block, paragraph


def read_metadata(evidence: Evidence) -> Metadata:
    """All metadata that the rules find; what they do not find stays empty."""
    title = find_title(evidence)
    abstracts = find_abstracts(evidence)
    passages = _passages(evidence, title, abstracts)
    years = find_years(_dated_lines(evidence))
    locus = find_locus(passages)
    return Metadata(
        title=title,
        authors=_placed(
            find_authors(evidence.blocks, evidence.paragraphs, evidence.pages, _front_end(evidence)), evidence.text
        ),
        year=years[0] if years else None,
        years=years,
        doi=find_doi(evidence),
        source=find_source(evidence),
        abstracts=abstracts,
        keywords=find_keywords(evidence),
        language=main_language(evidence),
        method=find_method(passages),
        **locus,
    )


def find_title(evidence: Evidence) -> Found | None:
    """The paragraphs of kind `title`, as one."""
    spans = [(p.start, p.end) for p in evidence.paragraphs if p.kind == "title"]
    if not spans:
        return None
    start, end = spans[0][0], spans[-1][1]
    value = " ".join(evidence.text[start:end].split())
    return Found(_TITLE_MARK.sub("", value), start, end)


def _placed(names: Sequence[Found], text: str) -> tuple[Found, ...]:
    """Names with the offsets of their own words where they stand so, else of their paragraph."""
    placed = []
    for name in names:
        match = re.compile(re.escape(name.value).replace("\\ ", r"\s+"), re.IGNORECASE).search(
            text, name.start, name.end
        )
        placed.append(Found(name.value, *match.span()) if match else name)
    return tuple(placed)


def find_abstracts(evidence: Evidence) -> dict[str, Found]:
    """Abstracts by language, each with its offsets: the text of abstract sections up to the keywords; a section in two
    languages gives two."""
    abstracts: dict[str, Found] = {}
    for i, section in enumerate(evidence.sections):
        if section.kinds != ("abstract",):
            continue
        for start, end in _abstract_runs(evidence, i):
            language = detect_language(evidence.text[start:end])
            if language != "other" and language not in abstracts:
                last = end - _length_of_mark(evidence.text[max(start, end - 8) : end])
                abstracts[language] = Found(" ".join(evidence.text[start:last].split()), start, last)
    return dict(sorted(abstracts.items()))


def _length_of_mark(text: str) -> int:
    """Length of a note's mark at the end of a text."""
    mark = _NOTE_MARK.search(text)
    return len(text) - mark.start() if mark else 0


def _abstract_runs(evidence: Evidence, section: int) -> list[tuple[int, int]]:
    """Stretches of paragraphs of one language in an abstract's section."""
    runs: list[tuple[int, int, str]] = []
    size = 0.0
    words = 0
    for block, paragraph in zip(evidence.blocks, evidence.paragraphs, strict=True):
        if paragraph.section != section or paragraph.kind in _NOT_ABSTRACT or block.kind in _NOT_ABSTRACT:
            continue
        text = evidence.text[paragraph.start : paragraph.end]
        heading = evidence.sections[section].heading
        start = paragraph.start
        if text.startswith(heading) and paragraph.start == evidence.sections[section].start:
            start += len(heading) + len(text[len(heading) :]) - len(text[len(heading) :].lstrip(" .:-–—"))
        if _KEYWORDS.match(text):
            break
        count = len(text.split())
        words += count
        if runs and (abs(block.rows[0].size - size) > 0.8 or words > _MAX_ABSTRACT_WORDS):
            break
        if not runs and count < _MIN_ABSTRACT_WORDS and not text.endswith("."):
            continue
        size = size or block.rows[0].size
        language = detect_language(text)
        if runs and runs[-1][2] == language:
            runs[-1] = (runs[-1][0], paragraph.end, language)
        else:
            runs.append((start, paragraph.end, language))
    return [(start, end) for start, end, _ in runs if end - start > 80]


def find_keywords(evidence: Evidence) -> tuple[str, ...]:
    """Keywords as printed, of all languages, in order."""
    found: list[str] = []
    for paragraph in evidence.paragraphs[:80]:
        text = evidence.text[paragraph.start : paragraph.end]
        match = _KEYWORDS.match(text)
        if match and len(text) - match.end() > 2 and len(text) < 500:
            mark = ";" if ";" in text else "," if "," in text else "·"
            found.extend(word.strip(" .*–—-\n") for word in text[match.end() :].split(mark))
    return tuple(dict.fromkeys(word for word in found if 1 < len(word) < 60))


def find_doi(evidence: Evidence) -> Found | None:
    """The DOI printed on the first pages or in running heads: bare, small letters."""
    for _, paragraph in evidence.front():
        match = _DOI.search(evidence.text, paragraph.start, paragraph.end)
        if match:
            return Found(_bare(match), match.start(), match.end())
    on_first = _doi_in_first_page(evidence)
    if on_first:
        return on_first
    for page in evidence.pages[:3]:
        for text in head_texts(page):
            match = _DOI.search(text)
            if match:
                return Found(_bare(match))
    return None


def _bare(match: re.Match[str]) -> str:
    """Small letters, without the part that names a figure or a table of the article."""
    return _DOI_PART.sub("", match.group().lower())


def _doi_in_first_page(evidence: Evidence) -> Found | None:
    first = evidence.blocks[0].rows[0].page
    for block, paragraph in zip(evidence.blocks, evidence.paragraphs, strict=True):
        if block.rows[0].page > first or paragraph.kind == "reference":
            return None
        match = _DOI.search(evidence.text, paragraph.start, paragraph.end)
        if match:
            return Found(_bare(match), match.start(), match.end())
    return None


def find_source(evidence: Evidence) -> Found | None:
    """The journal, the proceedings, or a thesis's university: from the front, else from running heads."""
    heads = Counter(text for page in evidence.pages[:8] for text in head_texts(page))
    linked = Counter(match.group(1).strip() for text in heads.elements() if (match := _LINKED_HEAD.match(text)))
    if linked and linked.most_common(1)[0][1] > 1:
        return Found(linked.most_common(1)[0][0])
    for pattern in (_SOURCE, _UNIVERSITY):
        found = _source_in_front(evidence, pattern)
        if found:
            return found
        for text in heads:
            value = _source_name(text, pattern)
            if value:
                return Found(value)
        if not _THESIS.search(evidence.text, 0, 4000):
            break
    return None


def _source_in_front(evidence: Evidence, pattern: re.Pattern[str]) -> Found | None:
    for block, paragraph in evidence.front():
        rows = block.rows if paragraph.kind != "title" else ()
        for piece in (piece for row in rows for piece in pieces(row, evidence.pages[row.page])):
            value = _source_name(piece, pattern)
            if value:
                start = evidence.text.find(value, paragraph.start, paragraph.end)
                return Found(value, max(start, 0), start + len(value) if start >= 0 else 0)
    return None


def _source_name(text: str, pattern: re.Pattern[str]) -> str:
    if not pattern.search(text) or len(text.split()) > 24 or "@" in text:
        return ""
    name = _SOURCE_END.sub("", text).strip(" ,.|-–:")
    return name if pattern.search(name) and len(name.split()) > 1 else ""


def main_language(evidence: Evidence) -> str:
    """The language of most of the body's sentences, by their length."""
    counts: Counter[str] = Counter()
    for sentence in evidence.sentences:
        kinds = evidence.kinds_of(evidence.paragraphs[sentence.paragraph])
        if not set(kinds) & {"abstract", "front", "references"}:
            counts[sentence.language] += sentence.end - sentence.start
    for sentence in evidence.sentences if not counts else ():
        counts[sentence.language] += sentence.end - sentence.start
    if counts["id"] or counts["en"]:
        return "id" if counts["id"] >= counts["en"] else "en"
    return "other" if counts else "id"


def _front_end(evidence: Evidence) -> int:
    """Index of the first block that is not front: an abstract, an introduction, a contents list."""
    for i, paragraph in enumerate(evidence.paragraphs):
        if paragraph.section > 0 or evidence.sections[0].kinds != ("front",):
            return i
    return len(evidence.paragraphs)


def _dated_lines(evidence: Evidence) -> list[DatedLine]:
    """Every line that may carry the issue's date: the front's, the first page's edges, and all running heads."""
    lines = []
    text = evidence.text
    for block, paragraph in evidence.front():
        at = paragraph.start
        place = "title" if paragraph.kind == "title" else "front"
        for row in block.rows:
            start, at = _row_span(text, row.words, at, paragraph.end)
            found = DatedLine(text[start:at], start, at, place)
            lines.append(found if found.text else DatedLine(row.text, 0, 0, place))
    first = evidence.blocks[0].rows[0].page
    for i, page in enumerate(evidence.pages):
        for head in head_texts(page):
            lines.append(DatedLine(head, 0, 0, "first" if i == first else "head"))
    lines.extend(_first_page_feet(evidence, first))
    return lines


def _row_span(text: str, words: Sequence[str], at: int, end: int) -> tuple[int, int]:
    """Where a printed row stands in its paragraph, after the row before it (`at`): its words follow one another there,
    but for those that a hyphen broke."""
    start = -1
    for word in words:
        found = text.find(word, at, end)
        if 0 <= found <= at + _ROW_GAP:
            start = found if start < 0 else start
            at = found + len(word)
    return (start, at) if start >= 0 else (at, at)


def _first_page_feet(evidence: Evidence, first: int) -> Iterator[DatedLine]:
    """Lines of the first page at its edges, and small print that speaks of a volume or a publication."""
    for block, paragraph in zip(evidence.blocks, evidence.paragraphs, strict=True):
        row = block.rows[0]
        if row.page != first:
            return
        height = evidence.pages[first].height
        if "front" not in evidence.kinds_of(paragraph) and (row.y0 > 0.84 * height or row.size < 8.5):
            text = evidence.text[paragraph.start : paragraph.end]
            if len(text) < 700:
                yield DatedLine(text, paragraph.start, paragraph.end, "foot")


def _passages(evidence: Evidence, title: Found | None, abstracts: dict[str, Found]) -> list[Passage]:
    """Where rules look for method and place: title, abstracts, and sentences with the kind of their section."""
    passages = []
    if title:
        printed = evidence.text[title.start : title.end].replace("\n", " ")  # same offsets
        passages.append(Passage("title", printed, title.start))
    spans = [(found.start, found.end) for found in abstracts.values()]
    for sentence in evidence.sentences:
        paragraph = evidence.paragraphs[sentence.paragraph]
        if paragraph.kind in ("footnote", "caption"):
            continue
        text = evidence.text[sentence.start : sentence.end]
        inside = any(start <= sentence.start < end for start, end in spans)
        kind = "abstract" if inside else evidence.kinds_of(paragraph)[0]
        after = "" if text.endswith(_ENDED) else _words_after(evidence, sentence, text)
        passages.append(Passage(kind, text, sentence.start, after))
    return passages


def _words_after(evidence: Evidence, sentence: Sentence, text: str) -> str:
    """The words after a sentence into which a place's name may go on: a cut word's rest, and on a recognised page,
    whose paragraphs may end at any line, the name after a level."""
    recognised = evidence.pages[evidence.blocks[sentence.paragraph].rows[0].page].ocr
    if not (text.endswith("-") or (recognised and may_go_on(text))):
        return ""
    return " ".join(evidence.text[sentence.end : sentence.end + _NAME_LENGTH].split()[:_NAME_WORDS])
