"""Keeps interaction tokens out of the log: discord.py writes addresses there, and a token is a part of some."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/)[^/\s?]+")


class _WithoutTokens(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _TOKEN.sub(r"\1***", record.getMessage()), ()
        return True


_FILTER = _WithoutTokens()  # one, so that adding it again changes nothing


def keep_tokens_out_of_the_log() -> None:
    """From now on; may be called again."""
    for name in ("discord.http", "discord.webhook.async_"):
        logging.getLogger(name).addFilter(_FILTER)
