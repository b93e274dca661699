"""Blots secrets out of text, in every form in which a client or a service may repeat them."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

BLOT = "***"
_SHORTEST = 4  # blotting shorter ones would make every text unreadable and hide nothing


class Redactor:
    """Callable: text → the text without the secrets."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets if len(secret) >= _SHORTEST for form in _forms(secret)}
        ordered = sorted(forms, key=lambda form: (-len(form), form))  # the longest first: one may begin another
        self._pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def __call__(self, text: str) -> str:
        return self._pattern.sub(BLOT, text) if self._pattern else text


def _forms(secret: str) -> set[str]:
    encoded = {quote(secret, safe=""), quote(secret), quote_plus(secret)}
    lowered = {re.sub(r"%[0-9A-F]{2}", lambda match: match.group().lower(), form) for form in encoded}
    written = {json.dumps(secret)[1:-1], html.escape(secret), repr(secret)[1:-1]}
    plain = base64.b64encode(secret.encode()).decode().rstrip("=")
    return {secret, plain} | encoded | lowered | written
