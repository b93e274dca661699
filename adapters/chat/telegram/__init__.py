"""Telegram as a chat platform, on the Bot API: long polling or webhook in, photo cards with buttons out."""
