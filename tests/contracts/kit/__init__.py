"""Fake servers that know the official description of the service they play.

A fake serves real sockets on 127.0.0.1. Each request is checked against the description before a handler sees it, and
each answer before it leaves; whatever differs is kept in `server.violations`, and `assert_clean()` fails with them.

    server = DescribedServer(load("seerr"))                 # the names are those of `descriptions.KNOWN`

    @server.route("GET", "/search")                         # method and path template as the description has them
    def search(call: Call) -> Any:                          # plain or async
        if call.headers.get("X-Api-Key") != "secret":
            return Answer({"message": "no"}, status=403)
        return {"page": int(call.query.get("page", "1")), ...}      # anything JSON: status 200

    async with server:                                      # server.url is what a client is given (base path included)
        ...
        assert server.count("GET", "/search") == 3          # how many requests came in; server.requests holds them all
        server.assert_clean()

Tautulli's operations are named by their command, ("GET", "get_history"); Telegram's by their method,
("POST", "sendMessage"), served under /bot<token>/.

What a service does beyond its description is declared with the reason: `server.extra(...)` for a path,
`server.allow_query(...)`, `server.allow_status(...)`. `server.raw(...)` adds an aiohttp handler, for web sockets.
A handler that raises is a violation. It may return an aiohttp `StreamResponse` that it prepared itself on
`call.request`, which then goes unchecked.
`required_headers` names headers that every request must carry, with a regular expression of their value.
`known_fields=True` objects to fields in answers that the description does not name (`server.allow_field(...)` for those
that the service has all the same): a misspelt field of a fake would otherwise go unnoticed.
`check_answers=n` checks every n-th answer of an operation with a given status, for large libraries; the first always.

Faults, given to requests by their number (from 1) or by a seed (`Faults` has the details):

    server.faults.plan(Fault.TOO_MANY, at={2}, retry_after="1")
    server.faults.plan(Fault.SERVER_ERROR, every=5)
    server.faults.plan(Fault.DISCONNECT, at={1}, matching=lambda call: call.method == "POST", after=True)
    server.faults.seeded(seed=7, rate=0.2)                  # no request fails more than twice
    async with server.down(): ...                           # connections are refused, as in a restart

Where the descriptions are missing, `load` skips the test and says so.
"""

from __future__ import annotations

from tests.contracts.kit.calls import Answer, Call
from tests.contracts.kit.descriptions import load
from tests.contracts.kit.faults import Fault, Faults
from tests.contracts.kit.server import DescribedServer

__all__ = ["Answer", "Call", "DescribedServer", "Fault", "Faults", "load"]
