"""Discord, played locally: its gateway and its REST interface, for the real client library to connect to."""

from tests.fakes.services.discord.fake import FakeDiscord as FakeDiscord
from tests.fakes.services.discord.world import TOKEN as TOKEN
