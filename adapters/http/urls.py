"""Builds the URL of a request. Query values are encoded strictly, since some services refuse anything looser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlsplit

from yarl import URL

from adapters.http.config import Query, Scalar

_PATH_SAFE = "/%:@!$&'()*+,;=~"
_DEFAULT_PORTS = {"http": 80, "https": 443}


def checked_base(base_url: str) -> str:
    """The base URL without its last slash. Raises: ValueError, when it is not an http(s) URL with a host."""
    text = base_url.strip().rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(base_url)
    _ = parts.port  # raises ValueError when it is none
    return text


def built(base: str, path: str, query: Query | None) -> URL:
    """The URL of a request. Raises: ValueError for a path that leaves its folder."""
    if path and not path.startswith("/"):
        path = "/" + path
    if any(segment in {".", ".."} for segment in path.replace("%2e", ".").replace("%2E", ".").split("/")):
        raise ValueError(path)
    text = base + quote(path, safe=_PATH_SAFE)
    encoded = encode_query(query)
    return URL(f"{text}?{encoded}" if encoded else text, encoded=True)


def encode_query(query: Query | None) -> str:
    """`name=value&...`: None is left out, a list repeats its name, a string is taken as already encoded."""
    if query is None or isinstance(query, str):
        return query or ""
    pairs = query.items() if isinstance(query, Mapping) else query
    return "&".join(
        f"{quote(name, safe='')}={quote(_text(single), safe='')}"
        for name, value in pairs
        for single in (value if isinstance(value, Sequence) and not isinstance(value, str) else (value,))
        if single is not None
    )


def _text(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def origin(url: URL) -> str:
    """Scheme, host and port, for people."""
    host = f"[{url.host}]" if url.host and ":" in url.host else url.host or ""
    return f"{url.scheme}://{host}" + ("" if url.port == _DEFAULT_PORTS.get(url.scheme) else f":{url.port}")


def may_follow(start: URL, target: URL) -> bool:
    """Whether a redirect stays on the same host and port, or only goes from plain to encrypted on the same host."""
    if start.host != target.host or target.scheme not in _DEFAULT_PORTS:
        return False
    if start.scheme == target.scheme:
        return start.port == target.port
    return start.scheme == "http" and (start.port, target.port) == (80, 443)
