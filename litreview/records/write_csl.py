"""Records as CSL-JSON, for Zotero, pandoc and citation processors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from litreview.records.carried import KEY
from litreview.records.csl import USED
from litreview.records.decided import rayyan_note
from litreview.records.writing import Written, types_of

_TYPES = frozenset(
    {"article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "paper-conference",
     "thesis", "report", "legislation", "webpage", "dataset", "document", "manuscript", "review", "entry"}
)  # fmt: skip


class CslWriter:
    """Writes CSL-JSON."""

    name = "csl-json"
    suffix = ".json"

    def write(self, entries: Sequence[Written]) -> bytes:
        """A list with an item for each record."""
        items = [_item(number, entry) for number, entry in enumerate(entries, start=1)]
        return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _item(number: int, entry: Written) -> dict[str, Any]:
    record = entry.record
    item: dict[str, Any] = {
        "id": record.id or str(number),
        "type": record.kind if record.kind in _TYPES else types_of(record)[2],
        "title": record.title,
        "author": [_name(author) for author in record.authors],
        "issued": {"date-parts": [[record.year]]} if record.year else None,
        "container-title": record.venue,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages,
        "DOI": record.doi,
        "URL": record.url,
        "abstract": record.abstract,
        "keyword": "; ".join(record.keywords),
        "language": record.language,
    }
    item.update(
        (key, values[0] if len(values) == 1 else values) for key, values in entry.further.items() if key not in USED
    )
    decided = rayyan_note(entry.decisions) if entry.judged else ""
    if decided:
        item["note"] = " | ".join([*entry.further.get("note", ()), decided])
    return {key: value for key, value in (*item.items(), (KEY, entry.carried)) if value}


def _name(author: str) -> dict[str, str]:
    family, comma, given = author.partition(", ")
    return {"family": family, "given": given} if comma and given else {"literal": author}
