"""No answer waits for the acknowledgement of the one before."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from typing import Any

import pytest
import uvicorn

from tests.making import run
from ui.promptly import Promptly


@pytest.mark.parametrize("is_prompt", [False, True])
def test_a_connection_of_a_socket_that_names_no_protocol_is_set_right(is_prompt: bool):
    async def app(scope: Any, receive: Any, send: Any) -> None:
        transport = receive.__self__.transport
        connection = transport.get_extra_info("socket")
        is_on = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"on" if is_on else b"off"})

    # Opened as Streamlit does, without a protocol; else Python sets it itself.
    listening = socket.socket(socket.AF_INET)
    listening.bind(("127.0.0.1", 0))
    made = Promptly(app) if is_prompt else app
    config = uvicorn.Config(made, lifespan="off", log_level="warning", loop="asyncio")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        connection = http.client.HTTPConnection("127.0.0.1", listening.getsockname()[1], timeout=10)
        connection.request("GET", "/")
        assert connection.getresponse().read() == (b"on" if is_prompt else b"off")
        connection.close()
    finally:
        server.should_exit = True
        thread.join(10)


def test_a_server_of_another_kind_is_left_as_it_is():
    asked: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asked.append(scope["type"])

    async def receive() -> Any:
        return {}

    for kind in ("http", "websocket", "lifespan"):
        run(Promptly(app)({"type": kind}, receive, receive))  # type: ignore[arg-type]
    assert asked == ["http", "websocket", "lifespan"]
