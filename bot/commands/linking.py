"""What is said on the way to a link, to strangers and to people who are known already."""

from __future__ import annotations

from bot.chat.incoming import Author, Place
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Part, Reply, Text
from bot.errors import InvalidInput
from bot.i18n import gettext as _
from bot.services.claims import Claim
from bot.services.joining import Linked
from bot.services.link_codes import Offer, read_code
from bot.services.linking import LinkingService

DONE = "done"
CLAIM = "claim:"
_SERVERS = {"plex": "Plex", "jellyfin": "Jellyfin"}


def server_name(source: str) -> str:
    """A media server as people call it."""
    return _SERVERS.get(source, source.capitalize())


async def ways(linking: LinkingService, author: Author, intro: str) -> Reply:
    """How somebody can prove who they are: private places only."""
    options = [
        Choice(_("Sign in with {server}").format(server=server_name(source)), press(source))
        for source in linking.sign_ins.sources
    ]
    lines = [intro]
    claim = await linking.claims.of(author)
    if claim is not None:
        lines.append(_claimed(claim))
        options.insert(0, Choice(_("Yes, that is me"), press(CLAIM + claim.key)))
    if linking.sign_ins.sources:
        words = " · ".join(f"`/link {source}`" for source in linking.sign_ins.sources)
        lines.append(_("To tell me who you are, sign in: {commands}").format(commands=words))
    lines.append(
        _("If I know you on another platform: send /link there in private, and type here /link and the code you get.")
    )
    text = "\n\n".join(lines)
    return Reply((Choices(text, tuple(options)) if options else Text(text),), private=True)


def in_private() -> Reply:
    """What is said in a room, where others would read along."""
    words = _(
        "Write to me privately and send /link there. If I know you on another platform already, a code from there "
        "works here too: /link and the code."
    )
    return Reply((Text(words),))


async def begin(linking: LinkingService, author: Author, place: Place, source: str, locale: str | None) -> Reply:
    """Begin a sign-in and say what to do. Raises: InvalidInput, NotAllowed, Unavailable, Rejected."""
    code = await linking.sign_ins.begin(author, place, source, locale)
    server = server_name(source)
    parts: list[Part] = []
    if source == "plex" and code.url:
        parts.append(Text(_("Open this page, sign in with Plex and agree: {url}").format(url=code.url)))
    else:
        shown = escape(one_line(code.code, 40))
        steps = _("In a {server} app where you are signed in, open Quick Connect and enter **{code}**.")
        text = steps.format(server=server, code=shown)
        parts.append(Text(f"{text} {code.url}" if code.url else text))
    minutes = max(1, min(code.lifetime, 600) // 60)
    wait = _(
        "I wait for {n} minutes and then tell you here. I never see your password, and forget the sign-in as soon as I "
        "know who you are. Do this only if you asked for it yourself."
    )
    parts.append(Choices(wait.format(n=minutes), (Choice(_("I have agreed"), press(DONE)),)))
    return Reply(tuple(parts), private=True)


async def settled(linking: LinkingService, author: Author, place: Place, words: str) -> Reply | None:
    """The answer to a code, a press or a yes; None, when the words are none of these.

    Raises: NotFound, NotAllowed, InvalidInput, Unavailable, Rejected.
    """
    word = words.strip()
    if place.private and word.casefold() == DONE:
        linked = await linking.sign_ins.check(author)
        return (
            Reply(
                (
                    Text(
                        _("Not yet: agree over there first."),
                    ),
                )
            )
            if linked is None
            else welcome(linked)
        )
    if place.private and word.startswith(CLAIM):
        return welcome(await linking.claims.accept(author, word.removeprefix(CLAIM)))
    if read_code(word) is None:
        return None
    result = await linking.codes.use(author, word)
    return welcome(result) if isinstance(result, Linked) else _agree(result, place, word)


def welcome(linked: Linked) -> Reply:
    """The first words to somebody who is known from now on."""
    hello = _("Hello {name}, now I know you!").format(name=f"**{escape(one_line(linked.member.name, 60))}**")
    rest = _(
        "What you may see is being read right now. Say what you are in the mood for, or send /recommend; /help shows "
        "the rest, and /unlink undoes this."
    )
    return Reply((Text(f"{hello} {rest}"),))


def unreadable() -> InvalidInput:
    """What is said to words that mean nothing here."""
    return InvalidInput(_("That is no code of mine. Send /link alone, and I tell you what works."))


def press(words: str) -> Action:
    """The press of a button that says these words to /link."""
    return Action("link", {"words": words})


def _claimed(claim: Claim) -> str:
    return _("{user} of the request service named this account as theirs, which would make you {name} here.").format(
        user=f"**{escape(one_line(claim.name, 60))}**", name=f"**{escape(one_line(claim.member.name, 60))}**"
    )


def _agree(offer: Offer, place: Place, word: str) -> Reply:
    name = f"**{escape(one_line(offer.member.name, 60))}**"
    said = _("The code is right. It makes you {name} here: one taste, one history, one list for both accounts.")
    if not place.private:
        again = _("If that is you, send the same once more.")
        return Reply((Text(f"{said.format(name=name)} {again}"),))
    return Reply((Choices(said.format(name=name), (Choice(_("Yes, that is me"), press(word)),)),))
