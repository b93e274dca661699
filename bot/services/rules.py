"""The owner's business rules: read when they change, kept when the new ones are broken.

Whoever asks gets the rules as they are written now. Titles are named by their references (`movie:603`), which are
looked up again when the catalogue changes.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import structlog

from bot.errors import InvalidFile, InvalidInput
from bot.model.titles import TitleRef
from bot.ports.rules import RulesSource
from bot.ports.storage import UnitOfWorkFactory
from engine.rules import BusinessRules, InvalidRules, parse_rules

_NOBODY = 0  # the id of no title: a rule about a title that is not here matches nothing

log = structlog.get_logger(__name__)


class RulesService:
    """Keeps the last good rules. Without any there are none, whatever was there before."""

    def __init__(self, uow: UnitOfWorkFactory, source: RulesSource) -> None:
        self._uow = uow
        self._source = source
        self._rules = BusinessRules()
        self._state: tuple[str | None, int] = (None, -1)  # versions of the source and of the catalogue
        self._reading = asyncio.Lock()

    async def current(self, catalogue: int) -> BusinessRules:
        """The rules for the catalogue of this version. Never raises for rules that are broken; the log says so once."""
        version = await self._source.version()
        if version is None:
            if self._state[0] is not None:
                log.info("business rules removed")
            self._rules, self._state = BusinessRules(), (None, catalogue)
            return self._rules
        if self._state != (version, catalogue):
            async with self._reading:
                if self._state != (version, catalogue):
                    await self._read(version, catalogue)
        return self._rules

    async def _read(self, version: str, catalogue: int) -> None:
        is_new = self._state[0] != version
        try:
            self._rules = await self._parsed(await self._source.read())
        except (InvalidFile, InvalidRules) as error:
            if is_new:
                log.warning("business rules not changed", reason=str(error))
        else:
            if is_new:
                log.info("business rules read", exclude=len(self._rules.exclude), boosts=len(self._rules.boosts))
        self._state = (version, catalogue)

    async def _parsed(self, text: str) -> BusinessRules:
        """Raises: InvalidRules."""
        try:
            data = await asyncio.to_thread(json.loads, text)
        except (ValueError, RecursionError) as error:
            place = f" (line {error.lineno}: {error.msg})" if isinstance(error, json.JSONDecodeError) else ""
            raise InvalidRules(f"The rules are not JSON{place}.") from None
        return await asyncio.to_thread(parse_rules, await self._with_ids(data))

    async def _with_ids(self, data: Any) -> Any:
        """The data with ids in the place of references; whatever has another form is left to `parse_rules`.

        Raises: InvalidRules, for a word that is no reference.
        """
        if not isinstance(data, Mapping):
            return data
        refs = {ref for part in data.values() for rule in _rules(part) for ref in _refs(rule)}
        if not refs:
            return data
        async with self._uow() as uow:
            ids = await uow.titles.by_refs(refs)
        return {name: _resolved(part, ids) for name, part in data.items()}


def _rules(part: Any) -> list[Mapping[str, Any]]:
    """The rules about titles in one part of the file."""
    entries = part if isinstance(part, list) else []
    return [rule for rule in entries if isinstance(rule, Mapping) and isinstance(rule.get("titles"), list)]


def _refs(rule: Mapping[str, Any]) -> list[TitleRef]:
    return [_ref(word) for word in rule["titles"] if isinstance(word, str)]


def _ref(word: str) -> TitleRef:
    try:
        return TitleRef.parse(word)
    except InvalidInput:
        raise InvalidRules(f"A rule names the title “{word[:60]}”, which is no reference such as movie:603.") from None


def _resolved(part: Any, ids: Mapping[TitleRef, int]) -> Any:
    about_titles = [id(rule) for rule in _rules(part)]
    if not about_titles:
        return part
    return [
        {**rule, "titles": [ids.get(_ref(t), _NOBODY) if isinstance(t, str) else t for t in rule["titles"]]}
        if id(rule) in about_titles
        else rule
        for rule in part
    ]
