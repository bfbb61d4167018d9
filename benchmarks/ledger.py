"""The ledger against its limits: the disk's own syncing, msgspec's own decoding, and the waiting of twenty people.

    python -m benchmarks.ledger [--rounds N] [--judgments N] [--folder FOLDER]

Writers are threads of one process that each save one judgment after another, forced to disk each time. The limit
beside them is a plain loop that writes and syncs lines of the same length to one file. Replay is what `read_ledger`
does over five files; the limit is msgspec's decoding of the same lines to structs, with the garbage collector off.
Medians of the rounds; replay in seconds of processor time, saving in seconds of the clock.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import msgspec
import psutil

from litreview.anchors import Anchor
from litreview.ledger import Judgment, LedgerFollower, append, make_judgment, uuid7
from litreview.ledger.bodies import Coding
from litreview.ledger.lines import encode_line

WRITERS = (1, 10, 100)
PEOPLE_AT_ONCE = 20
SECONDS = 2.0
LIMIT = "msgspec to structs"
QUOTE = "Perubahan yang paling sering disebut informan adalah kebiasaan mencatat belanja setiap minggu. "
ANCHOR = Anchor(
    "0" * 64, 8024, 8024 + len(QUOTE), QUOTE, "dengan makan ubi rebus bersama. ", "Penjual rempeyek menunjukkan bu",
    "corpus/articles/an article of 2019.pdf", 3, ((3, 95.0, 342.02, 524.28, 356.43), (3, 71.0, 355.42, 179.87, 369.83)),
)  # fmt: skip
BODY = {"report": "r-684fc16efcb6", "anchor": msgspec.to_builtins(ANCHOR), "code": "capacity-to-grow",
        "stance": "supports", "voice": "author", "origin": "unaided"}  # fmt: skip


def save_at_once(folder: Path, writers: int, person_each: bool) -> tuple[float, list[float]]:
    """Judgments a second, and how long each saving took in seconds, of threads that save for a while."""
    waits: list[list[float]] = [[] for _ in range(writers)]
    begun = time.perf_counter()

    def write(number: int) -> None:
        person = f"p{number}" if person_each else "p"
        while time.perf_counter() < begun + SECONDS:
            judgment = make_judgment(person, "device", "coding", BODY)
            asked = time.perf_counter()
            append(folder, [judgment])
            waits[number].append(time.perf_counter() - asked)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    every = [wait for one in waits for wait in one]
    return len(every) / (time.perf_counter() - begun), every


def sync_in_a_loop(folder: Path) -> float:
    """Lines a second that a plain loop writes and syncs, one by one, to one file."""
    line = encode_line(make_judgment("p", "device", "coding", BODY))
    count, begun = 0, time.perf_counter()
    with (folder / "plain").open("ab", buffering=0) as file:
        while time.perf_counter() < begun + SECONDS:
            file.write(line)
            os.fsync(file.fileno())
            count += 1
    return count / (time.perf_counter() - begun)


def write_ledger(folder: Path, count: int) -> None:
    """Five people's files with `count` codings in all, every twentieth in the place of the one before it."""
    for person in range(5):
        (folder / f"p{person}").mkdir(parents=True)
        with (folder / f"p{person}" / "device.jsonl").open("wb") as file:
            file.writelines(_lines(f"p{person}", count // 5))


def _lines(person: str, count: int) -> Iterator[bytes]:
    earlier = ""
    for number in range(count):
        replaces = earlier if number % 20 == 19 else ""
        judgment = Judgment(uuid7(), "2024-03-04T08:15:00.000+00:00", person, "device", "coding", BODY, replaces)
        earlier = judgment.id
        yield encode_line(judgment)


class _Typed(msgspec.Struct, frozen=True):
    id: str
    at: str
    person: str
    device: str
    kind: str
    body: Coding
    replaces: str = ""
    format: int = 1


def decode_with(kind: Any, folder: Path) -> int:
    """Decode every line with msgspec alone; how many there are."""
    decode = msgspec.json.Decoder(kind).decode
    found = []
    for path in sorted(folder.rglob("*.jsonl")):
        with path.open("rb") as file:
            found += [decode(line) for line in file]
    return len(found)


def timed(act: Callable[[], object]) -> float:
    """Seconds of this process."""
    gc.collect()
    begun = time.process_time()
    act()
    return time.process_time() - begun


def tell_writing(folder: Path, rounds: int) -> None:
    """Judgments a second beside the plain loop, and the waiting of twenty people."""
    rates: dict[tuple[int, bool], list[float]] = {}
    plain: list[float] = []
    waits: dict[bool, list[float]] = {False: [], True: []}
    for number in range(rounds):
        plain.append(sync_in_a_loop(folder))
        for writers in (*WRITERS, PEOPLE_AT_ONCE):
            for person_each in (False, True):
                rate, every = save_at_once(folder / f"{number}-{writers}-{person_each}", writers, person_each)
                rates.setdefault((writers, person_each), []).append(rate / plain[-1])
                if writers == PEOPLE_AT_ONCE:
                    waits[person_each] += every
    print(f"plain loop of write and sync: {median(plain):.0f} lines a second = 1")
    for (writers, person_each), ratios in rates.items():
        where = "a file each" if person_each else "one file"
        print(f"{writers:4} writers, {where:11}: {median(ratios):.2f}")
    for person_each, every in waits.items():
        half, most = (quantiles(every, n=100)[at] * 1000 for at in (49, 98))
        where = "a file each" if person_each else "one file"
        print(f"{PEOPLE_AT_ONCE} writers, {where}: half under {half:.2f} ms, 99 % under {most:.2f} ms")


def tell_replay(folder: Path, count: int, rounds: int) -> None:
    """A ledger read and replayed beside plain decoding; following one more line; memory."""
    write_ledger(folder, count)
    size = sum(path.stat().st_size for path in folder.rglob("*.jsonl"))
    seconds: dict[str, list[float]] = {}
    for _ in range(rounds):
        gc.disable()
        seconds.setdefault(LIMIT, []).append(timed(lambda: decode_with(_Typed, folder)))
        seconds.setdefault("msgspec to dictionaries", []).append(timed(lambda: decode_with(dict[str, Any], folder)))
        gc.enable()
        seconds.setdefault("read and replayed", []).append(timed(lambda: LedgerFollower(folder).refresh()))
    limit = median(seconds[LIMIT])
    print(f"{count} judgments, {size / 1e6:.0f} MB")
    for name, found in seconds.items():
        print(f"{name}: {median(found):.2f} s = {median(found) / limit:.2f}")
    subprocess.run([sys.executable, "-m", "benchmarks.ledger", "--follow", str(folder)], check=True)


def tell_following(folder: Path) -> None:
    """Memory, and the following of one more line, in a process of its own."""
    process = psutil.Process()
    gc.collect()
    before = process.memory_info().rss
    follower = LedgerFollower(folder)
    follower.refresh()
    print(f"memory held by the follower: {(process.memory_info().rss - before) / 1e6:.0f} MB")
    print(f"nothing new: {timed(follower.refresh) * 1000:.2f} ms")
    append(folder, [make_judgment("p0", "device", "coding", BODY)])
    print(f"one line more: {timed(follower.refresh) * 1000:.0f} ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--judgments", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="On which disk to write; default: that of temporary files.")
    parser.add_argument("--follow", type=Path, help="Only follow the ledger in this folder.")
    options = parser.parse_args()
    if options.follow:
        tell_following(options.follow)
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        tell_writing(Path(folder), options.rounds)
        tell_replay(Path(folder) / "replay", options.judgments, options.rounds)


if __name__ == "__main__":
    main()
