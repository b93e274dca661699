"""Titles and libraries in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from adapters.storage.facts import clean, display_ref
from adapters.storage.repositories.title_upsert import group, settled, united
from bot.errors import InvalidInput
from bot.model.feedback import Feedback, Verdict
from bot.model.members import Library
from bot.model.titles import Title, TitleFacts, TitleRef
from tests.fakes.storage.state import Session, State
from tests.fakes.storage.told import merge_told


class FakeTitles:
    """Titles and their references."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def upsert(self, facts: Sequence[TitleFacts]) -> Sequence[int]:
        if any(not fact.refs for fact in facts):
            raise InvalidInput("A title has no reference to know it by.")
        state = await self._session.write()
        cleaned = [clean(fact) for fact in facts]
        known = await self.by_refs({ref for fact in cleaned for ref in fact.refs})
        ids = [0] * len(facts)
        changed = False
        for indices, stored in group(cleaned, known):
            said = [cleaned[index] for index in indices]
            if stored:
                title_id, *others = sorted(stored)
                before, after = state.titles[title_id], settled([state.titles[one] for one in sorted(stored)], said)
                for other in others:
                    merge(state, other, title_id)
                state.titles[title_id] = after
                changed |= state.titles[title_id] != before or bool(others)
            else:
                state.counters["title_id"] += 1
                title_id = state.counters["title_id"]
                state.titles[title_id] = united(said[0], said)
                changed = True
            for index in indices:
                ids[index] = title_id
        state.counters["catalogue"] += changed
        return ids

    async def get(self, title_ids: Sequence[int]) -> Sequence[Title]:
        return [self._title(title_id) for title_id in title_ids if title_id in self._session.state.titles]

    async def by_refs(self, refs: Collection[TitleRef]) -> Mapping[TitleRef, int]:
        wanted = set(refs)
        return {
            ref: title_id
            for title_id, facts in self._session.state.titles.items()
            for ref in facts.refs
            if ref in wanted
        }

    async def count(self) -> int:
        return len(self._session.state.titles)

    async def version(self) -> int:
        return self._session.state.counters["catalogue"]

    async def stream(self, batch: int = 1000, *, after: int = 0) -> AsyncIterator[Sequence[Title]]:
        while ids := sorted(title_id for title_id in self._session.state.titles if title_id > after)[:batch]:
            yield [self._title(title_id) for title_id in ids]
            after = ids[-1]

    async def added(self) -> Mapping[int, datetime]:
        earliest: dict[int, datetime] = {}
        for (_library, title_id), added_at in self._session.state.places.items():
            if added_at is not None:
                earliest[title_id] = min(added_at, earliest.get(title_id, added_at))
        return earliest

    def _title(self, title_id: int) -> Title:
        state = self._session.state
        facts = state.titles[title_id]
        places = frozenset(library for library, placed in state.places if placed == title_id)
        return Title(title_id, display_ref(facts.refs), facts, places)


