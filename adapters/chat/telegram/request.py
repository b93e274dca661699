"""How calls reach the Bot API: over aiohttp, with nothing in logs or errors that would show the token.

The token is part of every address, so no address is ever logged, quoted or followed to another place.
"""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Any

import aiohttp
import structlog
from telegram import Update
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import JSONDict, ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

MAX_ANSWER = 32 << 20  # bytes; a hundred updates are far below
_UNREADABLE = (TypeError, KeyError, ValueError, AttributeError)

log = structlog.get_logger(__name__)


class Flood(TelegramError):
    """Too many calls. `seconds`: how long Telegram wants to be left alone.

    Raised here, because the library's own error warns of its future when it is made.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__("flood control")
        self.seconds = seconds


class Unreadable(TelegramError):
    """Telegram carried the call out, but its answer was lost or is damaged."""


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API. Files are never uploaded: pictures travel as addresses."""

    __slots__ = ("_connections", "_read_timeout", "_session")

    def __init__(self, *, connections: int = 32, read_timeout: float = 20.0) -> None:
        """`read_timeout`: seconds to wait for an answer when a call does not say otherwise."""
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool; it opens by itself at the first call, too."""
        self._open()

    async def shutdown(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - part of the base class
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - part of the base class
    ) -> tuple[int, bytes]:
        """Status and body of one call. Raises: Flood, TimedOut, Unreadable, NetworkError, without the address."""
        read = _seconds(read_timeout, self._read_timeout)
        connect = _seconds(connect_timeout, 10.0)
        timeout = aiohttp.ClientTimeout(total=read + connect, sock_connect=connect, sock_read=read)
        form = request_data.json_parameters if request_data else None
        status = 0
        try:
            async with self._open().request(
                method,
                url,
                data=form,
                timeout=timeout,
                allow_redirects=False,
            ) as answer:
                status = answer.status
                body = await _limited(answer)
                after = answer.headers.get("Retry-After", "")
        except TimeoutError:
            if status == HTTPStatus.OK:
                raise Unreadable("the answer did not end") from None
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if status == HTTPStatus.OK:
                raise Unreadable("the answer was cut off") from None
            raise NetworkError(f"no connection ({type(error).__name__})") from None
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Flood(_retry_after(body, after))
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """The answer as JSON. Raises: Unreadable; what could not be read is not repeated in the log."""
        try:
            parsed: Any = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            raise Unreadable("the answer is not JSON") from None
        if not isinstance(parsed, dict):
            raise Unreadable("the answer is not an object")
        if "result" not in parsed and parsed.get("ok") is not False:
            raise Unreadable("the answer holds no result")
        return parsed

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector, headers={"User-Agent": "Recommendarr"})
        return self._session


class PollingRequest(AiohttpRequest):
    """For getUpdates: an update that the library cannot read is emptied, so that it cannot block those after it."""

    __slots__ = ()

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """The answer with every update readable."""
        parsed = AiohttpRequest.parse_json_payload(payload)
        updates = parsed.get("result")
        if isinstance(updates, list):
            parsed["result"] = [_readable(update) for update in updates if _has_id(update)]
        return parsed


def read_update(raw: Any) -> Update | None:
    """One update as Telegram sent it; None when it is none, or one of a shape unknown to the library."""
    if not _has_id(raw):
        return None
    try:
        return Update.de_json(raw, None)
    except _UNREADABLE as error:
        log.warning("an update cannot be read and is left out", update=raw["update_id"], error=type(error).__name__)
        return None


def quiet_library() -> None:
    """The library writes its base address, and with it the token, to its debug log: no debug log of it."""
    logging.getLogger("telegram").setLevel(logging.INFO)
    logging.getLogger("telegram.Bot").setLevel(logging.INFO)


def _has_id(raw: Any) -> bool:
    return isinstance(raw, dict) and type(raw.get("update_id")) is int


def _readable(raw: JSONDict) -> JSONDict:
    return raw if read_update(raw) is not None else {"update_id": raw["update_id"]}


async def _limited(answer: aiohttp.ClientResponse) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in answer.content.iter_any():
        size += len(chunk)
        if size > MAX_ANSWER:
            raise NetworkError("the answer is too large")
        chunks.append(chunk)
    return b"".join(chunks)


def _retry_after(body: bytes, header: str) -> float:
    """Seconds to wait, from the body, else from the header; 1 where neither tells."""
    try:
        return max(0.0, float(json.loads(body)["parameters"]["retry_after"]))
    except (ValueError, KeyError, TypeError):
        return float(header) if header.isdecimal() else 1.0


def _seconds(value: ODVInput[float], default: float) -> float:
    return default if isinstance(value, DefaultValue) or value is None else float(value)
