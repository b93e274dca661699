"""What people are told of requests, in the language and the place in which they asked."""

from __future__ import annotations

from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Part, Reply, Text
from bot.commands.request_lists import decision
from bot.commands.request_steps import outcome
from bot.i18n import gettext as _
from bot.model.members import Member
from bot.ports.requests import FiledRequest, RequestState
from bot.ports.storage_requests import Filing, FilingState, Notice
from bot.services.requesting import ASKED


def worded(
    notice: Notice, filing: Filing, member: Member, asker: Member | None, *, buttons: bool = True
) -> Reply | None:
    """The notice in words; None, when there is nothing to tell any more.

    `member`: who is told; `asker`: whose request it is. Without `buttons` it names the command instead of numbers to
    type: those mean the list that somebody asked for, and something unasked must not take them over.
    """
    if notice.kind == ASKED:
        if filing.state is not FilingState.PENDING or filing.request_id is None:
            return None
        request = FiledRequest(
            filing.request_id, filing.ref, filing.account, RequestState.PENDING, seasons=filing.seasons
        )
        asked = decision(request, filing.title, asker.name if asker else filing.account)
        return Reply((asked if buttons else Text(f"{asked.prompt} {_('Write /requests to decide.')}"),))
    words = outcome(filing)
    if not notice.place.private:
        words = f"{escape(one_line(member.name, 60))}: {words}"
    parts: list[Part] = [Text(words)]
    if filing.state is FilingState.AVAILABLE and filing.reason:
        parts.append(Text(_("Why I suggested it: {reason}").format(reason=filing.reason)))
    if filing.state is FilingState.LOST:
        again = {"title": str(filing.ref)}
        if filing.seasons:
            again["seasons"] = ",".join(map(str, filing.seasons))
        choices = Choices(words, (Choice(_("Ask again"), Action("request", again)),))
        parts = [choices if buttons else Text(f"{words} {_('Write /request and the title to ask again.')}")]
    return Reply(tuple(parts))
