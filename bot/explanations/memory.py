"""Sentences that a model has written already, so that the same reasons cost one call.

A key is a digest of the facts, the model, the language and the prompt; nothing in it can be read back. Bounded: what
was not used for longest goes first.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import OrderedDict
from dataclasses import asdict

from bot.explanations.facts import CardFacts
from bot.ports.shelf import Shelf

REFUSED = ""  # stands for a sentence that did not pass: asking again would bring the like
_NAME = "explanations"
_KEY = "1"  # of the form in which they are kept


class SentenceMemory:
    """The latest sentences, kept over restarts where there is a shelf."""

    def __init__(self, shelf: Shelf | None = None, *, size: int = 2000) -> None:
        self._shelf = shelf
        self._size = size
        self._held: OrderedDict[str, str] = OrderedDict()
        self._loaded = shelf is None
        self._loading = asyncio.Lock()

    async def get(self, key: str) -> str | None:
        """The sentence, `REFUSED`, or None when this was never asked."""
        await self._load()
        if key in self._held:
            self._held.move_to_end(key)
        return self._held.get(key)

    async def put(self, sentences: dict[str, str]) -> None:
        """Keep sentences by their keys."""
        await self._load()
        self._held.update(sentences)
        for key in sentences:
            self._held.move_to_end(key)
        while len(self._held) > self._size:
            self._held.popitem(last=False)
        if self._shelf is not None:
            await asyncio.to_thread(self._shelf.save, _NAME, _KEY, dict(self._held))

    async def _load(self) -> None:
        if self._loaded or self._shelf is None:
            return
        async with self._loading:
            if self._loaded:
                return
            kept = await asyncio.to_thread(self._shelf.load, _NAME, _KEY)
            if isinstance(kept, dict):
                self._held.update((str(key), str(text)) for key, text in list(kept.items())[-self._size :])
            self._loaded = True


def key_of(card: CardFacts, *, model: str, language: str, version: str) -> str:
    """What tells one question from another."""
    facts = {**asdict(card), "types": sorted(card.types)}
    asked = json.dumps([version, model, language, facts], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()[:40]
