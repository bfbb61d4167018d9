"""One run at a time in a review: a lock of the operating system, which goes with the process that holds it."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from litreview.errors import LitreviewError, message

_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextmanager
def only_run(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, whose time tells since when. What a stopped process leaves behind locks nothing.

    Raises `LitreviewError` when another process holds it. Drives that know no locks, and folders that cannot be written
    (of which others tell more), go without.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError:
        yield
        return
    with file:
        try:
            _lock(file)
        except OSError as error:
            if error.errno in _TAKEN:
                raise _at_work(path) from None
        else:
            os.utime(path)
        yield


def _at_work(path: Path) -> LitreviewError:
    since = time.strftime("%Y-%m-%d %H:%M", time.localtime(path.stat().st_mtime))
    what = message(
        "Another run is at work in this review, since {since}. Wait until it has ended, or stop it, then run again.",
        since=since,
    )
    return LitreviewError(what, path.parent.parent)


def _lock(file: BinaryIO) -> None:
    """Lock an open file until it is closed. Raises `OSError`, with an errno of `_TAKEN` when another holds it."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
