"""Memory of conversations, and action tokens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from adapters.storage.tables import action_tokens, conversations
from adapters.storage.transaction import Transaction
from adapters.storage.types import from_json, to_json
from bot.model.conversations import ActionToken, Conversation
from bot.ports.clock import Clock


class ConversationRepository:
    """Conversations by key, tokens by their text."""

    def __init__(self, transaction: Transaction, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def load(self, key: str) -> Conversation | None:
        """The conversation of that key."""
        row = (await self._transaction.execute(select(conversations).where(conversations.c.key == key))).one_or_none()
        return None if row is None else Conversation(row.key, row.member_id, from_json(row.state), row.updated_at)

    async def save(self, conversation: Conversation) -> None:
        """Store a conversation; one without a time is of this moment."""
        await self._transaction.write()
        statement = self._transaction.insert(conversations).values(
            key=conversation.key,
            member_id=conversation.member_id,
            state=to_json(conversation.state),
            updated_at=conversation.updated_at or self._clock.now(),
        )
        replaced = {name: statement.excluded[name] for name in ("member_id", "state", "updated_at")}
        await self._transaction.execute(statement.on_conflict_do_update(index_elements=["key"], set_=replaced))

    async def amend(self, conversation: Conversation) -> bool:
        """Store the state of a conversation that nobody has changed since it was read."""
        await self._transaction.write()
        same = (conversations.c.key == conversation.key) & (conversations.c.updated_at == conversation.updated_at)
        changed = update(conversations).where(same).values(state=to_json(conversation.state))
        return (await self._transaction.execute(changed)).rowcount == 1

    async def add_tokens(self, tokens: Sequence[ActionToken]) -> None:
        """Store buttons. Raises: Unavailable, for a token that is taken."""
        if not tokens:
            return
        await self._transaction.write()
        rows = [
            {
                "token": token.token,
                "name": token.name,
                "args": to_json(token.args),
                "place": token.place,
                "member_id": token.member_id,
                "created_at": token.created_at,
                "expires_at": token.expires_at,
                "spent_at": token.spent_at,
                "once": token.once,
            }
            for token in tokens
        ]
        await self._transaction.execute(insert(action_tokens), rows)

    async def token(self, token: str) -> ActionToken | None:
        """The button behind a token, spent and expired ones included."""
        row = (
            await self._transaction.execute(select(action_tokens).where(action_tokens.c.token == token))
        ).one_or_none()
        if row is None:
            return None
        return ActionToken(
            token=row.token,
            name=row.name,
            args=from_json(row.args),
            place=row.place,
            member_id=row.member_id,
            created_at=row.created_at,
            expires_at=row.expires_at,
            spent_at=row.spent_at,
            once=row.once,
        )

    async def spend(self, token: str, at: datetime, *, by: str | None = None) -> bool:
        """Mark a token as spent. True for exactly one caller (the same `by` is the same caller), and for another only
        after that one has rolled back."""
        await self._transaction.write()
        unspent = action_tokens.c.spent_at.is_(None)
        result = await self._transaction.execute(
            update(action_tokens)
            .where(
                action_tokens.c.token == token, unspent if by is None else unspent | (action_tokens.c.spent_by == by)
            )
            .values(spent_at=at, spent_by=by)
        )
        return result.rowcount == 1

    async def purge(self, before: datetime) -> int:
        """Forget tokens that expired and conversations untouched since `before`; returns the rows deleted."""
        await self._transaction.write()
        tokens = await self._transaction.execute(delete(action_tokens).where(action_tokens.c.expires_at < before))
        memory = await self._transaction.execute(delete(conversations).where(conversations.c.updated_at < before))
        return tokens.rowcount + memory.rowcount
