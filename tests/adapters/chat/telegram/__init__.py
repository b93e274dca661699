"""Telegram, against a Bot API on this machine."""
