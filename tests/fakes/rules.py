"""Business rules in memory."""

from __future__ import annotations

from bot.errors import InvalidFile


class FakeRules:
    """A `RulesSource` whose text a test sets; None: there is none. `fails`: reading it does not work."""

    def __init__(self, text: str | None = None) -> None:
        self._text = text
        self._version = 0
        self.fails: str | None = None
        self.reads = 0

    def write(self, text: str | None) -> None:
        self._text = text
        self._version += 1

    async def version(self) -> str | None:
        return None if self._text is None else str(self._version)

    async def read(self) -> str:
        self.reads += 1
        if self.fails is not None or self._text is None:
            raise InvalidFile(self.fails or "There are no rules.")
        return self._text
