"""What somebody is answered whom nobody knows: how to be known, and nothing else. No search, no title, no model."""

from __future__ import annotations

import re
from datetime import datetime

from bot.chat.incoming import CommandCall, Incoming, Message, Press
from bot.chat.plain import escape, squeeze
from bot.chat.reply import Reply, Text
from bot.commands import linking as saying
from bot.i18n import gettext as _
from bot.services.actions import ActionsService
from bot.services.link_codes import read_code
from bot.services.linking import LinkingService

NOBODY = 0  # the id of no member: a stranger's buttons belong to their private place alone
_LINK = re.compile(r"[/!]\s?link(?:@\w+)?(?:\s+(?P<words>.*))?", re.IGNORECASE | re.DOTALL)
_LONGEST = 200


async def answer(
    incoming: Incoming,
    linking: LinkingService | None,
    actions: ActionsService,
    sorry: str,
    now: datetime,
    *,
    alone: bool,
) -> Reply:
    """One turn of a stranger; `sorry`: that they are not known; `alone`: nobody else reads the answer.

    Raises: UserFacing errors, Unavailable, Rejected.
    """
    author, place = incoming.author, incoming.place
    if linking is None:
        return Reply(_to_be_linked(incoming, sorry, alone=alone))
    words = await _words(incoming, actions, now)
    if words is not None and (reply := await saying.settled(linking, author, place, words)):
        return await _with_tokens(reply, incoming, actions, now)
    if not place.private:
        return Reply((*_to_be_linked(incoming, sorry, alone=alone), *saying.in_private().parts))
    if words and words.casefold() in linking.sign_ins.sources:
        reply = await saying.begin(linking, author, place, words.casefold(), author.locale)
    elif words:
        raise saying.unreadable()
    else:
        intro = "\n\n".join(part.markdown for part in _to_be_linked(incoming, sorry, alone=True))
        reply = await saying.ways(linking, author, intro)
    return await _with_tokens(reply, incoming, actions, now)


async def _words(incoming: Incoming, actions: ActionsService, now: datetime) -> str | None:
    """What was said to /link; None, when it was about anything else."""
    match incoming:
        case CommandCall():
            words = incoming.args.get("words") if incoming.name == "link" else None
            return str(words or "")[:_LONGEST] if incoming.name == "link" else None
        case Press():
            if not incoming.place.private:
                return None  # buttons in rooms are others'
            action = await actions.redeem(incoming.token, member_id=NOBODY, place=incoming.place, now=now)
            return str(action.args.get("words", ""))[:_LONGEST] if action.name == "link" else None
        case Message():
            text = squeeze(incoming.text[:_LONGEST])
            if match := _LINK.fullmatch(text):
                return (match["words"] or "").strip()
            return text if incoming.place.private and "-" in text and read_code(text) else None


def _to_be_linked(incoming: Incoming, sorry: str, *, alone: bool) -> tuple[Text, ...]:
    """How to be linked; where nobody else reads it with the account, which is what the owner needs to know."""
    if not alone:
        return (Text(escape(sorry)),)
    account = escape(f"{incoming.author.platform}:{incoming.author.account}")
    return (Text(escape(sorry)), Text(_("They need this: {account}").format(account=account)))


async def _with_tokens(reply: Reply, incoming: Incoming, actions: ActionsService, now: datetime) -> Reply:
    private = reply.private and not incoming.place.private
    reply = Reply(reply.parts, private=private)
    return await actions.attach(reply, member_id=None, place=incoming.place, now=now)
