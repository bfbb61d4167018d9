"""Headings that a file marks as such: which one is the title, and what stands too low to be a heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from litreview.documents.blocks import Block
from litreview.documents.headings import named_kinds, numbering
from litreview.documents.title import like_title


def settle_headings(blocks: Sequence[Block]) -> None:
    """Give the title its kind where the file marks it, and take levels as steps from 1.

    A title is what has the title's style; else the one heading of the highest level, if others stand beneath it.
    """
    titled = [block for block in blocks if block.kind == "title"]
    for block in titled:
        if not like_title(block) or block is not titled[0]:
            block.kind = "body"
    marked = [block for block in blocks if block.kind == "body" and block.level]
    if marked and not any(block.kind == "title" for block in blocks):
        _take_title(marked)
    used = sorted({block.level for block in blocks if block.kind == "body" and block.level})
    for block in blocks:
        block.level = used.index(block.level) + 1 if block.level in used and block.kind == "body" else 0


def _take_title(marked: Sequence[Block]) -> None:
    counts = Counter(block.level for block in marked)
    highest = marked[0]
    alone = counts[highest.level] == 1 and highest.level == min(counts) and len(marked) > 1
    if alone and like_title(highest) and not named_kinds(highest.text) and not numbering(highest.text)[0]:
        highest.kind, highest.level = "title", 0
