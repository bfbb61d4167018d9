"""Ids of judgments: UUIDs of version 7, made where the person acts, so that sending twice counts once."""

from __future__ import annotations

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def uuid7() -> str:
    """A UUID of version 7 that is greater than the last one made in this process (RFC 9562, 6.2, method 2): it grows by
    a drawn step, so that processes which begin from one and the same last one part."""
    global _last
    with _lock:
        fresh = (time.time_ns() // 1_000_000 << 74) | (int.from_bytes(os.urandom(10), "big") >> 6)
        _last = max(fresh, _last + 1 + (fresh & 0xFFFF_FFFF))
        value = _last
    high, middle, low = value >> 74, value >> 62 & 0xFFF, value & ((1 << 62) - 1)  # version and variant come between
    return str(uuid.UUID(int=high << 80 | 0x7 << 76 | middle << 64 | 0x2 << 62 | low))
