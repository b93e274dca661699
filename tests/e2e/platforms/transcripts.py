"""Writes docs/transcripts: what people on each platform read, taken from real runs with the demo household.

python -m tests.e2e.platforms.transcripts
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from adapters.demo.household import DemoHousehold
from bot.bootstrap import open_core, open_indexing
from bot.cli.models import install_models
from bot.services.sync import Sources, SyncService
from tests.e2e.platforms.driver import Drawn
from tests.e2e.platforms.playing import play
from tests.e2e.platforms.request_scenes import REQUEST_SCENES
from tests.e2e.platforms.request_service import RequestService
from tests.e2e.platforms.scenes import SCENES, Give, Push, Say, Scene, Step, Waits
from tests.e2e.platforms.stage import ADMIN, HOUSEHOLD, PLATFORMS, Stage, settings_for, stage

FOLDER = Path(__file__).parents[3] / "docs" / "transcripts"
NAMES = {"terminal": "the terminal", "discord": "Discord", "telegram": "Telegram", "nextcloud-talk": "Nextcloud Talk"}
SHOWN = 3  # cards of one answer
GENEROUS = {"person_burst": 500, "conversation_burst": 500}


async def prepared(home: Path) -> None:
    """The demo household, moved in and indexed."""
    settings = settings_for(home)
    install_models(settings.models_dir, None)
    async with open_core(settings) as core:
        household = DemoHousehold(core.clock)
        await SyncService(core.uow, core.clock, Sources((household,), (household,))).run()
        async with open_indexing(core) as indexing:
            await indexing.run()


async def transcript(platform: str, home: Path) -> list[str]:
    """All scenes on one platform, as Markdown."""
    lines = [f"# Conversations on {NAMES[platform]}", "", "From a real run with the demo household.", ""]
    async with stage(platform, home, limits=GENEROUS) as here:
        lines += await _played(here, SCENES)
    return lines


async def requests_transcript(platform: str, home: Path) -> list[str]:
    """The scenes of requests, with a request service beside."""
    async with stage(platform, home, requests=RequestService(), limits=GENEROUS) as here:
        return await _played(here, REQUEST_SCENES)


async def _played(here: Stage, scenes: Sequence[Scene]) -> list[str]:
    lines: list[str] = []
    for scene in scenes:
        played = await play(here, scene)
        lines += [f"## {scene.name[0].upper()}{scene.name[1:]}", ""] if played else []
        for step, shown in played:
            lines += [_said(step), ""]
            for message in shown:
                lines += [*_drawn(message), ""]
    return lines


def _said(step: Step) -> str:
    who = f"**{(HOUSEHOLD | ADMIN).get(step.who, 'A stranger')}**{'' if step.where == 'private' else ', in the room'}"
    match step.does:
        case Say():
            return f"{who}: {_literal(step.does.text)}"
        case Give():
            return f"{who}: {_literal('/' + step.does.name)}"
        case Push():
            return f"{who} presses {_literal(step.does.label)}"
        case Waits():
            return f"{who} is told"


def _drawn(message: Drawn) -> list[str]:
    lines = ["(the same message, changed)"] if message.edited else []
    lines += [line for line in message.text.strip().splitlines() if line.strip()][:12]
    for card in message.cards[:SHOWN]:
        lines += [f"■ {card.title}", *[line for line in card.text.splitlines() if line.strip()]]
    if len(message.cards) > SHOWN:
        lines.append("…")
    if message.buttons:
        lines.append(" ".join(f"[{button.label}]" for button in message.buttons[:9]))
    return ["> " + _literal(line) + "  " for line in lines]


def _literal(text: str) -> str:
    """Letters that Markdown would take for itself."""
    for letter in "\\`*_<>[]#":
        text = text.replace(letter, "\\" + letter)
    return text


async def main() -> None:
    """Write one page for each platform."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for platform in PLATFORMS:
        with tempfile.TemporaryDirectory() as folder:
            await prepared(Path(folder))
            lines = await transcript(platform, Path(folder))
        with tempfile.TemporaryDirectory() as folder:
            await prepared(Path(folder))
            lines += await requests_transcript(platform, Path(folder))
        text = "\n".join(lines).rstrip() + "\n"
        await asyncio.to_thread((FOLDER / f"{platform}.md").write_text, text, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
