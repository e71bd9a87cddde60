"""Who may use the app without sign-in: one person, on this machine."""

from __future__ import annotations

from typing import Any

import pytest

from govmaturity.texts import LANGUAGES, say
from tests.making import run
from ui.access import LoopbackOnly, refusal

HERE = {"Host": "localhost:8501"}


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "[::1]", "localhost"]
)
def test_a_loopback_address_may_pass_at_either_end(address: str):
    assert refusal(address, "127.0.0.1", HERE) is None
    assert refusal("127.0.0.1", address, HERE) is None


@pytest.mark.parametrize(
    "address",
    [
        *("192.168.1.5", "10.0.0.1", "8.8.8.8", "0.0.0.0", "::", "fe80::1", "2001:db8::1"),
        *("::ffff:192.168.1.5", "128.0.0.1", "127.0.0.1.example.com", "unix", "", None),
    ],
)
def test_any_other_address_is_refused_at_either_end(address: str | None):
    assert refusal(address, "127.0.0.1", HERE) == "not_loopback"
    assert refusal("127.0.0.1", address, HERE) == "not_loopback"


@pytest.mark.parametrize(
    "header",
    [
        *("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Via"),
        *("X-Forwarded", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP"),
        *("x-forwarded-for", "X-FORWARDED-FOR", "vIA"),
    ],
)
def test_a_header_of_a_proxy_is_refused_whatever_it_says(header: str):
    assert refusal("127.0.0.1", "127.0.0.1", HERE | {header: "127.0.0.1"}) == "behind_proxy"
    assert refusal("127.0.0.1", "127.0.0.1", HERE | {header: ""}) == "behind_proxy"


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "localhost:8501", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8501"),
        *("[::1]", "[::1]:8501"),
    ],
)
def test_the_names_of_this_machine_may_pass(host: str):
    assert refusal("127.0.0.1", "127.0.0.1", {"Host": host}) is None
    assert refusal("127.0.0.1", "127.0.0.1", {"host": host}) is None


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8501", "localhost.evil.example", "127.0.0.1.nip.io"),
        *("evil-localhost", "192.168.1.5:8501", "[::2]:8501", "localhost@evil.example", "[evil]"),
    ],
)
def test_another_name_is_refused_since_a_site_may_point_its_own_name_here(host: str):
    assert refusal("127.0.0.1", "127.0.0.1", {"Host": host}) == "other_name"


def test_a_request_without_a_name_may_pass():
    # HTTP/1.0 from this machine; a browser always sends one.
    assert refusal("127.0.0.1", "127.0.0.1", {}) is None


def test_every_reason_has_its_words():
    for reason in ("behind_proxy", "not_loopback", "other_name", "not_routed"):
        assert len({say(f"access.{reason}", language) for language in LANGUAGES}) == 2


# As middleware -------------------------------------------------------------------------------


def asked(
    kind: str, client: Any, headers: dict[str, str], server: Any = ("127.0.0.1", 8501)
) -> tuple[bool, list[Any]]:
    """Whether the app behind was reached, and what was sent."""
    reached = False
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal reached
        reached = True

    async def receive() -> Any:
        return {"type": f"{kind}.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": kind,
        "method": "GET",
        "path": "/",
        "client": client,
        "server": server,
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }
    run(LoopbackOnly(app)(scope, receive, send))
    return reached, sent


LOCAL = ("127.0.0.1", 5000)


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_the_person_at_this_machine_reaches_the_app(kind: str):
    assert asked(kind, LOCAL, HERE) == (True, [])


@pytest.mark.parametrize(
    ("client", "headers", "server"),
    [
        (("192.168.1.5", 5000), HERE, ("127.0.0.1", 8501)),
        (None, HERE, ("127.0.0.1", 8501)),
        (LOCAL, HERE, ("192.168.1.2", 8501)),
        (LOCAL, HERE, None),
        (LOCAL, HERE, ("/run/app.sock", None)),
        (LOCAL, HERE | {"X-Forwarded-For": "127.0.0.1"}, ("127.0.0.1", 8501)),
        (LOCAL, {"Host": "evil.example"}, ("127.0.0.1", 8501)),
    ],
)
def test_a_stranger_is_refused_before_the_app_sees_anything(
    client: Any, headers: dict[str, str], server: Any
):
    reached, sent = asked("http", client, headers, server)
    assert not reached
    assert sent[0]["status"] == 403
    text = sent[1]["body"].decode("utf-8")
    assert len(text.strip().splitlines()) >= 2
    reached, sent = asked("websocket", client, headers, server)
    assert not reached
    assert (sent[0]["type"], sent[0]["code"]) == ("websocket.close", 1008)


def test_what_is_no_request_goes_through():
    assert asked("lifespan", None, {})[0]
