"""Whatever is stored in whatever order: the database and the fake agree, and nothing known is lost."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.storage import open_storage
from bot.model.feedback import Feedback, Verdict
from bot.model.history import Rating, WatchEvent
from bot.model.titles import Alias, Kind, Title, TitleFacts
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from tests.fakes.clock import NOON
from tests.fakes.storage import FakeStorage
from tests.samples import ref

REFS = st.sampled_from([*(ref(n) for n in range(4)), *(ref(f"tt{n}", "imdb") for n in range(4)), ref("a", "local")])
FACTS = st.builds(
    TitleFacts,
    refs=st.lists(REFS, min_size=1, max_size=2, unique=True).map(tuple),
    kind=st.just(Kind.MOVIE),
    title=st.sampled_from(["", "A", "a", "B", "Ü\0"]),
    year=st.none() | st.integers(1900, 1903),
    genres=st.sampled_from([(), ("Drama",), ("Drama", "War")]),
    aliases=st.lists(st.builds(Alias, st.sampled_from(["A", "C"]), st.sampled_from(["", "de"])), max_size=2).map(tuple),
    anime=st.booleans(),
)
BATCHES = st.lists(st.lists(FACTS, max_size=4), min_size=1, max_size=4)


async def replay(storage: UnitOfWorkFactory, batches: Sequence[Sequence[TitleFacts]]) -> list[object]:
    """Everything that can be seen after each batch; every title gets a history of its own before the next."""
    seen: list[object] = []
    async with storage() as uow:
        member = (await uow.members.add("Anna")).id
        for number, batch in enumerate(batches):
            seen.append(await uow.titles.upsert(batch) if batch else [])
            titles = await stored(uow)
            await check(uow, batch, titles)
            for title in titles:
                moment = NOON.replace(minute=(title.id * 7 + number) % 60)
                verdict = Verdict.LIKE if (title.id + number) % 2 else Verdict.DISLIKE
                await uow.histories.add_events([WatchEvent(member, title.id, "s", f"{title.id}-{number}", moment)])
                await uow.histories.add_ratings([Rating(member, title.id, "s", number + 1, moment)])
                await uow.feedbacks.add(Feedback(member, title.id, verdict, moment))
            await uow.commit()
            seen += [titles, await uow.histories.of(member), await uow.feedbacks.of(member)]
            seen += [await uow.histories.known(), await uow.titles.version()]
    return seen


async def stored(uow: UnitOfWork) -> list[Title]:
    return [title async for page in uow.titles.stream(2) for title in page]


async def check(uow: UnitOfWork, batch: Sequence[TitleFacts], titles: Sequence[Title]) -> None:
    """Each reference belongs to one title, whatever was said is known, and saying it again changes no reference."""
    refs = [each for title in titles for each in title.facts.refs]
    assert len(refs) == len(set(refs))
    owner = {each: title for title in titles for each in title.facts.refs}
    for said in batch:
        title = owner[said.refs[0]]
        assert {owner[each].id for each in said.refs} == {title.id}
        assert set(said.aliases) <= set(title.facts.aliases)
        assert title.facts.year is not None or said.year is None
        assert title.facts.anime or not said.anime
    version = await uow.titles.version()
    if batch:
        await uow.titles.upsert(batch)
    assert await uow.titles.version() == version


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(batches=BATCHES)
def test_the_database_and_the_fake_agree(sqlite_template: Path, batches: list[list[TitleFacts]]) -> None:
    async def run() -> tuple[list[object], list[object]]:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(sqlite_template, folder)
            async with open_storage(Path(folder)) as storage:
                return await replay(storage, batches), await replay(FakeStorage(), batches)

    real, fake = asyncio.run(run())
    assert real == fake
