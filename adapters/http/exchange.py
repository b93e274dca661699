"""One request and its answer over aiohttp: redirects within the host, a bounded body, and every foreign error named."""

from __future__ import annotations

import ssl
from collections.abc import Mapping

import aiohttp
from yarl import URL

from adapters.http import failures, urls
from adapters.http.addresses import PrivateAddressError, is_address, is_public
from adapters.http.config import HttpAnswer, HttpConfig
from adapters.http.failures import Failure

_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_LONGEST_CONNECT = 5.0  # seconds


class Exchange:
    """Sends one attempt; failures are returned, so that no foreign error hangs on ours with a URL in it."""

    def __init__(self, session: aiohttp.ClientSession, config: HttpConfig) -> None:
        self._session = session
        self._config = config
        self._timeout = aiohttp.ClientTimeout(total=config.timeout, sock_connect=min(config.timeout, _LONGEST_CONNECT))

    async def send(self, method: str, url: URL, body: bytes | None, headers: Mapping[str, str]) -> HttpAnswer | Failure:
        """The answer to one request, redirects followed where they stay on the host."""
        service = self._config.service
        status = 0
        for _hop in range(_MOST_REDIRECTS + 1):
            if self._config.public_only and url.host and is_address(url.host) and not is_public(url.host):
                return failures.not_public(service, urls.origin(url))
            answer = await self._guarded(method, url, body, headers)
            if isinstance(answer, Failure) or answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer
            status = answer.status
            try:
                target = url.join(URL(answer.headers["location"]))
            except ValueError:
                return failures.redirected(service, urls.origin(url), status)
            if method not in {"GET", "HEAD"} or not urls.may_follow(url, target):
                return failures.redirected(service, urls.origin(target), status)
            url = target
        return failures.redirected(service, urls.origin(url), status)

    async def _guarded(
        self, method: str, url: URL, body: bytes | None, headers: Mapping[str, str]
    ) -> HttpAnswer | Failure:
        try:
            return await self._sent(method, url, body, headers)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return self._translated(error, urls.origin(url))

    def _translated(self, error: Exception, address: str) -> Failure:
        service = self._config.service
        match error:
            case TimeoutError():
                return failures.too_slow(service, self._config.timeout)
            case ssl.SSLCertVerificationError():  # aiohttp's own error of a wrong certificate is one of these too
                return failures.untrusted(service, address)
            case aiohttp.ClientConnectorError() if isinstance(error.os_error, PrivateAddressError):
                return failures.not_public(service, address)
            case aiohttp.ClientPayloadError():
                return failures.broken_off(service)
            case aiohttp.InvalidURL():
                return failures.impossible(service)
            case aiohttp.ClientError() | OSError():
                return failures.unreachable(service, address)
            case _:
                return failures.impossible(service)

    async def _sent(
        self, method: str, url: URL, body: bytes | None, headers: Mapping[str, str]
    ) -> HttpAnswer | Failure:
        config = self._config
        async with self._session.request(
            method,
            url,
            data=body,
            headers=headers,
            timeout=self._timeout,
            allow_redirects=False,
            ssl=config.verify_tls,
        ) as response:
            parts: list[bytes] = []
            size = 0
            async for part in response.content.iter_chunked(_CHUNK):
                size += len(part)
                if size > config.max_bytes:
                    response.close()
                    return failures.too_large(config.service, config.max_bytes)
                parts.append(part)
            received = {name.lower(): value for name, value in response.headers.items()}
            return HttpAnswer(response.status, received, b"".join(parts), config.service)
