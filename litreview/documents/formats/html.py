"""Web pages (.html): the article without what stands around it, its metadata from its head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from litreview.documents.formats.encoding import decode
from litreview.documents.formats.html_head import read_head
from litreview.documents.formats.model import BODY_PT, MISNAMED, MOST_CHARACTERS, Flow, Piece
from litreview.documents.kinds import PAGE_SUFFIXES
from litreview.documents.refusals import Refusal
from litreview.errors import message

MOST_ELEMENTS = 1_000_000
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|title|p|div|h[1-6]|article|table|meta|span|br)\b", re.I)
_SILENT = re.compile(
    "script|style|noscript|template|nav|form|button|select|option|textarea|input|iframe|object|embed|svg|canvas|audio"
    "|video|map|head|title|menu|dialog"
)
_ASIDE_ROLES = re.compile("navigation|banner|contentinfo|search|complementary|menu|menubar|dialog|alert")
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|sidebar|breadcrumbs?|cookies?|share|sharing|social|banner|advert"
    r"(?:isement)?|skip-?(?:link|to)?|pagination|site-(?:header|footer)|page-footer|pkp_navigation\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = re.compile(
    "p|div|section|article|main|aside|header|footer|figure|address|center|details|summary|fieldset|body|html|li|ul|ol|dl"
    "|dt|dd|blockquote|pre|h[1-6]|hr|table|caption|figcaption|tr|td|th|tbody|thead|tfoot"
)
_SIZES = {"h1": 18.0, "h2": 15.0, "h3": 13.0, "h4": 12.0, "h5": 11.5, "h6": 11.5}
_KINDS = {
    "li": "list", "dt": "list", "dd": "list", "blockquote": "quote", "caption": "caption", "figcaption": "caption",
}  # fmt: skip
_TITLE = re.compile(r"(?:^|\s)(?:Mso)?Title(?:$|\s)", re.IGNORECASE)  # as word processors name it
_INLINE = ("span", "font", "p", "a")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_POINTS = re.compile(r"font-size\s*:\s*(\d{1,3}(?:\.\d+)?)\s*(pt|px)")
_FONT_SIZES = {"1": 8.0, "2": 10.0, "3": 12.0, "4": 14.0, "5": 18.0, "6": 24.0, "7": 36.0}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_NOTE = re.compile(
    r"(?:^|[\s_-])(?:footnotes?|endnotes?|doc-(?:foot|end)notes?|sdfootnote\w*|ftn\d*|Mso(?:Foot|End)noteText)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAIN_SHARE = 0.5  # of the page's words: then the element is the article
_LINKS = 4  # from so many links on, nearly alone in a block, it is a menu
_LINK_SHARE = 0.85
_LONG_CELL = 60  # words
_SPACES = re.compile(r"[ \t\r\n\f]+")
NO_PAGE = message("The file is named .html but is no web page. Open it to see what it is, and save it as DOCX or PDF.")
TOO_DEEP = message("The page's parts lie too deep inside each other to be read. Save it as PDF.")
ARCHIVE = message("The file is a web archive. Open it in the browser and save it as PDF.")


class HtmlReader:
    """Reads `.html` by lxml, with network and entities off."""

    suffixes = PAGE_SUFFIXES

    def read(self, path: Path) -> Flow:
        """Raises `Refusal` for what is no web page, or too much."""
        root = parse(read_page(path))
        told = read_head(root)
        _take_out_surroundings(root)
        pieces = list(_Walk().pieces(_article(root)))
        if not any(line.strip() for piece in pieces for line in piece.lines):
            raise Refusal("empty")
        return Flow(pieces, told=told)


def read_page(path: Path) -> str:
    """A page's source. Raises `Refusal` for what is none."""
    if path.stat().st_size > 4 * MOST_CHARACTERS:
        raise Refusal("too-large")
    content = path.read_bytes()
    if content.startswith((b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG")):
        raise Refusal(MISNAMED, NO_PAGE)
    if re.search(rb"^(?:MIME-Version:|Content-Type: multipart/related)", content[:2000], re.MULTILINE):
        raise Refusal(MISNAMED, ARCHIVE)
    named = _CHARSET.search(content[:4096])
    text = decode(content, named.group(1).decode("ascii", "replace") if named else "")
    if len(text) > MOST_CHARACTERS:
        raise Refusal("too-large")
    if "\x00" in text[:10_000] or not _TAG.search(text):
        raise Refusal(MISNAMED, NO_PAGE)
    return _DECLARED.sub("", text)


def parse(text: str) -> Any:
    """The tree of a page. Nothing is loaded from anywhere, and no entity grows: the parser for HTML declares none."""
    from lxml import html
    from lxml.etree import LxmlError

    parser = html.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (LxmlError, ValueError, AssertionError) as error:
        raise Refusal("damaged") from error
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise Refusal("too-large", TOO_DEEP)  # what follows was lost
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise Refusal("too-large")
    return root


def _take_out_surroundings(root: Any) -> None:
    """Menus, scripts, forms and what is hidden leave the tree."""
    sizes = _Sizes(root)
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body"):
            continue
        if element.getparent() is not None and _surrounds(element, sizes):
            element.drop_tree()


class _Sizes:
    """For each element of a page: its signs, those of its links, and its links; counted once, from the leaves up."""

    def __init__(self, root: Any) -> None:
        self._signs: dict[Any, tuple[int, int, int]] = {}
        for element in reversed(list(root.iter())):
            own = _signs(element.text) if isinstance(element.tag, str) else 0
            signs, linked, links = own, 0, 0
            for child in element:
                inner = self._signs[child]
                signs += inner[0] + _signs(child.tail)
                linked += inner[1]
                links += inner[2]
            is_link = element.tag == "a"
            self._signs[element] = (signs, signs if is_link else linked, links + is_link)
        self.whole = self._signs[root][0]

    def of(self, element: Any) -> tuple[int, int, int]:
        """Signs, signs in links, links."""
        return self._signs[element]


def _signs(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _surrounds(element: Any, sizes: _Sizes) -> bool:
    tag, (signs, linked, links) = element.tag, sizes.of(element)
    if _SILENT.fullmatch(tag) or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(element.get("style", "")):
        return True
    named = _AROUND.search(f"{element.get('class', '')} {element.get('id', '')}")
    if _ASIDE_ROLES.fullmatch(element.get("role", "")) or named:
        return tag not in ("main", "article") and signs <= _MAIN_SHARE * sizes.whole
    if tag in ("header", "footer", "aside"):
        inside = any(one.tag in ("article", "main") for one in element.iterancestors())
        return not inside and element.find(".//h1") is None and not _NOTE.search(_called(element))
    menu = links >= _LINKS and linked >= _LINK_SHARE * signs
    return tag in ("ul", "ol", "div", "p", "table") and menu and element.find(".//h1") is None


def _words(element: Any) -> int:
    return len(" ".join(element.itertext()).split())


def _called(element: Any) -> str:
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"


def _article(root: Any) -> Any:
    """The element that holds the article: `main` or `article` where it has most of the words, else the body."""
    body = root.find("body")
    body = root if body is None else body
    every = _words(body)
    for element in chain(body.iter("main"), body.iter("article")):
        if _words(element) > _MAIN_SHARE * every:
            return element
    return body


class _Walk:
    """Goes through a tree without recursion, since a page may nest as it likes; gathers lines into pieces."""

    def __init__(self) -> None:
        self._lines: list[str] = [""]
        self._bold = self._italic = self._length = 0
        self._sizes: dict[float, int] = {}

    def pieces(self, root: Any) -> Iterator[Piece]:
        """Pieces of an element, in order."""
        stack: list[tuple[str, Any]] = [("in", root)]
        context: list[Any] = []
        while stack:
            step, element = stack.pop()
            if step == "text":
                self._add(element, context)
            elif step == "out":
                if _BLOCKS.fullmatch(element.tag):
                    yield from self._flush(context)
                context.pop()
            elif element.tag == "br":
                self._lines.append("")
            elif element.tag == "table" and not _sets_a_page(element):
                yield from self._flush(context)
                yield from _table(element)
            else:
                if _BLOCKS.fullmatch(element.tag):
                    yield from self._flush(context)
                context.append(element)
                stack.append(("out", element))
                for child in reversed(element):
                    if child.tail:
                        stack.append(("text", child.tail))
                    if isinstance(child.tag, str):
                        stack.append(("in", child))
                if element.text:
                    stack.append(("text", element.text))
        yield from self._flush(context)

    def _add(self, text: str, context: list[Any]) -> None:
        tags = {element.tag for element in context}
        if "pre" in tags:
            first, *rest = text.split("\n")
            self._lines[-1] += first
            self._lines.extend(rest)
        else:
            self._lines[-1] += _SPACES.sub(" ", text)
        size = len(text.strip())
        self._length += size
        look = " ".join(element.get("style", "") for element in context if element.tag in _INLINE)
        self._bold += size if tags & {"b", "strong", "th"} or _BOLD.search(look) else 0
        self._italic += size if tags & {"i", "em", "cite"} else 0
        of_type = next((known for element in reversed(context) if (known := _type_size(element))), BODY_PT)
        self._sizes[of_type] = self._sizes.get(of_type, 0) + size

    def _flush(self, context: list[Any]) -> Iterator[Piece]:
        lines = [line for line in self._lines if line.strip()]
        bold, italic = self._bold > 0.9 * self._length, self._italic > 0.9 * self._length
        size = max(self._sizes, key=lambda known: (self._sizes[known], known)) if self._sizes else BODY_PT
        self._lines, self._sizes = [""], {}
        self._bold = self._italic = self._length = 0
        if lines:
            yield _piece(lines, context, size, bold, italic)


def _type_size(element: Any) -> float:
    """Size of type in points that an element sets by itself, as word processors write it; 0 where it sets none."""
    written = _POINTS.search(element.get("style", ""))
    if written:
        return min(72.0, float(written.group(1)) * (0.75 if written.group(2) == "px" else 1.0))
    return _FONT_SIZES.get(element.get("size", ""), 0.0) if element.tag == "font" else 0.0


def _piece(lines: list[str], context: list[Any], size: float, bold: bool, italic: bool) -> Piece:
    """A piece with the kind and the look of the innermost element that gives one."""
    for element in reversed(context):
        if element.tag in _SIZES:
            return Piece([" ".join(lines)], "body", int(element.tag[1]), _SIZES[element.tag], bold=True)
        if element.tag in _KINDS:
            kind = "footnote" if any(_NOTE.search(_called(one)) for one in context) else _KINDS[element.tag]
            return Piece(lines, kind, 0, size, bold, italic)
    kind = "footnote" if any(_NOTE.search(_called(one)) for one in context) else "body"
    if any(one.tag == "p" and _TITLE.search(one.get("class", "")) for one in context):
        kind = "title"
    return Piece(lines, kind, 0, size, bold, italic)


def _sets_a_page(table: Any) -> bool:
    """Whether a table only places text: tables inside it, one column, or few rows with long texts."""
    rows = table.findall(".//tr")
    if table.find(".//table") is not None or max((len(row) for row in rows), default=0) < 2:
        return True
    longest = max((_words(cell) for row in rows for cell in row), default=0)
    return len(rows) <= 3 and longest >= _LONG_CELL


def _table(table: Any) -> Iterator[Piece]:
    caption = table.find("caption")
    if caption is not None and _text(caption).strip():
        yield Piece([_text(caption)], "caption")
    lines = ["\t".join(_text(cell) for cell in row) for row in table.findall(".//tr")]
    lines = [line for line in lines if line.strip()]
    if lines:
        yield Piece(lines, "table")


def _text(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())
