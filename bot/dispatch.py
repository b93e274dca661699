"""From what somebody says to what the bot answers; the only place where errors become words.

A turn: who speaks, what they may see, what was said before → command, press, label or words → the command's reply →
tokens on its buttons, memory saved, fitted to the platform. Turns of one conversation run one after another.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, assert_never
from weakref import WeakValueDictionary

import structlog

from bot.agent.conversation import Conversationalist
from bot.agent.turn import Turn
from bot.agent.understanding import Said, Understanding
from bot.cards.decks import deck_of, laid_out
from bot.chat.actions import FOLD, TURN, numbered
from bot.chat.binding import bind
from bot.chat.capabilities import Capabilities
from bot.chat.fit import fit
from bot.chat.incoming import CommandCall, Incoming, Message, Press
from bot.chat.parse import find_command, is_command, parse
from bot.chat.plain import escape, squeeze
from bot.chat.reply import Action, Card, Choice, Choices, Reply, Text
from bot.commands.cards import turned
from bot.commands.context import Command, Context, Services
from bot.commands.strangers import answer as answer_stranger
from bot.commands.typed import pressed_by_word
from bot.errors import Ambiguous, NotAllowed, NotLinked, RecommendarrError, Unavailable, UserFacing
from bot.i18n import gettext as _
from bot.i18n import supported, use_locale
from bot.model.members import Clearance, Member
from bot.model.privacy import Privacy
from bot.ports.chat import Handler, Say
from bot.ports.clock import Clock
from bot.services.actions import ActionsService
from bot.services.conversations import ConversationsService, Memory, conversation_key
from bot.services.preferences import in_room

MAX_READ = 2000  # characters of one message; more than anybody needs to say what they want

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Call:
    """What is to be run. `notice` goes before the answer; `pressed` is the button behind it."""

    command: Command | None
    args: Mapping[str, Any]
    reply: Reply | None = None
    notice: str | None = None
    pressed: Action | None = None


class Dispatch:
    """Answers everything that comes in, whatever happens."""

    def __init__(
        self,
        *,
        services: Services,
        actions: ActionsService,
        conversations: ConversationsService,
        understanding: Understanding,
        commands: tuple[Command, ...],
        clock: Clock,
        locale: str | None = None,
        conversationalist: Conversationalist | None = None,
    ) -> None:
        """`locale`: of people whose platform does not tell theirs. `conversationalist`: answers plain words, with a
        model where there is one; without it `understanding` alone does."""
        self._services = services
        self._actions = actions
        self._conversations = conversations
        self._understanding = understanding
        self._conversationalist = conversationalist
        self._commands = commands
        self._names = frozenset(command.name for command in commands)
        self._clock = clock
        self._locale = locale
        # A lock lives as long as somebody holds or awaits it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def handler(self, capabilities: Capabilities) -> Handler:
        """What a platform calls for everything that comes in."""

        async def handle(incoming: Incoming) -> tuple[Reply, ...]:
            return await self.handle(incoming, capabilities)

        return handle

    async def warm_up(self) -> None:
        """Load what understanding the first message would have to wait for. Raises: Unavailable."""
        now = self._clock.now()
        await self._understanding.interpret(
            Said("something like Alien from the 90s", Memory(), Clearance(), "en", now, self._names)
        )

    async def handle(self, incoming: Incoming, capabilities: Capabilities, say: Say | None = None) -> tuple[Reply, ...]:
        """The replies, fitted to the platform. `say`: shows what is said so far. Never raises, except when it is
        cancelled."""
        author, place = incoming.author, incoming.place
        key = f"{author.account}|{conversation_key(place, 0)}"
        lock = self._locks.setdefault(key, asyncio.Lock())
        with (
            structlog.contextvars.bound_contextvars(platform=place.platform, room=place.room, account=author.account),
            use_locale(author.locale or self._locale),
        ):
            async with lock:
                try:
                    return await self._turn(incoming, capabilities, say)
                except RecommendarrError as error:
                    return fit(_in_words(error), capabilities)
                except Exception:
                    # The one net under everything: a person gets an answer, the owner gets the traceback.
                    incident = secrets.token_hex(4)
                    log.exception("incident", incident=incident)
                    sorry = _("Something went wrong on my side; the owner finds it in the log as {incident}.")
                    return fit(Reply((Text(sorry.format(incident=incident)),)), capabilities)

    async def _turn(self, incoming: Incoming, capabilities: Capabilities, say: Say | None) -> tuple[Reply, ...]:
        try:
            member = await self._services.accounts.member_of(incoming.author)
        except NotLinked as error:
            return fit(await self._to_a_stranger(error, incoming, capabilities), capabilities)
        with (
            structlog.contextvars.bound_contextvars(member=member.id),
            use_locale(member.locale or incoming.author.locale or self._locale) as locale,
        ):
            ctx = replace(await self._context(member, incoming, locale), say=say)
            try:
                reply = await self._answer(ctx, incoming, capabilities)
            except UserFacing as error:
                # A button that is not for this person is no business of the others.
                alone = isinstance(incoming, Press) and capabilities.private
                reply = replace(_in_words(error), private=alone)
            return await self._finish(ctx, reply, capabilities)

    async def _context(self, member: Member, incoming: Incoming, locale: str) -> Context:
        """Who asks where. In a room the member's rights are cut by the room's; a private room counts as private."""
        now, place = self._clock.now(), incoming.place
        clearance, room = await self._services.accounts.clearance(member), None
        if not place.private:
            room = await self._services.preferences.room(place)
            clearance, place = in_room(clearance, room), replace(place, private=room.private)
        return Context(
            member=member,
            place=place,
            clearance=clearance,
            locale=supported(locale),
            now=now,
            conversation=await self._conversations.open(place, member.id, now),
            services=self._services,
            commands=self._commands,
            preferences=await self._services.preferences.of(member),
            room=room,
            platform_locale=incoming.author.locale or self._locale,
            author=incoming.author,
            privacy=await self._privacy(member),
        )

    async def _privacy(self, member: Member) -> Privacy:
        return Privacy() if self._services.privacy is None else await self._services.privacy.of(member)

    async def _to_a_stranger(self, error: NotLinked, incoming: Incoming, capabilities: Capabilities) -> Reply:
        """How to be known, for the stranger's eyes alone where the platform can whisper."""
        alone, linking = incoming.place.private or capabilities.private, self._services.linking
        reply = await answer_stranger(incoming, linking, self._actions, str(error), self._clock.now(), alone=alone)
        return replace(reply, private=alone and not incoming.place.private)

    async def _answer(self, ctx: Context, incoming: Incoming, capabilities: Capabilities) -> Reply:
        call = await self._read(ctx, incoming, capabilities)
        if call.reply is not None:
            return call.reply
        if call.pressed is not None:
            ctx = await self._on_card(ctx, call.pressed, incoming, capabilities)
            if call.command is None:
                return await turned(ctx, call.pressed)
        reply = await self._run(ctx, call, capabilities)
        if call.notice:
            reply = replace(reply, parts=(Text(call.notice), *reply.parts))
        return reply

    async def _run(self, ctx: Context, call: _Call, capabilities: Capabilities) -> Reply:
        """Run a command if this member may here, whoever chose it."""
        command = call.command
        assert command is not None
        if command.admin and not await self._services.accounts.is_admin(ctx.member):
            raise NotAllowed(_("/{name} is for administrators.").format(name=command.name))
        if command.private and not ctx.place.private and not capabilities.private:
            # Nothing private is even computed; `fit` says so.
            return Reply((), private=True)
        try:
            reply = await command.run(ctx, **bind(command, call.args))
        except Ambiguous as error:
            reply = _which(error, command, call.args)
        return replace(reply, private=True) if command.private else reply

    async def _on_card(self, ctx: Context, action: Action, incoming: Incoming, capabilities: Capabilities) -> Context:
        """The turn with the message and the card whose button was pressed."""
        message = incoming.message if isinstance(incoming, Press) and capabilities.edits else None
        card = await self._services.decks.open(action.card) if action.card else None
        return replace(ctx, pressed=message, card=card, caption=capabilities.max_caption)

    async def _read(self, ctx: Context, incoming: Incoming, capabilities: Capabilities) -> _Call:
        """Which command is meant, with its arguments by name."""
        match incoming:
            case CommandCall():
                return _Call(find_command(incoming.name, self._commands), incoming.args)
            case Press():
                return await self._pressed(ctx, incoming.token, incoming)
            case Message():
                return await self._said(ctx, incoming, capabilities)
            case _:
                assert_never(incoming)

    async def _said(self, ctx: Context, message: Message, capabilities: Capabilities) -> _Call:
        text, notice = squeeze(message.text), None
        if len(text) > MAX_READ:
            notice = _("That was long ({n} characters); I read the first {limit}.").format(n=len(text), limit=MAX_READ)
            text = _beginning(text)
        if is_command(text):
            command, args = parse(text, self._commands, message.mentions)
            return _Call(command, args, notice=notice)
        typed = pressed_by_word(text, ctx.conversation.memory)
        if isinstance(typed, str):
            return await self._pressed(ctx, typed, message)
        known = typed is not None and typed.name in self._names
        meant = typed if typed is not None and known else await self._understood(ctx, text, message, capabilities)
        if isinstance(meant, Reply):
            parts = (Text(notice), *meant.parts) if notice else meant.parts
            return _Call(None, {}, reply=replace(meant, parts=parts))
        return _Call(find_command(meant.name, self._commands), meant.args, notice=notice)

    async def _understood(
        self, ctx: Context, text: str, message: Message, capabilities: Capabilities
    ) -> Action | Reply:
        """What plain words mean; people whom the platform mentions are known by their accounts."""
        accounts: dict[str, str] = {}
        for mention in sorted(message.mentions, key=lambda each: -len(each.text)):
            name = "_".join(re.findall(r"[^\W_]+", mention.name)) or "guest"
            text = text.replace(mention.text, f"@{name}") if mention.text else text
            accounts[name.casefold()] = f"account:{mention.account}"
        said = Said(
            text=text,
            memory=ctx.conversation.memory,
            clearance=ctx.clearance,
            locale=ctx.locale,
            now=ctx.now,
            commands=self._names,
            household=tuple(member.name for member in await self._services.accounts.all()),
            accounts=accounts,
        )
        if self._conversationalist is None:
            return await self._understanding.answer(said)

        async def run(action: Action) -> Reply:
            return await self._run(ctx, _Call(find_command(action.name, self._commands), action.args), capabilities)

        async def name_of(ref: str) -> str | None:
            try:
                return (await self._services.titles.resolve(ref, ctx.clearance)).name
            except UserFacing:
                return None

        turn = Turn(said, ctx.conversation, run, name_of, others=not ctx.place.private, say=ctx.say)
        return await self._conversationalist.answer(turn)

    async def _pressed(self, ctx: Context, token: str, incoming: Incoming) -> _Call:
        by = f"{incoming.place.platform}|{incoming.id}"
        action = await self._actions.redeem(token, member_id=ctx.member.id, place=ctx.place, now=ctx.now, by=by)
        command = None if action.name in (TURN, FOLD) else find_command(action.name, self._commands)
        return _Call(command, action.args, pressed=action)

    async def _finish(self, ctx: Context, reply: Reply, capabilities: Capabilities) -> tuple[Reply, ...]:
        """Make buttons durable, remember what numbers mean, fit the reply to the platform."""
        if ctx.place.private:
            reply = replace(reply, private=False)
        if ctx.conversation.ended:
            return fit(reply, capabilities)
        if capabilities.edits and (deck := deck_of(reply, pager=capabilities.pager)):
            key = await self._services.decks.keep(deck, member_id=ctx.member.id, now=ctx.now)
            reply = laid_out(reply, deck, key)
        reply = await self._actions.attach(reply, member_id=ctx.member.id, place=ctx.place, now=ctx.now)
        conversation = ctx.conversation
        redrawn = reply.replaces is not None and any(isinstance(part, Card) for part in reply.parts)
        if not redrawn:  # a card that is drawn again may be far up, and numbers mean the last answer
            numbers = {item.label: item.token for item in numbered(reply.parts) if item.token}
            new_list = any(isinstance(part, Card) and part.number is None for part in reply.parts)
            conversation.memory = conversation.memory.with_numbers(numbers, new_list=new_list)
        await self._conversations.save(conversation, ctx.now)
        return fit(reply, capabilities)


def _beginning(text: str) -> str:
    """The first MAX_READ characters, cut at a space when one is near."""
    space = text.rfind(" ", MAX_READ - 100, MAX_READ)
    return text[: space if space > 0 else MAX_READ]


def _which(error: Ambiguous, command: Command, args: Mapping[str, Any]) -> Reply:
    """The same command again for each title that may be meant."""
    if command.title is None or not error.choices:
        raise error
    options = tuple(
        Choice(label, Action(command.name, {**args, command.title.name: ref})) for label, ref in error.choices
    )
    return Reply((Choices(escape(str(error)), options),))


def _in_words(error: RecommendarrError) -> Reply:
    """An error as the person reads it."""
    if isinstance(error, Unavailable):
        log.warning("unavailable", service=error.service, error=str(error))
        return Reply((Text(_("I cannot do that right now: {reason}").format(reason=escape(str(error)))),))
    if not isinstance(error, UserFacing):
        log.warning("refused", error=str(error))
    return Reply((Text(escape(str(error))),))
