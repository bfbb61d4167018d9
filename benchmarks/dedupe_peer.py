"""bib-dedupe over one CSV of records, as its own documentation runs it; prints JSON. Needs only bib-dedupe.

    PYTHON benchmarks/dedupe_peer.py FILE

A script of its own, so that a Python that has bib-dedupe but not litreview can run it.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import time
from typing import Any

COLUMNS = {"record_id": "ID", "title": "title", "authors": "author", "year": "year", "journal": "journal",
           "volume": "volume", "number": "number", "pages": "pages", "doi": "doi", "abstract": "abstract"}  # fmt: skip


def seconds() -> float:
    """Processor time so far, of this process and of those that it started and that have ended."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def find_groups(path: str) -> dict[str, Any]:
    """Groups of record ids, seconds (reading and importing not counted), and the most memory in MB."""
    import bib_dedupe.bib_dedupe as peer
    import pandas as pd

    records = pd.read_csv(path, dtype=str, keep_default_na=False).rename(columns=COLUMNS)[list(COLUMNS.values())]
    records["ENTRYTYPE"] = "article"
    begun, clock = seconds(), time.perf_counter()
    pairs = peer.block(peer.prep(records, cpu=1), cpu=1)
    groups = peer.cluster(peer.match(pairs, cpu=1))
    return {"groups": groups, "seconds": seconds() - begun, "clock": time.perf_counter() - clock,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}  # fmt: skip


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        found = find_groups(sys.argv[1])
    print(json.dumps(found))
