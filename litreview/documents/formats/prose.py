"""Whether a text file is one to be read as a document: it holds sentences, and enough of them."""

from __future__ import annotations

import re

from litreview.documents.formats.encoding import decode
from litreview.language.detect import ENGLISH, INDONESIAN

LEAST_WORDS = 150
_LEAST_SENTENCES = 5
LOOKED_AT = 400_000  # bytes of a file: its beginning tells
_SENTENCE_END = re.compile(r"[^\W\d_]{2,}[.?!][”\"')\]]?\s")
_TAGGED = re.compile(r"^(?:[A-Z][A-Z0-9]{1,3} {0,4}- |%[A-Z0-9@] \S|(?:PT|AU|TI|SO|AB|FN|VR) \S|\s*\w+\s*=\s*[{\"])")
_RECORDS = re.compile(r"^(?:@\w+\s*\{|PMID- |FN (?:ISI|Clarivate|Thomson)|%0 |<\?xml|<xml|\{|\[)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = INDONESIAN | ENGLISH
_LEAST_SHARE = 0.05  # of the words: common words of Indonesian or English
_MOST_TAGGED = 0.1  # of the lines: fields of records


def reads_as_prose(content: bytes) -> bool:
    """Whether a file's first bytes are running text of some length, and neither records, data nor a program."""
    text = decode(content[:LOOKED_AT])
    if "\x00" in text or _RECORDS.match(text.lstrip()):
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    tagged = sum(_TAGGED.match(line) is not None for line in lines)
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < LEAST_WORDS or tagged > _MOST_TAGGED * len(lines):
        return False
    letters = sum(map(len, words))
    if letters < 0.6 * len("".join(text.split())) or len(_SENTENCE_END.findall(text)) < _LEAST_SENTENCES:
        return False
    common = sum(map(_FUNCTION_WORDS.__contains__, words))
    return common > _LEAST_SHARE * len(words)
