"""Signatures of both directions: hex HMAC-SHA256, keyed with the shared secret, over a random string and the content.

Incoming, the content is the raw body. Outgoing, it is the text of the message alone, or the emoji of a reaction.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping

RANDOM_BYTES = 32  # drawn for each outgoing request; 64 characters, and Nextcloud asks for 32 at least
SIGNATURE_LENGTH = 64


def signature(secret: str, random: bytes, content: bytes) -> str:
    """The signature in lower case."""
    return hmac.new(secret.encode(), random + content, hashlib.sha256).hexdigest()


def is_signed(secret: str, random: str, content: bytes, given: str) -> bool:
    """Whether the signature belongs to the content; takes the same time wherever the two differ."""
    wanted = signature(secret, random.encode("latin-1", "replace"), content)
    return hmac.compare_digest(wanted.encode(), given.lower().encode("utf-8", "replace"))


def signed_headers(secret: str, content: str) -> Mapping[str, str]:
    """What an outgoing request with this text or emoji carries."""
    random = secrets.token_hex(RANDOM_BYTES)
    return {
        "X-Nextcloud-Talk-Bot-Random": random,
        "X-Nextcloud-Talk-Bot-Signature": signature(secret, random.encode(), content.encode()),
    }
