"""Nextcloud Talk as a chat platform: signed webhooks in, signed messages and reactions out, several servers at once."""

from adapters.chat.nextcloud_talk.platform import TalkPlatform as TalkPlatform
from adapters.chat.nextcloud_talk.servers import TalkServer as TalkServer
from adapters.chat.nextcloud_talk.servers import talk_config as talk_config
