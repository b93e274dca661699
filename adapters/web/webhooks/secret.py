"""Who may call: whoever knows the secret, in the path or in a header. Compared in constant time."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Iterator

from starlette.datastructures import Headers

SECRET_HEADER = "X-Webhook-Secret"  # noqa: S105 - a header's name


def is_secret(given: str, secret: str) -> bool:
    """Whether they are the same; how long it takes says nothing about where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def is_authorised(headers: Headers, secret: str) -> bool:
    """Whether a header carries the secret: alone, as a bearer, or as the password of a name."""
    # All are compared, so that the time does not tell which was looked at.
    return sum(is_secret(given, secret) for given in _given(headers)) > 0


def _given(headers: Headers) -> Iterator[str]:
    yield headers.get(SECRET_HEADER, "")
    told = headers.get("Authorization", "")
    yield told
    scheme, _space, rest = told.partition(" ")
    if scheme.lower() == "bearer":
        yield rest.strip()
    if scheme.lower() == "basic":
        try:
            yield base64.b64decode(rest.strip(), validate=True).decode("utf-8", "replace").partition(":")[2]
        except (binascii.Error, ValueError):
            return
