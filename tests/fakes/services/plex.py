"""A Plex media server over a `World`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.model.titles import Kind, Role
from tests.contracts.kit import Answer, Call, DescribedServer, load
from tests.fakes.services.plex_world import MACHINE, TOKEN, Play, Stored, World, overlaid

_PROSE = "the media query language of the description's prose"
_ALL, _HISTORY = "/library/sections/{sectionId}/all", "/status/sessions/history/all"
_COUNTRIES = {"US": "United States of America", "FR": "France", "DE": "Germany", "JP": "Japan"}


class FakePlex:
    """`server` is to be entered. `before_list` is called with the number of lists asked for so far, from 1."""

    def __init__(self, world: World, *, check_answers: int = 1) -> None:
        self.world = world
        self.before_list: Callable[[int], None] = lambda _number: None
        self.page_limit: int | None = None  # a server that gives fewer rows than asked for
        self.token = TOKEN
        self.filters = True  # whether it knows the operators of its query language
        self.strays = False  # whether it may answer what the description rules out, as servers do now and then
        self.accounts: list[tuple[int, str]] = []  # other than those of the world
        self._lists = 0
        self.server = DescribedServer(
            load("plex"),
            required_headers={"X-Plex-Client-Identifier": ".+", "X-Plex-Token": ".+"},
            check_answers=check_answers,
        )
        server = self.server
        server.route("GET", "/identity")(self._identity)
        server.route("GET", "/library/sections/all")(self._guarded(self._sections))
        server.route("GET", _ALL)(self._guarded(self._all))
        server.route("GET", "/library/metadata/{ids}")(self._guarded(self._metadata))
        server.route("GET", _HISTORY)(self._guarded(self._history))
        server.extra("GET", "/accounts", self._guarded(self._accounts), reason="the only way to name an accountID")
        server.allow_query("GET", _ALL, ("push", "or", "pop", "addedAt>", "updatedAt>"), reason=_PROSE)
        server.allow_query("GET", _ALL, ("excludeElements", "excludeFields"), reason="lists take them as histories do")
        server.allow_query("GET", _HISTORY, ("viewedAt>",), reason=_PROSE)
        server.allow_status("*", "*", 401, reason="a wrong token, on every route")
        server.allow_status("*", "*", 404, reason="what is not there, on every route")

    def _guarded(self, handler: Callable[[Call], Any]) -> Callable[[Call], Any]:
        def guarded(call: Call) -> Any:
            if call.headers.get("X-Plex-Token") != self.token:
                return Answer(b"<html><head><title>Unauthorized</title></head></html>", status=401)
            told = handler(call)
            return Answer(json.dumps(told).encode()) if self.strays and isinstance(told, dict) else told

        return guarded

    def _identity(self, _call: Call) -> Any:
        version = self.world.version
        return _container(0, claimed=True, machineIdentifier=MACHINE, version=version)

    def _sections(self, _call: Call) -> Any:
        found = [
            {
                "key": s.key,
                "title": s.title,
                "type": s.type,
                "agent": s.agent,
                "uuid": f"uuid-{s.key}",
                "language": "en",
            }
            for s in self.world.sections
        ]
        return _container(len(found), Directory=found)

    def _all(self, call: Call) -> Any:
        section = next((s for s in self.world.sections if s.key == call.params["sectionId"]), None)
        if section is None:
            return Answer({"errors": []}, status=404)
        self._lists += 1
        self.before_list(self._lists)
        titles = self.world.listed(section.key)
        if "push" in call.query and self.filters:
            after = {name: int(call.query[f"{name}>"]) for name in ("addedAt", "updatedAt")}
            titles = [
                t
                for t in titles
                if _seconds(t.added_at) >= after["addedAt"] or _seconds(t.updated_at) >= after["updatedAt"]
            ]
        if call.query.get("sort") == "userRating:desc":
            titles.sort(key=lambda t: -(t.user_rating or 0))
        start, size = int(call.query["X-Plex-Container-Start"]), int(call.query["X-Plex-Container-Size"])
        page = titles[start : start + min(size, self.page_limit or size)]
        rows = [_brief(title, call.query.get("excludeElements", "")) for title in page]
        return _container(len(rows), totalSize=len(titles), offset=start, Metadata=rows)

    def _metadata(self, call: Call) -> Any:
        titles = [self.world.titles.get(int(key)) for key in call.params["ids"].split(",")]
        rows = [_whole(title) for title in titles if title]
        return _container(len(rows), Metadata=rows) if rows else Answer({"errors": []}, status=404)

    def _history(self, call: Call) -> Any:
        plays = sorted(self.world.plays, key=lambda play: (play.at, play.number))
        if "viewedAt>" in call.query and self.filters:
            plays = [play for play in plays if _seconds(play.at) >= int(call.query["viewedAt>"])]
        start, size = (int(call.headers[f"X-Plex-Container-{name}"]) for name in ("Start", "Size"))
        page = plays[start : start + size]
        rows = [self._play(play) for play in page]
        return _container(len(rows), totalSize=len(plays), offset=start, Metadata=rows)

    def _play(self, play: Play) -> dict[str, Any]:
        title = self.world.stored(play.title)
        assert title is not None
        is_there = play.title in self.world.titles
        account = 1 if play.person == self.world.owner.id else play.person
        told: dict[str, Any] = {
            "historyKey": f"/status/sessions/history/{play.number}",
            "librarySectionID": title.section,
            "title": title.facts.title,
            "type": "movie",
            "viewedAt": _seconds(play.at),
            "accountID": account,
            "deviceID": 7,
        }
        key = play.title
        if title.facts.kind is Kind.SERIES:
            key = 1_000_000 + play.number
            told |= {"type": "episode", "title": "An episode", "grandparentTitle": title.facts.title}
            told |= {"parentIndex": play.season, "index": play.episode}
            if is_there:
                told["grandparentKey"] = f"/library/metadata/{play.title}"
        if is_there:
            told |= {"key": f"/library/metadata/{key}", "ratingKey": str(key)}
        return overlaid(told, play.raw)

    def _accounts(self, _call: Call) -> Any:
        guests = [(person.id, person.name) for person in self.world.people.values()]
        people = self.accounts or [(0, ""), (1, self.world.owner.name), *guests]
        return _container(len(people), Account=[{"id": number, "name": name} for number, name in people])


def _container(size: int, **fields: Any) -> dict[str, Any]:
    return {"MediaContainer": {"size": size, **fields}}


def _seconds(at: Any) -> int:
    return int(at.timestamp())


def _tags(names: Any) -> list[dict[str, str]]:
    return [{"tag": name} for name in names]


def _whole(title: Stored) -> dict[str, Any]:
    facts = title.facts
    own = [ref for ref in facts.refs if ref.source == "plex"]
    word = "movie" if facts.kind is Kind.MOVIE else "show"
    told: dict[str, Any] = {
        "ratingKey": str(title.key),
        "key": f"/library/metadata/{title.key}",
        "guid": f"plex://{word}/{own[0].value}" if own else f"local://{title.key}",
        "type": word,
        "title": facts.title,
        "summary": facts.overview,
        "tagline": facts.tagline,
        "addedAt": _seconds(title.added_at),
        "updatedAt": _seconds(title.updated_at),
        "thumb": f"/library/metadata/{title.key}/thumb/1",
        "Genre": _tags(facts.genres),
        "Country": _tags(_COUNTRIES.get(code, code) for code in facts.countries),
        "Director": _tags(credit.name for credit in facts.credits if credit.role is Role.DIRECTOR),
        "Writer": _tags(credit.name for credit in facts.credits if credit.role is Role.WRITER),
        "Role": _tags(credit.name for credit in facts.credits if credit.role is Role.CAST),
        "Label": _tags(title.labels),
        "Collection": _tags([facts.collection] if facts.collection else []),
        "Guid": [{"id": f"{ref.source}://{ref.value}"} for ref in facts.refs if ref.source in {"tmdb", "imdb", "tvdb"}],
        "Media": list(title.media),
    }
    optional: Mapping[str, Any] = {
        "year": facts.year,
        "originalTitle": facts.original_title,
        "contentRating": title.content_rating,
        "duration": facts.runtime and facts.runtime * 60_000,
        "originallyAvailableAt": facts.released and facts.released.isoformat(),
        "childCount": facts.seasons,
        "leafCount": facts.episodes,
        "audienceRating": facts.vote_average,
        "audienceRatingImage": "themoviedb://image.rating" if facts.vote_average else None,
        "userRating": title.user_rating,
        "lastRatedAt": title.rated_at and _seconds(title.rated_at),
    }
    told |= {name: value for name, value in optional.items() if value is not None}
    return overlaid({name: value for name, value in told.items() if value not in ("", [])}, title.raw)


def _brief(title: Stored, excluded: str) -> dict[str, Any]:
    """What lists tell: no labels, no streams, the first few names."""
    whole = _whole(title)
    left_out = {"Label", "Collection", *excluded.split(",")}
    brief = {name: value for name, value in whole.items() if name not in left_out}
    for element, most in (("Genre", 2), ("Role", 3), ("Director", 2), ("Writer", 2)):
        if isinstance(brief.get(element), list):
            brief[element] = brief[element][:most]
    if isinstance(brief.get("Media"), list):
        brief["Media"] = [media and {k: v for k, v in media.items() if k != "Part"} for media in brief["Media"]]
    return brief
