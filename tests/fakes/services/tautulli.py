"""Tautulli over a `World`: it keeps every play, be the title deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model.titles import Kind
from tests.contracts.kit import Answer, Call, DescribedServer, load
from tests.fakes.services.plex_world import API_KEY, Play, World, overlaid


class FakeTautulli:
    """`server` is to be entered. `running`: rows of sessions in progress, told when asked for activity."""

    def __init__(self, world: World, *, check_answers: int = 1) -> None:
        self.world = world
        self.version = "v2.15.1"
        self.connected = True
        self.bad_key_status = 401
        self.running: list[dict[str, Any]] = []
        self.server = server = DescribedServer(load("tautulli"), check_answers=check_answers)
        commands: dict[str, Callable[[Call], Any]] = {
            "get_tautulli_info": lambda _call: {"tautulli_version": self.version, "tautulli_platform": "Linux"},
            "server_status": lambda _call: {"result": "success", "connected": self.connected},
            "get_users": lambda _call: self._users(),
            "get_history": self._history,
            "get_metadata": self._metadata,
        }
        for name, handler in commands.items():
            server.route("GET", name)(self._guarded(handler))

    def _guarded(self, handler: Callable[[Call], Any]) -> Callable[[Call], Any]:
        def guarded(call: Call) -> Any:
            if call.query.get("apikey") != API_KEY:
                return Answer(_envelope("error", "Invalid apikey", {}), status=self.bad_key_status)
            return _envelope("success", None, handler(call))

        return guarded

    def _users(self) -> list[dict[str, Any]]:
        local = {"user_id": "0", "username": "Local", "friendly_name": "Local", "keep_history": 1, "is_active": 1}
        people = [self.world.owner, *self.world.people.values()]
        return [
            local,
            *(
                {"user_id": str(p.id), "username": p.name.lower(), "friendly_name": p.name,
                 "keep_history": int(p.keep_history), "is_active": 1, "is_admin": int(p is self.world.owner)}
                for p in people
            ),
        ]  # fmt: skip

    def _history(self, call: Call) -> dict[str, Any]:
        assert call.query.get("grouping") == "0", "grouped rows change their numbers"
        plays = sorted(self.world.plays, key=lambda play: (play.at, play.number))
        if "after" in call.query:
            first = datetime.fromisoformat(call.query["after"]).replace(tzinfo=UTC)
            plays = [play for play in plays if play.at - timedelta(seconds=play.seconds) >= first]
        for name in ("rating_key", "grandparent_rating_key"):
            if name in call.query:
                plays = [play for play in plays if str(self._row(play)[name]) == call.query[name]]
        running = self.running if call.query.get("include_activity") != "0" else []
        start, length = int(call.query["start"]), int(call.query["length"])
        page = [*plays, *running][start : start + length]
        rows = [self._row(row) if isinstance(row, Play) else row for row in page]
        return {
            "draw": 1, "recordsTotal": len(self.world.plays), "recordsFiltered": len(plays) + len(running),
            "total_duration": "1 day", "filter_duration": "1 day", "data": rows,
        }  # fmt: skip

    def _row(self, play: Play) -> dict[str, Any]:
        title = self.world.stored(play.title)
        assert title is not None
        stopped = int(play.at.timestamp())
        is_series = title.facts.kind is Kind.SERIES
        word = "episode" if is_series else "movie"
        own = next((f"plex://{word}/{ref.value}" for ref in title.facts.refs if ref.source == "plex"), "local://1")
        told = {
            "date": stopped - play.seconds, "started": stopped - play.seconds, "stopped": stopped,
            "duration": play.seconds, "play_duration": play.seconds, "paused_counter": 0, "group_count": 1,
            "reference_id": play.number, "row_id": play.number, "state": None, "session_key": None,
            "user_id": play.person, "user": f"user-{play.person}", "friendly_name": f"User {play.person}",
            "media_type": "episode" if is_series else "movie", "live": 0, "percent_complete": play.percent,
            "watched_status": min(1, play.percent // 85) or play.percent // 25 / 4, "title": title.facts.title,
            "rating_key": 1_000_000 + play.number if is_series else play.title,
            "grandparent_rating_key": play.title if is_series else "", "parent_rating_key": "",
            "grandparent_title": title.facts.title if is_series else "", "full_title": title.facts.title,
            "parent_media_index": "" if play.season is None else play.season,
            "media_index": "" if play.episode is None else play.episode, "year": title.facts.year or "",
            "guid": own,
        }  # fmt: skip
        return overlaid(told, play.raw)

    def _metadata(self, call: Call) -> dict[str, Any]:
        title = self.world.titles.get(int(call.query["rating_key"]))
        if title is None:
            return {}
        is_series = title.facts.kind is Kind.SERIES
        guids = [f"{ref.source}://{ref.value}" for ref in title.facts.refs if ref.source in {"tmdb", "imdb", "tvdb"}]
        return {
            "media_type": "show" if is_series else "movie", "rating_key": str(title.key), "title": title.facts.title,
            "grandparent_rating_key": "", "guids": guids, "guid": f"plex://{'show' if is_series else 'movie'}/0",
        }  # fmt: skip


def _envelope(result: str, message: str | None, data: Any) -> dict[str, Any]:
    return {"response": {"result": result, "message": message, "data": data}}