class FakeLibraries:
    """Libraries and what lies in them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def ensure(self, source: str, key: str, name: str, *, public: bool = False) -> Library:
        state = await self._session.write()
        known = next((each for each in state.libraries.values() if (each.source, each.key) == (source, key)), None)
        if known is None:
            state.counters["library_id"] += 1
        library = Library(known.id if known else state.counters["library_id"], source, key, name, public)
        if library != known:
            state.libraries[library.id] = library
            state.counters["catalogue"] += 1
        return library

    async def all(self) -> Sequence[Library]:
        return sorted(self._session.state.libraries.values(), key=lambda library: library.id)

    async def put(self, library_id: int, title_ids: Collection[int], *, added_at: datetime | None = None) -> None:
        await self.place(library_id, dict.fromkeys(title_ids, added_at))

    async def place(self, library_id: int, dates: Mapping[int, datetime | None]) -> None:
        state = await self._session.write()
        changed = False
        for title_id, added_at in dates.items():
            state.require(title=title_id, library=library_id)
            place = (library_id, title_id)
            if place not in state.places or (state.places[place] is None and added_at is not None):
                state.places[place] = added_at
                changed = True
        state.counters["catalogue"] += changed

    async def remove(self, library_id: int, title_ids: Collection[int]) -> None:
        state = await self._session.write()
        places = [(library_id, title_id) for title_id in title_ids if (library_id, title_id) in state.places]
        for place in places:
            del state.places[place]
        state.counters["catalogue"] += bool(places)


def merge(state: State, loser: int, winner: int) -> None:
    """Move everything of one title to another."""
    for member_id in set(_concerned(state, (loser, winner))):
        state.versions[member_id] += 1
    state.events = {
        key: replace(event, title_id=winner) if event.title_id == loser else event
        for key, event in state.events.items()
    }
    state.exposures = [replace(e, title_id=winner) if e.title_id == loser else e for e in state.exposures]
    state.log = [replace(e, title_id=winner) if e.title_id == loser else e for e in state.log]
    for rating in [each for each in state.ratings.values() if each.title_id == loser]:
        del state.ratings[rating.member_id, loser, rating.source]
        rival = state.ratings.get((rating.member_id, winner, rating.source))
        if rival is None or rival.rated_at < rating.rated_at:
            state.ratings[rating.member_id, winner, rating.source] = replace(rating, title_id=winner)
    _merge_feedback(state, loser, winner)
    for hide in [each for each in state.hides.values() if each.title_id == loser]:
        del state.hides[hide.member_id, loser]
        longer = state.hides.get((hide.member_id, winner))
        if longer is None or longer.expires_at < hide.expires_at:
            state.hides[hide.member_id, winner] = replace(hide, title_id=winner)
    for member_id, title_id in [pick for pick in state.quiz_picks if pick[1] == loser]:
        picked = state.quiz_picks.pop((member_id, title_id))
        state.quiz_picks[member_id, winner] = min(picked, state.quiz_picks.get((member_id, winner), picked))
    for list_id, title_id in [each for each in state.listed if each[1] == loser]:
        at = state.listed.pop((list_id, title_id))
        state.listed[list_id, winner] = min(at, state.listed.get((list_id, winner), at))
    for library_id, title_id in [place for place in state.places if place[1] == loser]:
        dates = [state.places.pop((library_id, title_id)), state.places.get((library_id, winner))]
        state.places[library_id, winner] = min((date for date in dates if date is not None), default=None)
    for override in [each for each in state.overrides.values() if (each.subject, each.value) == ("title", str(loser))]:
        del state.overrides[override.member_id, "title", str(loser)]
        state.overrides.setdefault((override.member_id, "title", str(winner)), replace(override, value=str(winner)))
    merge_told(state, loser, winner)
    del state.titles[loser]


def _merge_feedback(state: State, loser: int, winner: int) -> None:
    ours = [each for each in state.feedback.values() if each.title_id in (loser, winner)]
    for member_id in {each.member_id for each in ours}:
        newest: dict[str, Feedback] = {}
        for given in (each for each in ours if each.member_id == member_id):
            # A like and a dislike exclude each other; at the same moment the dislike stays.
            stand = "seen" if given.verdict is Verdict.SEEN else "opinion"
            rank = (given.given_at, given.verdict is Verdict.DISLIKE)
            rival = newest.get(stand)
            if rival is None or (rival.given_at, rival.verdict is Verdict.DISLIKE) < rank:
                newest[stand] = given
            del state.feedback[member_id, given.title_id, given.verdict]
        for given in newest.values():
            state.feedback[member_id, winner, given.verdict] = replace(given, title_id=winner)


def _concerned(state: State, ids: tuple[int, int]) -> Iterator[int]:
    for rows in (state.events, state.ratings, state.feedback, state.hides):
        yield from (row.member_id for row in rows.values() if row.title_id in ids)
    yield from (member_id for member_id, title_id in state.quiz_picks if title_id in ids)
    about = {str(title_id) for title_id in ids}
    yield from (each.member_id for each in state.overrides.values() if each.subject == "title" and each.value in about)
