"""Hundreds of SIGKILLs while several people write: what was told as saved is there, the index equals a rebuild."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from litreview.index import Index
from litreview.ledger import LedgerFollower, read_ledger
from litreview.ledger.indexing import index_ledger
from tests.ledger_making import indexed

KILLS = 300
WRITERS = (("ani", "laptop"), ("ani", "laptop"), ("ani", "hp"), ("budi", "pc"))  # two processes share a device
WRITE = """
import os, sys
from pathlib import Path
from tests.ledger_making import coding, retraction
from litreview.index import Index
from litreview.ledger import LedgerFollower, append
from litreview.ledger.indexing import index_ledger

root, person, device, told = Path(sys.argv[1]), *sys.argv[2:5]
acknowledged = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
follower = LedgerFollower(root / "judgments")
print("ready", flush=True)
for number in range(1_000_000):
    made = [coding(person, device, memo="x" * (number * 37 % 900)) for _ in range(1 + number % 4)]
    made += [retraction(made[0])] if number % 5 == 0 else []
    append(root / "judgments", made)
    os.write(acknowledged, "".join(judgment.id + chr(10) for judgment in made).encode())
    if number % 3 == 0:
        with Index(root / ".litreview" / "index.db") as index:
            index_ledger(index, follower)
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_hundreds_of_kills_lose_nothing_that_was_told(tmp_path: Path) -> None:
    draw = random.Random(7)
    running = [start(tmp_path, number) for number in range(len(WRITERS))]
    follower = LedgerFollower(tmp_path / "judgments")
    for kill in range(KILLS):
        number = draw.randrange(len(WRITERS))
        time.sleep(draw.random() * 0.03)
        running[number].kill()
        running[number].communicate()
        running[number] = start(tmp_path, number)
        if kill % 10 == 0:
            follower.refresh()
    for process in running:
        process.kill()
        process.communicate()
    check(tmp_path, follower)


def start(root: Path, number: int) -> subprocess.Popen[bytes]:
    """A writer, once it has begun."""
    person, device = WRITERS[number]
    command = [sys.executable, "-c", WRITE, str(root), person, device, str(root / f"told-{number}")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent, env=os.environ)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def check(root: Path, follower: LedgerFollower) -> None:
    told = {id_ for number in range(len(WRITERS)) for id_ in (root / f"told-{number}").read_text().splitlines()}
    whole = {id_ for id_ in told if len(id_) == 36}
    read = read_ledger(root / "judgments")
    assert whole - {judgment.id for judgment in read.judgments} == set()
    assert len(whole) > KILLS
    assert follower.refresh() == read
    with Index(root / ".litreview" / "index.db") as index, Index(root / "other.db") as rebuilt:
        assert index_ledger(index, follower) == read
        index_ledger(rebuilt, LedgerFollower(root / "judgments"))
        assert indexed(index) == indexed(rebuilt)
        assert "gone" not in indexed(index).values()
    print(f"{KILLS} kills, {len(whole)} judgments told as saved, {len(read.notices)} torn lines set aside")
