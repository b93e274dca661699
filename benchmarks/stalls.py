"""Watches an event loop for stretches in which it did nothing else, and what ran in them."""

from __future__ import annotations

import asyncio
import sys
import threading
import traceback
from collections import Counter
from time import perf_counter, sleep

TICK = 0.002  # seconds between two looks
NOTED = 0.03  # a stretch from which the stacks are written down


class StallWatch:
    """`run` ticks on the loop; a thread beside it notes what every thread did while a tick was late."""

    def __init__(self) -> None:
        self.stalls: list[float] = []  # seconds beyond the tick
        self.seen: Counter[str] = Counter()
        self._ticked = perf_counter()
        self._ended = threading.Event()

    async def run(self) -> None:
        """Tick until cancelled."""
        looker = threading.Thread(target=self._look, name="stall-watch", args=(threading.get_ident(),), daemon=True)
        looker.start()
        try:
            while True:
                before = perf_counter()
                await asyncio.sleep(TICK)
                self._ticked = perf_counter()
                self.stalls.append(self._ticked - before - TICK)
        finally:
            self._ended.set()
            looker.join()

    def _look(self, loop: int) -> None:
        noted = 0.0
        while not self._ended.is_set():
            sleep(TICK)
            ticked = self._ticked
            if perf_counter() - ticked > NOTED and ticked != noted:
                noted = ticked
                for thread, frame in sys._current_frames().items():
                    if thread == threading.get_ident():
                        continue
                    calls = traceback.extract_stack(frame)[-6:]
                    if any(word in calls[-1].name for word in ("wait", "get", "select", "_worker")) and thread != loop:
                        continue
                    where = " < ".join(
                        f"{call.filename.rpartition('/')[2]}:{call.lineno} {call.name}" for call in reversed(calls)
                    )
                    self.seen[("loop: " if thread == loop else "beside: ") + where] += 1
