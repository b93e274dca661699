"""What can go wrong with a request, in our own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from adapters.http.config import UNREADABLE, HttpAnswer, parsed
from adapters.http.config import unreadable as unreadable_sentence
from bot.errors import Rejected, Unavailable
from bot.i18n import gettext as _

_LONGEST_DETAIL = 200
_TEMPORARY = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 528)})


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed attempt. `temporary`: another may work. `refused`: the service said no. `wait`: seconds it asked for.

    `healthy`: it answered as it should, so that the failure does not count against it.
    """

    service: str
    sentence: str
    status: int | None = None
    temporary: bool = False
    refused: bool = False
    healthy: bool = False
    wait: float | None = None

    def __str__(self) -> str:
        return self.sentence

    def error(self, redact: Callable[[str], str] = str) -> Unavailable | Rejected:
        """The error to raise, without secrets."""
        kind = Rejected if self.refused else Unavailable
        return kind(self.service, redact(self.sentence), status=self.status)


def of_status(answer: HttpAnswer, wait: float | None) -> Failure:
    """The failure behind a status that is not a success."""
    status, service = answer.status, answer.service
    if status == 429:
        sentence = _("{service} asks us to wait: too many requests.").format(service=service)
        return Failure(service, sentence, status, temporary=True, healthy=True, wait=wait)
    if status in _TEMPORARY or status >= 500:
        sentence = _("{service} has a problem of its own (status {status}).").format(service=service, status=status)
        return Failure(service, sentence, status, temporary=status in _TEMPORARY, wait=wait)
    if status in {401, 403}:
        sentence = _("{service} does not accept the key or token, or it may not do this (status {status}).")
    elif status == 404:
        sentence = _("{service} knows nothing of that (status {status}).")
    else:
        sentence = _("{service} refused the request (status {status}).")
    sentence = sentence.format(service=service, status=status)
    detail = _detail(answer.body)
    return Failure(service, f"{sentence} {detail}".rstrip(), status, refused=True, healthy=True)


def _detail(body: bytes) -> str:
    """The service's own words, where it sent JSON with a message; other bodies (pages) are no words for people."""
    value: Any = parsed(body) if len(body) < 100_000 else UNREADABLE
    if not isinstance(value, dict):
        return ""
    words = next((value[key] for key in ("message", "status_message", "error") if isinstance(value.get(key), str)), "")
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    return words if len(words) <= _LONGEST_DETAIL else words[: _LONGEST_DETAIL - 1] + "…"


def unreadable(answer: HttpAnswer) -> Failure:
    """A success whose body is cut short or no JSON."""
    return Failure(answer.service, unreadable_sentence(answer.service), answer.status, temporary=True)


def paused(service: str) -> Failure:
    """The breaker is open."""
    sentence = _("{service} has failed several times in a row and is left alone for a moment.")
    return Failure(service, sentence.format(service=service))


def impossible(service: str) -> Failure:
    """A request that cannot even be written down, such as a header with a line break in it."""
    sentence = _("The request to {service} cannot be sent: its address or key holds what must not be there.")
    return Failure(service, sentence.format(service=service), refused=True, healthy=True)


def unreachable(service: str, address: str) -> Failure:
    """No connection, or one that broke."""
    sentence = _("{service} cannot be reached at {address}.").format(service=service, address=address)
    return Failure(service, sentence, temporary=True)


def broken_off(service: str) -> Failure:
    """The connection ended in the middle of an answer."""
    sentence = _("{service} broke off in the middle of an answer.").format(service=service)
    return Failure(service, sentence, temporary=True)


def too_slow(service: str, seconds: float) -> Failure:
    """No whole answer in time."""
    sentence = _("{service} did not answer within {seconds} seconds.").format(service=service, seconds=f"{seconds:g}")
    return Failure(service, sentence, temporary=True)


def too_large(service: str, limit: int) -> Failure:
    """An answer longer than allowed."""
    sentence = _("{service} sent more than {limit} MiB.").format(service=service, limit=f"{limit / (1 << 20):g}")
    return Failure(service, sentence)


def untrusted(service: str, address: str) -> Failure:
    """A certificate that does not prove the host."""
    sentence = _("The certificate of {service} at {address} cannot be verified.")
    return Failure(service, sentence.format(service=service, address=address))


def not_public(service: str, address: str) -> Failure:
    """An address that people supplied and that is not on the public internet."""
    sentence = _("{address} is not an address on the public internet.").format(address=address)
    return Failure(service, sentence, refused=True, healthy=True)


def redirected(service: str, address: str, status: int) -> Failure:
    """A redirect to somewhere that must not see our key."""
    sentence = _("{service} sends us on to {address}; if that is where it lives, its URL must be set to that.")
    return Failure(service, sentence.format(service=service, address=address), status, refused=True, healthy=True)
