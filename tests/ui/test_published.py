"""Releases under plain addresses: whole or in parts, kept for ever, and nothing but releases."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from govmaturity.store.service import Store
from govmaturity.store.uploads import HOME_SETTING
from tests.store.making import ADMINISTRATOR, TIANHE, YUEXIU, approve, send
from ui import published

FULL = {"a": 40, "b": 60, "r": 2}


@dataclass(frozen=True)
class Answer:
    status_code: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass(frozen=True)
class Client:
    """Asks a real server, address by address as it is written."""

    port: int

    def get(self, path: str, headers: Mapping[str, str] | None = None, how: str = "GET") -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(how, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, answer.read())
        finally:
            connection.close()


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setenv("GOVMATURITY_HOME", str(tmp_path))
    config = uvicorn.Config(Starlette(routes=published.ROUTES), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield Client(server.servers[0].sockets[0].getsockname()[1])
    server.should_exit = True
    thread.join()
    published.store().close()


@pytest.fixture
def store(client: Client) -> Store:
    made = published.store()
    send(made, {TIANHE: FULL, YUEXIU: FULL})
    approve(made, TIANHE)
    publish(made)
    return made


def publish(store: Store) -> None:
    store.releases.publish(
        ADMINISTRATOR,
        "made",
        "1",
        ["2024"],
        title={"zh": "题<b>", "en": "Title <b>"},
        licence="CC-BY-4.0",
    )


def test_a_file_is_served_with_its_hash_and_kept_for_ever(client: Client, store: Store):
    answer = client.get("/data/made-1-r1/scores.csv")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["etag"] == f'"{sha256(answer.content).hexdigest()}"'
    assert "immutable" in answer.headers["cache-control"]
    assert TIANHE in answer.text
    assert YUEXIU not in answer.text
    again = client.get(
        "/data/made-1-r1/scores.csv", headers={"if-none-match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/data/made-1-r1/scores.csv", how="HEAD").headers["content-length"] == str(
        len(answer.content)
    )


def test_parts_of_a_file_can_be_asked_for(client: Client, store: Store):
    whole = client.get("/data/made-1-r1/values.parquet").content
    part = client.get("/data/made-1-r1/values.parquet", headers={"range": "bytes=-8"})
    assert (part.status_code, part.content) == (206, whole[-8:])
    assert part.headers["content-range"] == f"bytes {len(whole) - 8}-{len(whole) - 1}/{len(whole)}"
    beyond = client.get("/data/made-1-r1/values.parquet", headers={"range": "bytes=999999-"})
    assert beyond.status_code == 416


def test_latest_leads_to_the_newest(client: Client, store: Store):
    for alias in ("latest", "made-latest"):
        answer = client.get(f"/data/{alias}/scores.csv")
        assert (answer.status_code, answer.headers["location"]) == (
            307,
            "/data/made-1-r1/scores.csv",
        )
        assert "immutable" not in answer.headers["cache-control"]
    publish(store)
    assert client.get("/data/latest/").headers["location"] == "/data/made-1-r2/"
    assert client.get("/data/made-1-r1").headers["location"] == "/data/made-1-r1/"


def test_the_pages_list_releases_and_files(client: Client, store: Store):
    listed = client.get("/data/")
    assert "Title &lt;b&gt;" in listed.text
    assert "<b>" not in listed.text
    page = client.get("/data/made-1-r1/?language=zh").text
    assert 'href="scores.csv"' in page
    assert "引用格式" in page
    assert "Cite as" not in page
    listed = client.get("/data/", headers={"accept": "application/json"})
    assert [one["address"] for one in json.loads(listed.content)] == ["/data/made-1-r1/"]


@pytest.mark.parametrize(
    "address",
    [
        "/data/made-1-r9/scores.csv",
        "/data/made-1-r1/none.csv",
        "/data/made-1-r1/..%2F..%2Fstore.sqlite",
        "/data/..%2Fstore.sqlite",
        "/data/other-latest/",
    ],
)
def test_what_is_no_release_is_not_found(address: str, client: Client, store: Store):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "SQLite" not in answer.text


def test_nothing_published_says_so(client: Client):
    assert "Nothing has been published yet." in client.get("/data/").text
    assert client.get("/data/latest/").status_code == 404


def test_the_sample_of_python_reads_from_an_address(client: Client, store: Store, tmp_path: Path):
    sample = tmp_path / "example.py"
    sample.write_bytes(client.get("/data/made-1-r1/example.py").content)
    address = f"http://127.0.0.1:{client.port}/data/latest/"
    ran = subprocess.run(
        [sys.executable, str(sample), address], capture_output=True, check=True, encoding="utf-8"
    )
    assert TIANHE in ran.stdout


def test_a_store_that_cannot_be_opened_is_said_in_both_languages(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    spoilt = tmp_path / "spoilt"
    spoilt.mkdir()
    (spoilt / "store.sqlite").write_bytes(b"not a database" * 100)
    with monkeypatch.context() as here:
        here.setenv(HOME_SETTING, str(spoilt))
        for address in ("/data/", "/data/latest/", "/data/latest/scores.csv"):
            answer = client.get(address)
            assert answer.status_code == 503, address
            assert "restore a backup" in answer.text
            assert "从备份恢复" in answer.text
