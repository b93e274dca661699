"""A stage with a request service: Anna and Jonas have accounts there, Mia has none, and Jonas decides.

What happens outside the chat changes the played service and is told to the bot as the service tells it: by its webhook
at the bot's own web application.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx

from adapters.web import build_app
from bot.model.members import LinkedAccount
from tests.contracts.kit.calls import Call
from tests.e2e.platforms.scenes import CHATS, EVERYWHERE, Give, Meanwhile, Push, Say, Scene, Sees, private
from tests.e2e.platforms.stage import Stage, stage
from tests.fakes.services.seerr import SeerrService
from tests.fakes.services.seerr_world import ADMIN, AVAILABLE, REQUEST, Person, SeerrWorld, Work

SECRET = "a-secret-of-twenty-characters"
TORINO, DRIVE, PRISONERS, LUPIN = ("movie", 13223), ("movie", 64690), ("movie", 146233), ("tv", 96677)

SCENES = (
    Scene(
        "ask for a film, learn that it waits, and that it is there",
        (
            private(
                "anna",
                Say("/request Gran Torino"),
                Sees(("Gran Torino", "2 of 2 left"), cards=1, buttons=("Request it", "Rather not")),
            ),
            private("anna", Push("Request it"), Sees(("Gran Torino", "waits for approval"))),
            private("anna", Say("/requests"), Sees(("Gran Torino", "waits for approval"))),
            private("ben", Say("/requests"), Sees(("Anna", "Gran Torino"), buttons=("Genehmigen", "Ablehnen"))),
            private("ben", Push("Genehmigen"), Sees(("Gran Torino", "genehmigt"))),
            private(
                "anna", Meanwhile("Gran Torino is there"), Sees(("You can watch Gran Torino",), never=("Mia",)), CHATS
            ),
        ),
    ),
    Scene(
        "what is asked for already can be waited for together",
        (
            private("ben", Say("/request Drive"), Sees(("Drive",), cards=1)),
            private("ben", Push("Anfragen"), Sees(("Drive",))),
            private("anna", Say("/request Drive"), Sees(("Drive",), buttons=("Tell me too",))),
            private("anna", Push("Tell me too"), Sees(("I will tell you here", "Drive"))),
            private("anna", Meanwhile("Drive is there"), Sees(("You can watch Drive",)), CHATS),
        ),
    ),
    Scene(
        "seasons of a series, one by one",
        (
            private(
                "anna",
                Say("/request Lupin"),
                Sees(("Which seasons",), buttons=("Latest season (3)", "All 3 missing seasons", "Choose seasons")),
            ),
            private("anna", Push("Choose seasons"), Sees(buttons=("Season 1", "Season 2", "Season 3"))),
            private("anna", Push("Season 2"), Sees(buttons=("Go on with 2",))),
            private("anna", Push("Go on with 2"), Sees(("Seasons", "2"), buttons=("Request it",))),
            private("anna", Push("Request it"), Sees(("Lupin", "seasons 2", "waits for approval"))),
        ),
    ),
    Scene(
        "an answer of the quota, and a decision against it",
        (
            private("anna", Give("request", {"title": "Prisoners"}), Sees(("1 of 2 left",), cards=1)),
            private("anna", Push("Request it"), Sees(("Prisoners", "waits for approval"))),
            private("anna", Say("/request Alien Nation"), Sees(("quota",), never=("Request it",))),
            private("anna", Meanwhile("Prisoners is declined"), Sees(("Prisoners", "declined")), CHATS),
        ),
    ),
    Scene(
        "who has no account there asks for nothing",
        (private("cleo", Say("/request Gran Torino"), Sees(never=("Request it",)), EVERYWHERE),),
    ),
)


def world() -> SeerrWorld:
    """The request service before anybody asked for anything."""
    made = SeerrWorld()
    made.add(
        Person(1, "Owner", ADMIN),
        Person(2, "Anna", REQUEST, plex=77, movie_quota=(2, 7)),
        Person(3, "Jonas", ADMIN, plex=88),
    )
    made.add(Work("movie", 13223, "Gran Torino", "2008-12-09"), Work("movie", 64690, "Drive", "2011-09-15"))
    made.add(Work("movie", 146233, "Prisoners", "2013-09-19"), Work("movie", 9609, "Alien Nation", "1988-10-07"))
    made.add(Work("tv", 96677, "Lupin", "2021-01-08", seasons={1: 5, 2: 5, 3: 7}))
    return made


@asynccontextmanager
async def requesting(platform: str, home: Path) -> AsyncIterator[tuple[Stage, SeerrService]]:
    """The application on one platform, with the request service; its calls are held to its description at the end."""
    service = SeerrService(world())
    async with service.server as server:
        sections = {
            "seerr": {"url": server.url, "api_key": service.world.key},
            "web": {"webhook_secret": SECRET},
            "limits": {"person_burst": 500, "conversation_burst": 500},
        }
        async with stage(platform, home, administrators=("ben",), **sections) as here, _web(here) as told:
            await _sign_in(here)
            yield replace(here, happens=_events(service, told)), service
        server.assert_clean()


async def _sign_in(here: Stage) -> None:
    """Whose media-server account is whose: what the request service knows people by."""
    async with here.application.uow() as uow:
        for name, account in (("Anna", "77"), ("Jonas", "88")):
            member = await uow.members.by_name(name)
            assert member is not None
            await uow.members.link(LinkedAccount(member.id, "plex", account, here.application.clock.now()))
        await uow.commit()


@asynccontextmanager
async def _web(here: Stage) -> AsyncIterator[Callable[[str], Awaitable[None]]]:
    """What takes a webhook of the request service to the bot; nothing does on a terminal."""

    async def unheard(_kind: str) -> None:
        return None

    if here.running is None:
        yield unheard
        return
    app = build_app(statuses=tuple, meter=here.running.meter, routers=here.running.routers)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:

        async def told(kind: str) -> None:
            answer = await client.post(f"/webhooks/{SECRET}/seerr", json={"notification_type": kind})
            assert answer.status_code == 202

        yield told


def _events(service: SeerrService, told: Callable[[str], Awaitable[None]]) -> dict[str, Callable[[], Awaitable[None]]]:
    def there(key: tuple[str, int]) -> Callable[[], Awaitable[None]]:
        async def happens() -> None:
            service.world.works[key].status = AVAILABLE
            await told("MEDIA_AVAILABLE")

        return happens

    async def declined() -> None:
        (request,) = service.world.of(*PRISONERS)
        service.world.decide(service.world.people[1], request.id, 3)
        await told("MEDIA_DECLINED")

    return {"Gran Torino is there": there(TORINO), "Drive is there": there(DRIVE), "Prisoners is declined": declined}


def filed(service: SeerrService) -> list[tuple[str, str]]:
    """Every request that was sent, as (who sent it, the body's title)."""

    def is_filing(call: Call) -> bool:
        return call.method == "POST" and call.operation == "/request"

    return [
        (call.headers.get("X-API-User", "nobody"), f"{call.json['mediaType']}:{call.json['mediaId']}")
        for call in service.server.requests
        if is_filing(call)
    ]
