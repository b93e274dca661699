"""The one HTTP client, for every service outside: `open_http` opens it, `Http.service` gives each service its own.

A `ServiceClient` repeats what is safe to repeat (GET and HEAD, or what is sent with `retry=True`), waits as long as
the service asks, keeps to the service's rate, stops asking a service that keeps failing, reads no more than it was
allowed, and tells every failure as `Unavailable` or `Rejected`, never with a secret in it.
"""

from __future__ import annotations

from adapters.http.config import HttpAnswer, HttpConfig, Query, Timing
from adapters.http.redaction import Redactor
from adapters.http.service import ServiceClient
from adapters.http.session import Http, open_http

__all__ = ["Http", "HttpAnswer", "HttpConfig", "Query", "Redactor", "ServiceClient", "Timing", "open_http"]
