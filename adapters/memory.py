"""Gives memory that Python has freed back to the operating system, where the C library keeps it."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from functools import cache


@cache
def _trim() -> Callable[[int], int] | None:
    """glibc's `malloc_trim`; None on systems whose C library has no such function."""
    try:
        function = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):
        return None
    function.argtypes, function.restype = [ctypes.c_size_t], ctypes.c_int
    return function


def give_back_memory() -> None:
    """Collect garbage and trim the heap: building the catalogue leaves a heap twice as large as what it keeps.

    A program that keeps what stays out of collections, so that none of them stops it for long, has what is new kept
    out too.
    """
    gc.collect()
    if gc.get_freeze_count():
        gc.freeze()
    trim = _trim()
    if trim is not None:
        trim(0)
