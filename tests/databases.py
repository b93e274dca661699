"""Whole databases, to be compared: everything that a sync leaves behind, named by what it is outside of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.model.titles import Title
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.ports.storage_sync import Relation


async def dump(storage: UnitOfWorkFactory) -> dict[str, Any]:
    """The content of a database. Ids, versions and the moments of syncs are left out: they tell of the way there."""
    async with storage() as uow:
        titles = [title async for batch in uow.titles.stream() for title in batch]
        names = {title.id: min(map(str, title.facts.refs)) for title in titles}
        libraries = {library.id: (library.source, library.key, library.name) for library in await uow.libraries.all()}
        accounts = [a for source in await _sources(uow) for a in await uow.server_accounts.of_source(source)]
        people = {member.id: member.name for member in await uow.members.all()}
        return {
            "libraries": sorted(libraries.values()),
            "titles": {names[title.id]: _facts(title, libraries) for title in titles},
            "added": {names[title_id]: moment for title_id, moment in (await uow.titles.added()).items()},
            "people": {name: await _person(uow, member_id, names, libraries) for member_id, name in people.items()},
            "accounts": [replace(a, member_id=0) for a in accounts],
            "items": await _items(uow, names, libraries),
            "metadata": {
                names[one]: replace(told, title_id=0) for one, told in (await uow.metadata.of(list(names))).items()
            },
            "links": {
                (names[one], relation.value): [names[other] for other in others]
                for relation in Relation
                for one, others in (await uow.metadata.linked(list(names), relation)).items()
            },
            "requests": {
                names[one]: replace(told, title_id=0)
                for one, told in (await uow.request_states.of(list(names))).items()
            },
            "waiting": {
                (source, play.watch.key): play
                for source in await _sources(uow)
                for play in await uow.pending_plays.after(source, limit=100_000)
            },
        }


async def versions(storage: UnitOfWorkFactory) -> tuple[int, int]:
    """What advances when anything about the catalogue, or about anybody's history, changes."""
    async with storage() as uow:
        return await uow.titles.version(), await uow.histories.change_count()


async def _sources(uow: UnitOfWork) -> list[str]:
    return sorted({state.source for state in await uow.sync_states.all()})


def _facts(title: Title, libraries: dict[int, tuple[str, str, str]]) -> Any:
    # An alias that repeats the title says nothing.
    aliases = {alias for alias in title.facts.aliases if alias.name != title.facts.title}
    facts = replace(
        title.facts,
        refs=tuple(sorted(title.facts.refs)),
        aliases=tuple(sorted(aliases, key=lambda alias: (alias.name, alias.locale))),
    )
    return facts, sorted(libraries[one] for one in title.libraries)


async def _person(
    uow: UnitOfWork, member_id: int, names: dict[int, str], libraries: dict[int, tuple[str, str, str]]
) -> Any:
    member = await uow.members.get(member_id)
    assert member is not None
    history = await uow.histories.of(member_id)
    return {
        "member": replace(member, id=0, created_at=None),
        "accounts": [(account.platform, account.account) for account in await uow.members.accounts(member_id)],
        "access": sorted(libraries[one] for one in await uow.members.access(member_id)),
        "events": {
            (event.source, event.key): (names[event.title_id], replace(event, member_id=0, title_id=0))
            for event in history.events
        },
        "ratings": {
            (rating.source, names[rating.title_id]): (rating.value, rating.rated_at) for rating in history.ratings
        },
    }


async def _items(uow: UnitOfWork, names: dict[int, str], libraries: dict[int, tuple[str, str, str]]) -> Any:
    found = await uow.server_items.of_titles(list(names))
    return {
        (item.source, item.key): (
            names[title_id],
            libraries[item.library_id] if item.library_id else None,
            replace(item, title_id=0, library_id=0),
        )
        for title_id, items in found.items()
        for item in items
    }
