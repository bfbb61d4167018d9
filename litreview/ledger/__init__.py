"""The ledger: judgments of people, appended and never changed (law 1).

One JSON object a line in `judgments/<person>/<device>.jsonl`; one writer for each file. Who and where are read from
the line, never from the file's name. What stands is found by replay: a judgment that another replaces, or that its
own person has retracted, no longer stands, but stays in the file. `docs/ledger.md` tells the format.
"""

from litreview.ledger.bodies import BODIES, KINDS
from litreview.ledger.following import LedgerFollower, read_ledger
from litreview.ledger.ids import uuid7
from litreview.ledger.lines import make_judgment
from litreview.ledger.model import Judgment, Ledger, SetAside
from litreview.ledger.reading import find_files
from litreview.ledger.replay import Conflict, Fate, conflicts, fates, standing
from litreview.ledger.undoing import redo, undo
from litreview.ledger.upgrades import FORMAT
from litreview.ledger.writing import append, append_lines, check_writable

__all__ = [
    "BODIES",
    "FORMAT",
    "KINDS",
    "Conflict",
    "Fate",
    "Judgment",
    "Ledger",
    "LedgerFollower",
    "SetAside",
    "append",
    "append_lines",
    "check_writable",
    "conflicts",
    "fates",
    "find_files",
    "make_judgment",
    "read_ledger",
    "redo",
    "standing",
    "undo",
    "uuid7",
]
