"""Makes one title of two: everything that hangs on the one is moved to the other."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, delete, exists, select, update

from adapters.storage.people_tables import watchlist_titles
from adapters.storage.repositories.versions import advance_histories
from adapters.storage.sync_tables import server_items, title_links, title_metadata, title_requests
from adapters.storage.tables import (
    exposures,
    feedback,
    hides,
    library_titles,
    members,
    overrides,
    quiz_picks,
    ratings,
    recommendation_log,
    titles,
    watch_events,
)
from adapters.storage.transaction import Transaction
from bot.model.feedback import Verdict

_FREE = (watch_events, exposures, recommendation_log, server_items)  # rows that never stand in each other's way


async def merge_title(transaction: Transaction, loser: int, winner: int) -> None:
    """Move everything of `loser` to `winner` and delete `loser`, its references and aliases included.

    Of two rows that cannot stand beside each other the newer rating and verdict, the longer hide, the earlier pick
    and the earlier date in a library stay; of two overrides that of `winner`.
    """
    execute = transaction.execute
    # Waits for histories that are being written for this title, so that they move too.
    await execute(select(titles.c.id).where(titles.c.id.in_([loser, winner])).order_by(titles.c.id).with_for_update())
    await _advance_affected(transaction, (loser, winner))
    for table in _FREE:
        await execute(update(table).where(table.c.title_id == loser).values(title_id=winner))
    await _keep_better(transaction, ratings, ("member_id", "source"), "rated_at", loser, winner)
    await _keep_better(transaction, feedback, ("member_id", "verdict"), "given_at", loser, winner)
    await _keep_last_word(transaction, winner)
    await _keep_better(transaction, hides, ("member_id",), "expires_at", loser, winner)
    await _keep_better(transaction, quiz_picks, ("member_id",), "picked_at", loser, winner, smaller=True)
    await _keep_better(transaction, watchlist_titles, ("list_id",), "added_at", loser, winner, smaller=True)
    await _keep_better(transaction, library_titles, ("library_id",), "added_at", loser, winner, smaller=True)
    await _keep_better(transaction, title_metadata, (), "fetched_at", loser, winner)
    await _keep_better(transaction, title_requests, (), "changed_at", loser, winner)
    await _move_links(transaction, loser, winner)
    await _move_overrides(transaction, loser, winner)
    await execute(delete(titles).where(titles.c.id == loser))


async def _advance_affected(transaction: Transaction, ids: tuple[int, int]) -> None:
    """Every member who has something on either title gets a new history version."""
    tables = (watch_events, ratings, feedback, hides, quiz_picks)
    concerned: list[ColumnElement[bool]] = [
        exists().where(table.c.member_id == members.c.id, table.c.title_id.in_(ids)) for table in tables
    ]
    concerned.append(
        exists().where(
            overrides.c.member_id == members.c.id,
            overrides.c.subject == "title",
            overrides.c.value.in_([str(title_id) for title_id in ids]),
        )
    )
    found: set[int] = set()
    for condition in concerned:
        found |= set((await transaction.execute(select(members.c.id).where(condition))).scalars())
    await advance_histories(transaction, found)


async def _keep_better(
    transaction: Transaction,
    table: Table,
    same: tuple[str, ...],
    by: str,
    loser: int,
    winner: int,
    *,
    smaller: bool = False,
) -> None:
    """Move the rows; where both titles have a row with the `same` values, that with the larger `by` stays."""
    other = table.alias("other")
    alike = [table.c[name] == other.c[name] for name in same]
    better = other.c[by] <= table.c[by] if smaller else other.c[by] >= table.c[by]
    beaten = exists().where(other.c.title_id == winner, *alike, better | table.c[by].is_(None)).correlate(table)
    await transaction.execute(delete(table).where(table.c.title_id == loser, beaten))
    rival = exists().where(other.c.title_id == loser, *alike).correlate(table)
    await transaction.execute(delete(table).where(table.c.title_id == winner, rival))
    await transaction.execute(update(table).where(table.c.title_id == loser).values(title_id=winner))


async def _keep_last_word(transaction: Transaction, title_id: int) -> None:
    """A member cannot both like and dislike a title: the newer verdict stays, a dislike if they are of one moment."""
    other = feedback.alias("other")
    opposite = (feedback.c.verdict == Verdict.LIKE.value) & (other.c.verdict == Verdict.DISLIKE.value)
    older = exists().where(
        other.c.member_id == feedback.c.member_id,
        other.c.title_id == title_id,
        (opposite & (other.c.given_at >= feedback.c.given_at))
        | (
            (feedback.c.verdict == Verdict.DISLIKE.value)
            & (other.c.verdict == Verdict.LIKE.value)
            & (other.c.given_at > feedback.c.given_at)
        ),
    )
    await transaction.execute(delete(feedback).where(feedback.c.title_id == title_id, older.correlate(feedback)))


async def _move_links(transaction: Transaction, loser: int, winner: int) -> None:
    """Links of the loser in both directions; where both titles have one, that of the winner stays."""
    other = title_links.alias("other")
    for end, far in (("title_id", "other_id"), ("other_id", "title_id")):
        taken = exists().where(
            other.c[end] == winner, other.c[far] == title_links.c[far], other.c.relation == title_links.c.relation
        )
        theirs = title_links.c[end] == loser
        beaten = taken.correlate(title_links) | (title_links.c[far] == winner)
        await transaction.execute(delete(title_links).where(theirs, beaten))
        await transaction.execute(update(title_links).where(theirs).values({end: winner}))


async def _move_overrides(transaction: Transaction, loser: int, winner: int) -> None:
    about_titles = overrides.c.subject == "title"
    other = overrides.alias("other")
    taken = exists().where(
        other.c.member_id == overrides.c.member_id, other.c.subject == "title", other.c.value == str(winner)
    )
    theirs = about_titles & (overrides.c.value == str(loser))
    await transaction.execute(delete(overrides).where(theirs, taken.correlate(overrides)))
    await transaction.execute(update(overrides).where(theirs).values(value=str(winner)))
