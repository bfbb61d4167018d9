"""The paragraphs of a file without pages, read by another way than the reader's, to hold quotations against (law 5).

A Word document is read from its zip by the standard library's parser of XML, a web page by the standard library's
parser of HTML, a text from its bytes, divided at empty lines. None of it knows of styles, headings, or where in a page
the article stands.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path

from litreview.documents.formats.package import UNREADABLE
from litreview.documents.model import Document
from litreview.documents.numbered import paragraphs_at
from litreview.documents.refusals import Refusal
from litreview.documents.verify import normalise
from litreview.errors import QuotationError, message

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = re.compile(r"^word/(?:document|footnotes|endnotes)\d*\.xml$")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad", "ptab": "\t"}
_NO_TEXT = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText"))
_BLOCKS = re.compile(
    "p|div|section|article|main|aside|header|footer|figure|li|ul|ol|dl|dt|dd|blockquote|pre|h[1-6]|hr|table|caption"
    "|figcaption|tr|td|th|body|form|nav"
)
_UNSEEN = re.compile("script|style|noscript|template|svg|button|select|textarea|iframe|object|canvas|audio|video|map")
_EMPTY = re.compile("br|hr|img|input|meta|link|wbr|col|area|source|track|embed|base")
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_EMPTY_LINES = re.compile(r"\n[ \t\f]*\n\s*")


def paragraph_texts(path: Path) -> list[str]:
    """Every paragraph of a file that holds a sign, in the file's order. Raises `QuotationError` when the file cannot
    be read any more."""
    try:
        texts = _READ[path.suffix.lower()](path)
    except (Refusal, ET.ParseError, *UNREADABLE) as error:
        raise QuotationError(message("The file could not be read again to check a quotation."), path) from error
    return [text for text in texts if text.strip()]


class Afresh:
    """A file's paragraphs, ready to be asked for many quotations: also as one strip of signs without spaces."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self._texts = paragraphs
        strips = [_dense(text) for text in paragraphs]
        self._starts = list(accumulate(map(len, strips), initial=0))
        self._strip = "".join(strips)

    def texts_of(self, document: Document, start: int, end: int) -> list[str]:
        """The file's own paragraphs, in order, in which the paragraphs of `text[start:end]` stand whole. One of the
        document's may be several of the file's that follow each other (a table's cells), or a part of one."""
        found: set[int] = set()
        for paragraph in paragraphs_at(document, start, end):
            found |= self._places(_dense(document.text[paragraph.start : paragraph.end]))
        return [self._texts[i] for i in sorted(found)]

    def _places(self, cited: str) -> set[int]:
        """Indexes of the paragraphs that a stretch of the strip stands in, wherever it stands."""
        found: set[int] = set()
        at = self._strip.find(cited) if cited else -1
        while at >= 0:
            found.update(range(bisect_right(self._starts, at) - 1, bisect_left(self._starts, at + len(cited))))
            at = self._strip.find(cited, at + len(cited))
        return found


def _dense(text: str) -> str:
    return normalise(text).replace(" ", "").replace("-", "")


# Word


def _docx(path: Path) -> Iterator[str]:
    from litreview.documents.formats.package import check_package

    check_package(path)
    with zipfile.ZipFile(path) as package:
        for name in sorted(filter(_PARTS.match, package.namelist()), key=lambda n: (n != "word/document.xml", n)):
            with package.open(name) as part:
                yield from _xml_paragraphs(ET.parse(part).getroot())


def _xml_paragraphs(root: ET.Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        yield "".join(_xml_text(paragraph))


def _xml_text(element: ET.Element) -> Iterator[str]:
    """The text of an element, without that of paragraphs inside it (text boxes) and of what is not shown."""
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "p" or name in _NO_TEXT or (name == "r" and _is_hidden(child)):
            continue
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS and element.tag == f"{_W}r":
            yield _SIGNS[name]
        else:
            yield from _xml_text(child)


def _is_hidden(run: ET.Element) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val", "1") not in ("0", "false", "off")


# HTML


class _Paragraphs(HTMLParser):
    """Texts between the tags that begin or end a block, without what a browser does not show as text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts = [""]
        self._unseen = ""  # the tag of the element, now open, whose content is not shown
        self._deep = 0  # elements of that tag open in it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unseen:
            self._deep += tag == self._unseen
        elif _UNSEEN.fullmatch(tag) or (not _EMPTY.fullmatch(tag) and _is_unseen(dict(attrs))):
            self._unseen, self._deep = tag, 1
        elif tag == "br":
            self.texts[-1] += "\n"
        elif _BLOCKS.fullmatch(tag):
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            self._deep -= tag == self._unseen
            self._unseen = self._unseen if self._deep else ""
        elif _BLOCKS.fullmatch(tag):
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.texts[-1] += data


def _is_unseen(attributes: dict[str, str | None]) -> bool:
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    return hidden or _NOT_DISPLAYED.search(attributes.get("style") or "") is not None


def _html(path: Path) -> list[str]:
    from litreview.documents.formats.html import read_page

    parser = _Paragraphs()
    parser.feed(read_page(path))
    parser.close()
    return parser.texts


# Text


def _text(path: Path) -> list[str]:
    from litreview.documents.formats.text import read_text

    return _EMPTY_LINES.split(read_text(path))


def _markdown(path: Path) -> list[str]:
    from litreview.documents.formats.text import without_marks

    return [without_marks(text) for text in _text(path)]


_READ = {
    ".docx": _docx, ".html": _html, ".htm": _html, ".xhtml": _html, ".txt": _text, ".md": _markdown,
    ".markdown": _markdown,
}  # fmt: skip
