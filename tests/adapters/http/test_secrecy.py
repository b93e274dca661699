"""What never leaves: secrets, to logs, errors or other hosts; and where people may not send us."""

from __future__ import annotations

import base64
import datetime
import ipaddress
import socket
import ssl
import traceback
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
import structlog
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from adapters.http import HttpConfig, Redactor, addresses, open_http
from adapters.http.addresses import is_public
from bot.errors import InvalidSettings, Rejected, Unavailable
from tests.adapters.http.servers import Script, StandingClock, served, status, text

SECRET = "s3cr3t/tök+en =&?"
FORMS = [
    SECRET,
    quote(SECRET, safe=""),
    quote(SECRET),
    quote_plus(SECRET),
    quote(SECRET, safe="").lower(),
    base64.b64encode(SECRET.encode()).decode(),
]


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_is_blotted_out_in_every_form(form: str) -> None:
    told = Redactor(["other", SECRET, "s3cr3t"])(f"GET /x?key={form}&page=1 failed")
    assert "s3cr3t" not in told
    assert form not in told
    assert told.startswith("GET /x?key=") and "failed" in told


def test_nothing_else_is_blotted_out() -> None:
    assert Redactor(["", "a"])("a plain text") == "a plain text"
    assert Redactor([])("a plain text") == "a plain text"


@pytest.mark.parametrize("failure", ["echo", "status", "drop", "cut", "refuse", "redirect"])
async def test_no_failure_tells_the_secret(failure: str) -> None:
    async def respond(request: web.Request) -> web.StreamResponse:
        if failure == "echo":
            words = f"bad key {request.query['key']} in {request.raw_path} {request.headers['X-Key']}"
            return web.json_response({"message": words}, status=401)
        if failure == "redirect":
            raise web.HTTPFound(f"http://localhost/login?next={request.raw_path}")
        if failure == "drop":
            assert request.transport
            request.transport.close()
        if failure == "cut":
            response = web.StreamResponse(headers={"Content-Length": "100"})
            await response.prepare(request)
            await response.write(b"{")
            assert request.transport
            request.transport.close()
            return response
        return web.Response(status=500, text=request.raw_path)

    clock = StandingClock()
    headers = {"X-Key": quote(SECRET)}
    with structlog.testing.capture_logs() as logs:
        async with served(respond) as url:
            base = url.replace("http://", f"http://user:{quote(SECRET, safe='')}@")
            if failure == "refuse":
                base = "http://127.0.0.1:1"
            async with open_http(timing=clock.timing) as http:
                client = http.service(HttpConfig("Plex", base, headers=headers, secrets=(SECRET,)))
                with pytest.raises((Unavailable, Rejected)) as told:
                    await client.get_json("/x", query={"key": SECRET})
    everything = "".join(traceback.format_exception(told.value)) + repr(told.value.__context__) + str(logs)
    everything += repr(client.config) + client.address
    assert logs
    for form in FORMS:
        assert form not in everything


async def test_a_password_in_the_address_authenticates_and_is_not_told() -> None:
    script = Script(status(401))
    async with served(script) as url, open_http() as http:
        client = http.service(HttpConfig("Plex", url.replace("//", "//anna:hunter22@")))
        with pytest.raises(Rejected) as told:
            await client.get_json("/x")
    assert script.seen[0].headers["Authorization"] == "Basic " + base64.b64encode(b"anna:hunter22").decode()
    assert "hunter22" not in str(told.value) + client.address


async def test_a_redirect_within_the_host_is_followed() -> None:
    async def respond(request: web.Request) -> web.StreamResponse:
        if request.path == "/old":
            raise web.HTTPPermanentRedirect("/new?page=2")
        return web.json_response([request.raw_path, request.headers["X-Key"]])

    async with served(respond) as url, open_http() as http:
        client = http.service(HttpConfig("Plex", url, headers={"X-Key": "key"}))
        assert await client.get_json("/old") == ["/new?page=2", "key"]


async def test_a_redirect_to_another_host_or_port_is_not_followed() -> None:
    thief = Script(text("{}"))
    async with served(thief) as elsewhere, open_http() as http:
        for location in (
            elsewhere,
            elsewhere.replace("127.0.0.1", "localhost"),
            "//evil.example/x",
            "file:///etc/passwd",
        ):
            async with served(Script(status(302, Location=location))) as url:
                with pytest.raises(Rejected, match="sends us on"):
                    await http.service(HttpConfig("Plex", url, headers={"X-Key": "key"})).get_json("/x")
    assert not thief.seen


async def test_redirects_end() -> None:
    script = Script(status(302, Location="/x"))
    async with served(script) as url, open_http() as http:
        with pytest.raises(Rejected, match="sends us on"):
            await http.service(HttpConfig("Plex", url)).get_json("/x")
    assert len(script.seen) == 6


async def test_a_command_is_never_redirected() -> None:
    script = Script(status(307, Location="/y"))
    async with served(script) as url, open_http() as http:
        with pytest.raises(Rejected):
            await http.service(HttpConfig("Seerr", url)).send_json("POST", "/x", {})
    assert len(script.seen) == 1


async def test_cookies_of_one_request_do_not_travel_with_the_next() -> None:
    script = Script(lambda: web.json_response(1, headers={"Set-Cookie": "connect.sid=anna; Path=/"}))
    async with served(script) as url, open_http() as http:
        client = http.service(HttpConfig("Seerr", url))
        await client.get_json("/x")
        await client.get_json("/x")
    assert "Cookie" not in script.seen[1].headers


