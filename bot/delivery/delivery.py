"""The inbox of every platform: what was accepted is kept first, worked on in order, and answered at least once.

A row goes from received over answered (the replies are kept) to done. A kill between two steps repeats the later one:
before "answered" the turn is taken again (what a press may do once is bound to its id, see bot.services.actions),
after it the kept replies are sent again, which is the only way to a duplicate, one for each kill.

Turns of one place run one after another, those of different places side by side.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter
from typing import Protocol

import structlog

from bot.chat.capabilities import Capabilities
from bot.chat.incoming import Incoming, Message
from bot.chat.reply import Reply
from bot.delivery.drafts import Draft, pause_of
from bot.delivery.gate import Gate, too_long
from bot.delivery.limits import Limits, Verdict
from bot.delivery.store import InboxStore, Item, item_of, kind_of, place_of
from bot.errors import RecommendarrError, Rejected, Unavailable
from bot.i18n import gettext as _
from bot.model.inbox import InboxState
from bot.ports.chat import ChatPlatform, Drafting, Envelope, Say
from bot.ports.clock import Clock
from bot.ports.metrics import Meter, NoMeter
from bot.ports.storage import UnitOfWorkFactory


class Handle(Protocol):
    """Makes the replies, fitted to the platform. `say`: shows what is said so far, where that can be seen."""

    async def __call__(
        self, incoming: Incoming, capabilities: Capabilities, say: Say | None = None, /
    ) -> Sequence[Reply]: ...


REMEMBERED = 10_000  # ids kept in memory to refuse a duplicate without asking the database

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DeliveryConfig:
    """Bounds; times in seconds unless said."""

    side_by_side: int = 16  # places worked on at once
    max_waiting: int = 2000  # accepted and not answered; beyond this nothing more is accepted
    handle_within: float = 120.0  # for making an answer
    answer_within: float = 300.0  # for sending it, waits that the platform asks for included
    working_after: float = 0.4  # before a person is shown that an answer is being made
    working_every: float = 4.5  # before they are shown it again; Telegram forgets it after five seconds
    settle_within: float = 5.0  # for a change of a growing message that is on its way when the answer is ready
    first_pause: float = 1.0  # before an answer that could not be sent is tried again; doubles
    last_pause: float = 30.0
    max_attempts: int = 3  # starts of the program that may find the same row unfinished
    message_lifetime: timedelta = timedelta(hours=1)  # an answer that comes later than this helps nobody
    press_lifetime: timedelta = timedelta(minutes=15)  # how long platforms let an interaction be answered
    remember: timedelta = timedelta(days=3)  # ids, against duplicates
    tidy_every: float = 3600.0


class Delivery:
    """Implements `bot.ports.chat.Inbox` for all platforms of this process."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        handle: Handle,
        clock: Clock,
        *,
        limits: Limits | None = None,
        locale: str | None = None,
        meter: Meter | None = None,
        config: DeliveryConfig | None = None,
    ) -> None:
        """`handle`: makes the replies, fitted to the platform; `locale`: of people whose platform tells none."""
        self._store = InboxStore(uow)
        self._handle = handle
        self._clock = clock
        self._gate = Gate(limits, locale) if limits else None
        self._locale = locale
        self._meter: Meter = meter or NoMeter()
        self._config = config or DeliveryConfig()
        self._platforms: dict[str, ChatPlatform] = {}
        self._places: dict[str, deque[Item]] = {}
        self._in_hand: dict[int, Item] = {}
        self._recent: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._slots = asyncio.Semaphore(self._config.side_by_side)
        self._closing = asyncio.Event()
        self._group: asyncio.TaskGroup | None = None
        self._storing = 0
        self._queued = 0
        self.tidied = 0  # times that old ids were forgotten

    def attach(self, platform: ChatPlatform) -> None:
        """Answer what this platform delivers. Before `run`."""
        self._platforms[platform.name] = platform

    @property
    def waiting(self) -> int:
        """How many were accepted and are not answered yet."""
        return self._storing + self._queued

    async def accept(self, incoming: Incoming, envelope: Envelope) -> bool:
        """Keep it and answer it; False, when it was accepted before. See `bot.ports.chat.Inbox`."""
        platform, key = incoming.place.platform, (incoming.place.platform, incoming.id)
        if key in self._recent:
            self._meter.dropped(platform, "duplicate")
            return False
        if self.waiting >= self._config.max_waiting:
            self._meter.dropped(platform, "full")
            raise Unavailable("recommendarr", _("I have too much to do right now; try again in a moment."))
        item = item_of(incoming, envelope, self._clock.now())
        verdict = Verdict.SERVE if self._gate is None else self._gate.judge(incoming, item.received_at)
        if verdict is Verdict.IGNORE:
            return self._ignored(item, key)
        if verdict is Verdict.SAY_SO and self._gate is not None:
            capabilities = self._platforms[platform].capabilities
            item.replies = self._gate.notice(incoming, capabilities, item.received_at)
        self._storing += 1
        try:
            fresh = await self._store.add(item)
        finally:
            self._storing -= 1
        self._remember(key)
        if not fresh:
            self._meter.dropped(platform, "duplicate")
            return False
        self._meter.received(platform, kind_of(incoming))
        if not self._closing.is_set():  # else the next start takes it up
            self._enqueue(item)
        return True

    async def run(self) -> None:
        """Take up what was left unfinished, then answer until `close`, and then until nothing is in hand.

        Raises: Unavailable, when the database cannot be used at the start.
        """
        await self._take_up()
        try:
            async with asyncio.TaskGroup() as group:
                self._group = group
                for place in self._places:
                    group.create_task(self._work(place))
                tidying = group.create_task(self._tidy())
                await self._closing.wait()
                tidying.cancel()
        finally:
            # What was being worked on stays unfinished in the database; the next `run` takes it up again.
            self._group = None
            self._places.clear()
            self._in_hand.clear()
            self._queued = 0

    def close(self) -> None:
        """Take nothing more in hand; `run` ends when everything in hand is answered. Cancel it to end sooner.

        What still comes in is kept for the next start.
        """
        self._closing.set()

    def _ignored(self, item: Item, key: tuple[str, str]) -> bool:
        """Over the limit and told so: nothing is kept; an interaction is acknowledged, so that it does not spin."""
        self._remember(key)
        self._meter.dropped(item.platform, "limit")
        if not isinstance(item.incoming, Message):
            item.replies = ()
            self._enqueue(item)
        return True

    def _remember(self, key: tuple[str, str]) -> None:
        self._recent[key] = None
        if len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)

    def _enqueue(self, item: Item) -> None:
        if item.number in self._in_hand:
            return
        if item.number:
            self._in_hand[item.number] = item
        self._queued += 1
        place = place_of(item.incoming.place)
        busy = place in self._places
        self._places.setdefault(place, deque()).append(item)
        if self._group is not None and not busy:
            self._group.create_task(self._work(place))

    async def _take_up(self) -> None:
        for item in await self._store.take_up(
            self._clock.now(), max_attempts=self._config.max_attempts, known=self._in_hand.keys()
        ):
            self._enqueue(item)
        for place, items in self._places.items():
            self._places[place] = deque(sorted(items, key=lambda item: item.number or float("inf")))

    async def _work(self, place: str) -> None:
        """Answer what waits in one place, the oldest first."""
        items = self._places[place]
        while items:
            item = items[0]
            try:
                await self._serve(item)
            except RecommendarrError as error:
                log.warning("answer_left_for_later", platform=item.platform, number=item.number, error=str(error))
            except Exception:
                # A fault in one answer must not end the answering of everybody else.
                log.exception("answer_failed", platform=item.platform, number=item.number)
                self._meter.dropped(item.platform, "fault")
                await self._finish(item, InboxState.DROPPED)
            items.popleft()
            self._in_hand.pop(item.number, None)
            self._queued -= 1
        del self._places[place]

    async def _serve(self, item: Item) -> None:
        """One item to its end, or as far as it goes while closing."""
        if self._too_old(item):
            log.info("inbox_row_too_old", platform=item.platform, number=item.number)
            self._meter.dropped(item.platform, "old")
            await self._finish(item, InboxState.DROPPED)
            return
        platform = self._platforms.get(item.platform)
        if platform is None:
            return  # it is not configured now; the row waits for it until it is too old
        if item.replies is None:
            await self._make(item, platform)
        state = await self._send(item, platform)
        if state is not None:
            await self._finish(item, state)

    async def _make(self, item: Item, platform: ChatPlatform) -> None:
        """Have the replies made and keep them."""
        assert self._group is not None  # this runs in one of its tasks
        async with self._slots:
            working = self._group.create_task(self._show_working(item, platform))
            draft = self._draft(item, platform)
            try:
                async with asyncio.timeout(self._config.handle_within):
                    say = draft.say if draft else None
                    replies = tuple(await self._handle(item.incoming, platform.capabilities, say))
            except TimeoutError:
                log.error("answer_took_too_long", platform=item.platform, number=item.number)  # noqa: TRY400
                replies = too_long(item.incoming, platform.capabilities, self._locale)
            finally:
                working.cancel()
                if draft is not None:
                    await draft.settle(self._config.settle_within)
        try:
            await self._store.answered(item, replies)
        except Unavailable as error:
            # Somebody waits: better an answer that a kill would repeat than none.
            log.warning("replies_not_kept", number=item.number, error=str(error))
        item.replies = replies

    def _draft(self, item: Item, platform: ChatPlatform) -> Draft | None:
        """What shows the answer while it is made: of plain words, and where messages can be changed."""
        if not (isinstance(item.incoming, Message) and isinstance(platform, Drafting) and platform.capabilities.edits):
            return None
        assert self._group is not None
        pause = pause_of(platform, private=item.incoming.place.private)
        return Draft(item, platform, pause, self._keep_address, self._group)

    async def _keep_address(self, item: Item) -> None:
        try:
            await self._store.addressed(item)
        except Unavailable as error:
            # At worst a kill leaves the message behind, beside the answer.
            log.warning("envelope_not_kept", number=item.number, error=str(error))

    async def _show_working(self, item: Item, platform: ChatPlatform) -> None:
        """Show it, again and again where it fades and messages grow."""
        await asyncio.sleep(self._config.working_after)
        try:
            await platform.working(item.incoming, item.envelope)
            while isinstance(platform, Drafting):
                await asyncio.sleep(self._config.working_every)
                await platform.working(item.incoming, item.envelope)
        except Exception:
            # An ornament; without this net its fault would end the answering of everybody.
            log.exception("working_not_shown", platform=item.platform)

    async def _send(self, item: Item, platform: ChatPlatform) -> InboxState | None:
        """Send the replies, again and again while the platform cannot be reached. None: left for the next start."""
        pause = self._config.first_pause
        while True:
            try:
                async with self._slots, asyncio.timeout(self._config.answer_within):
                    await platform.answer(item.incoming, item.envelope, item.replies or ())
            except Rejected as error:
                log.warning("answer_refused", platform=item.platform, number=item.number, error=str(error))
                self._meter.dropped(item.platform, "refused")
                return InboxState.DROPPED
            except (Unavailable, TimeoutError) as error:
                log.warning("answer_delayed", platform=item.platform, number=item.number, error=str(error))
            else:
                self._meter.answered(item.platform, perf_counter() - item.arrived)
                return InboxState.DONE
            if not item.number:
                return InboxState.DROPPED  # a mere acknowledgement is not worth a second try
            if self._too_old(item):
                self._meter.dropped(item.platform, "old")
                return InboxState.DROPPED
            if await self._closed_within(pause):
                return None
            pause = min(2 * pause, self._config.last_pause)

    async def _finish(self, item: Item, state: InboxState) -> None:
        """Write that it is over. Tried for a while: an answer that left must not be sent again after a restart."""
        pause = self._config.first_pause
        while item.number:
            try:
                await self._store.finish(item.number, state)
            except Unavailable as error:
                log.warning("end_not_kept", number=item.number, error=str(error))
                if self._too_old(item) or await self._closed_within(pause):
                    return
                pause = min(2 * pause, self._config.last_pause)
            else:
                return

    async def _closed_within(self, seconds: float) -> bool:
        """Wait so long; True at once when everything is being closed."""
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            return False
        return True

    def _too_old(self, item: Item) -> bool:
        plain = isinstance(item.incoming, Message)
        lifetime = self._config.message_lifetime if plain else self._config.press_lifetime
        return self._clock.now() - item.received_at > lifetime

    async def _tidy(self) -> None:
        """Forget old ids, now and every hour."""
        while True:
            try:
                await self._store.purge(self._clock.now() - self._config.remember)
                self.tidied += 1
            except Unavailable as error:
                log.warning("inbox_not_tidied", error=str(error))
            await asyncio.sleep(self._config.tidy_every)
