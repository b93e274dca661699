"""Discord as a chat platform: application commands, components, mentions and direct messages."""

from adapters.chat.discord.commands import CompleteTitle as CompleteTitle
from adapters.chat.discord.gateway import DiscordPlatform as DiscordPlatform