async def test_query_values_are_encoded_strictly() -> None:
    script = Script(text("1"))
    async with served(script) as url, open_http() as http:
        client = http.service(HttpConfig("Seerr", url + "/base/"))
        await client.get_json(
            "/a b/ü", query={"query": "it's 50% + *(a)!:/?#[]@$&,;=", "page": 2, "n": None, "on": True}
        )
        await client.get_json("x", query="query=a%20b")
        await client.get_json("/x", query=[("type", 1), ("updatedAt>", 5)])
        await client.get_json("/x", query={"id": ["a", "b"]})
    raw = [request.raw_path for request in script.seen]
    assert raw[0] == (
        "/base/a%20b/%C3%BC?query=it%27s%2050%25%20%2B%20%2A%28a%29%21%3A%2F%3F%23%5B%5D%40%24%26%2C%3B%3D&page=2&on=true"
    )
    assert raw[1:] == ["/base/x?query=a%20b", "/base/x?type=1&updatedAt%3E=5", "/base/x?id=a&id=b"]


@pytest.mark.parametrize("path", ["/../admin", "/a/%2e%2e/admin", "/a/./b"])
async def test_a_path_cannot_leave_its_folder(path: str) -> None:
    script = Script(text("1"))
    async with served(script) as url, open_http() as http:
        with pytest.raises(Rejected):
            await http.service(HttpConfig("Plex", url + "/plex")).get_json(path)
    assert not script.seen


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "€"])
async def test_a_key_that_cannot_be_sent_is_one_sentence(value: str) -> None:
    async with served(Script(text("1"))) as url, open_http() as http:
        client = http.service(HttpConfig("Plex", url, headers={"X-Key": value}, secrets=(value,)))
        try:
            await client.get_json("/x")
        except Rejected as error:
            assert "cannot be sent" in str(error)
        else:
            assert value == "€"


@pytest.mark.parametrize(
    "address", ["", "plex", "plex:32400", "ftp://plex", "http://", "http://plex:x", "http://plex/?a=1"]
)
async def test_an_address_that_is_none_is_a_wrong_setting(address: str) -> None:
    async with open_http() as http:
        with pytest.raises(InvalidSettings, match="Plex"):
            http.service(HttpConfig("Plex", address))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "server")])
    today = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder: Path = tmp_path_factory.mktemp("tls")
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain) + signed.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem")
    return context


async def test_certificates_are_verified_unless_that_is_switched_off(certificate: ssl.SSLContext) -> None:
    script = Script(text("1"))
    clock = StandingClock()
    async with served(script, certificate) as url, open_http(timing=clock.timing) as http:
        strict = http.service(HttpConfig("Plex", url))
        with pytest.raises(Unavailable, match="certificate"):
            await strict.get_json("/x")
        assert (script.seen, strict.requests) == ([], 1)
        assert await http.service(HttpConfig("Plex", url, verify_tls=False)).get_json("/x") == 1


PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "192.168.1.1",
    "172.16.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
]
PRIVATE += [
    "::1",
    "::",
    "fe80::1%eth0",
    "fd00::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "255.255.255.255",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_recognised(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_recognised(address: str) -> None:
    assert is_public(address)


class Names(AbstractResolver):
    """Resolves to one list of addresses after the other, the last one for ever."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked += 1
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [
            ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)
            for address in found
        ]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"])
async def test_a_private_address_that_a_person_supplied_is_refused(host: str) -> None:
    script = Script(text("1"))
    async with served(script) as url, open_http() as http:
        port = url.rsplit(":", 1)[1]
        client = http.service(HttpConfig("List", f"http://{host}:{port}", public_only=True))
        with pytest.raises(Rejected, match="public internet"):
            await client.get_json("/x")
    assert not script.seen


@pytest.mark.parametrize("resolved", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["10.0.0.1"]])
async def test_a_name_with_any_private_address_is_refused(resolved: list[str]) -> None:
    script = Script(text("1"))
    async with served(script) as url, open_http(resolver=Names(resolved)) as http:
        port = url.rsplit(":", 1)[1]
        client = http.service(HttpConfig("List", f"http://list.example:{port}", public_only=True))
        with pytest.raises(Rejected, match="public internet"):
            await client.get_json("/x")
        # The same name is fine for a service that the owner configured.
        if resolved == ["127.0.0.1"]:
            assert await http.service(HttpConfig("Plex", f"http://list.example:{port}")).get_json("/x") == 1


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "localhost"])
async def test_other_spellings_of_a_private_address_are_refused(host: str) -> None:
    script = Script(text("1"))
    async with served(script) as url, open_http() as http:
        port = url.rsplit(":", 1)[1]
        client = http.service(HttpConfig("List", f"http://{host}:{port}", public_only=True, attempts=1))
        with pytest.raises((Rejected, Unavailable)):
            await client.get_json("/x")
    assert not script.seen


async def test_a_redirect_of_a_public_address_to_a_private_one_is_refused() -> None:
    script = Script(status(302, Location="http://127.0.0.1/"))
    async with served(script) as url, open_http() as http:
        client = http.service(HttpConfig("List", url))
        with pytest.raises(Rejected):
            await client.get_json("/x")
    assert len(script.seen) == 1


async def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that turns private right after the check: it is not looked up again for the connection."""
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    names = Names(["127.0.0.1"], ["127.0.0.2"])
    async with served(Script(text("1"))) as url, open_http(resolver=names) as http:
        port = url.rsplit(":", 1)[1]
        assert (
            await http.service(HttpConfig("List", f"http://list.example:{port}", public_only=True)).get_json("/x") == 1
        )
    assert names.asked == 1
