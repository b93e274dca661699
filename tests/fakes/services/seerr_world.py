"""What a fake Seerr holds, and the rules by which it takes, refuses and decides requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.fakes.clock import NOON

ADMIN, MANAGE_USERS, MANAGE_REQUESTS, REQUEST, AUTO_APPROVE, REQUEST_VIEW = 2, 8, 16, 32, 128, 16384
PENDING, APPROVED, DECLINED, FAILED, COMPLETED = range(1, 6)
UNKNOWN, MEDIA_PENDING, PROCESSING, PARTIAL, AVAILABLE, BLOCKLISTED, DELETED = range(1, 8)


class Refused(Exception):
    """Seerr says no: a status and a message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(slots=True)
class Person:
    """A user. Quotas: (limit, days); limit 0 means none."""

    id: int
    name: str
    permissions: int = REQUEST
    plex: int | None = None
    jellyfin: str | None = None
    discord: tuple[str, ...] = ()
    telegram: str | None = None
    movie_quota: tuple[int, int] = (0, 7)
    tv_quota: tuple[int, int] = (0, 7)

    def may(self, *permissions: int) -> bool:
        """Whether the person has one of the permissions; an admin has all."""
        return bool(self.permissions & ADMIN) or any(self.permissions & permission for permission in permissions)


@dataclass(slots=True)
class Work:
    """A title of TMDB. `seasons`: number → episodes."""

    kind: str  # "movie" or "tv"
    tmdb: int
    name: str
    released: str = "1999-03-30"
    seasons: dict[int, int] = field(default_factory=dict)
    status: int = UNKNOWN
    season_status: dict[int, int] = field(default_factory=dict)
    genres: tuple[int, ...] = (28,)


@dataclass(slots=True)
class Request:
    """A request that was filed. `changed_by`: who approved or declined."""

    id: int
    kind: str
    tmdb: int
    owner: int
    status: int
    created: datetime
    updated: datetime
    seasons: tuple[int, ...] = ()
    is4k: bool = False
    changed_by: int | None = None


@dataclass(slots=True)
class SeerrWorld:
    """The whole service; `owner` is user 1, on whose behalf the bare key acts."""

    key: str = "c2VlcnIta2V5LWZvci10ZXN0cw=="
    version: str = "3.3.0"
    now: datetime = NOON
    people: dict[int, Person] = field(default_factory=dict)
    works: dict[tuple[str, int], Work] = field(default_factory=dict)
    requests: dict[int, Request] = field(default_factory=dict)
    restart_required: bool = False

    def add(self, *things: Person | Work) -> None:
        """Put people and titles into the world."""
        for thing in things:
            if isinstance(thing, Person):
                self.people[thing.id] = thing
            else:
                self.works[(thing.kind, thing.tmdb)] = thing

    def of(self, kind: str, tmdb: int) -> list[Request]:
        """The requests for one title, the oldest first."""
        return [request for request in self.requests.values() if (request.kind, request.tmdb) == (kind, tmdb)]

    def used(self, person: Person, kind: str) -> int:
        """What counts towards a quota: films, or seasons."""
        limit, days = person.movie_quota if kind == "movie" else person.tv_quota
        since = self.now - timedelta(days=days)
        counted = [
            request
            for request in self.requests.values()
            if (request.owner, request.kind) == (person.id, kind)
            and request.created > since
            and request.status != DECLINED
        ]
        return sum(len(request.seasons) if kind == "tv" else 1 for request in counted) if limit else 0

    def remaining(self, person: Person, kind: str) -> int | None:
        """What is left of a quota; None without a limit."""
        limit = (person.movie_quota if kind == "movie" else person.tv_quota)[0]
        if not limit or person.may(MANAGE_USERS):
            return None
        return max(0, limit - self.used(person, kind))

    def file(
        self, caller: Person, kind: str, tmdb: int, seasons: list[int] | str | None, *, is4k: bool, owner: int | None
    ) -> Request:
        """File a request by the caller's rights; `owner` merely puts another name on it. Raises: Refused."""
        person = caller
        if owner is not None:
            if not (caller.may(MANAGE_USERS) and caller.may(MANAGE_REQUESTS)):
                raise Refused(403, "You do not have permission to modify the request user.")
            person = self.people[owner]
        if not person.may(REQUEST):
            label = "movie" if kind == "movie" else "series"
            raise Refused(403, f"You do not have permission to make {label} requests.")
        left = self.remaining(person, kind)
        if left == 0:
            raise Refused(403, "Movie Quota exceeded." if kind == "movie" else "Series Quota exceeded.")
        work = self.works.get((kind, tmdb))
        if work is None:
            raise Refused(500, "[TMDB] Failed to fetch details")
        if work.status == BLOCKLISTED:
            raise Refused(403, "This media is blocklisted.")
        wanted = self._seasons(work, seasons, is4k=is4k) if kind == "tv" else ()
        if kind == "movie" and any(
            request.is4k == is4k and request.status not in {DECLINED, COMPLETED} for request in self.of(kind, tmdb)
        ):
            raise Refused(409, "Request for this media already exists.")
        if left is not None and len(wanted) > left and kind == "tv":
            raise Refused(403, "Series Quota exceeded.")
        # Approval follows the caller, which is why nothing may be asked for with the owner's key.
        status = APPROVED if caller.may(AUTO_APPROVE, MANAGE_REQUESTS) else PENDING
        number = max(self.requests, default=0) + 1
        request = Request(number, kind, tmdb, person.id, status, self.now, self.now, wanted, is4k)
        self.requests[number] = request
        if work.status in {UNKNOWN, DELETED}:
            work.status = MEDIA_PENDING if status == PENDING else PROCESSING
        return request

    def _seasons(self, work: Work, seasons: list[int] | str | None, *, is4k: bool) -> tuple[int, ...]:
        if seasons is None:
            raise Refused(500, "Cannot read properties of undefined (reading 'filter')")
        wanted = [number for number, episodes in work.seasons.items() if number and episodes]
        if isinstance(seasons, list):
            wanted = [number for number in seasons if number > 0]
        taken = {
            season
            for request in self.of("tv", work.tmdb)
            if request.is4k == is4k and request.status not in {DECLINED, COMPLETED}
            for season in request.seasons
        } | {season for season, status in work.season_status.items() if status not in {UNKNOWN, DELETED}}
        final = tuple(number for number in wanted if number not in taken)
        if not final:
            raise Refused(202, "No seasons available to request")
        return final

    def decide(self, caller: Person, number: int, status: int) -> Request:
        """Approve or decline. Raises: Refused."""
        if not caller.may(MANAGE_REQUESTS):
            raise Refused(403, "You do not have permission to access this endpoint")
        request = self.requests.get(number)
        if request is None:
            raise Refused(404, "Request not found.")
        if request.status != PENDING and self.version_number >= (3, 3):
            raise Refused(409, "Only pending requests can be approved or declined.")
        request.status, request.changed_by, request.updated = status, caller.id, self.now
        work = self.works[(request.kind, request.tmdb)]
        if work.status == MEDIA_PENDING:
            work.status = PROCESSING if status == APPROVED else UNKNOWN
        return request

    @property
    def version_number(self) -> tuple[int, ...]:
        """Comparable."""
        return tuple(int(part) for part in self.version.split(".")[:2])


def stamp(moment: datetime) -> str:
    """A moment as Seerr writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
