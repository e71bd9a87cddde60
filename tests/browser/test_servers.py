"""The single-person rule and the plain addresses, under both servers."""

import http.client
import json
from urllib.parse import urlparse

import pytest


@pytest.fixture(params=["app", "app_on_uvicorn"])
def server(request):
    return request.getfixturevalue(request.param)


def get(address, path="/", **headers):
    place = urlparse(address)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=10)
    connection.request("GET", path, headers={"Accept": "text/html", **headers})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_health_answers_with_the_version(server):
    answer, body = get(server, "/healthz")
    assert answer.status == 200
    assert json.loads(body)["status"] == "ok"


@pytest.mark.parametrize("path", ["/", "/healthz", "/_stcore/health", "/outlines/index.json"])
@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.7"},
        {"X-Forwarded-Proto": "https"},
        {"Forwarded": "for=203.0.113.7"},
        {"Via": "1.1 proxy"},
        {"Host": "maturity.example.cn"},
    ],
)
def test_what_a_proxy_forwarded_is_refused_with_a_sentence_in_both_languages(server, path, headers):
    answer, body = get(server, path, **headers)
    assert answer.status == 403
    assert "127.0.0.1" in body.decode()
    assert "本机" in body.decode()


def test_a_socket_that_a_proxy_forwarded_is_refused(server):
    answer, _ = get(
        server,
        "/_stcore/stream",
        **{
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            "X-Forwarded-For": "203.0.113.7",
        },
    )
    assert answer.status == 403


def test_outlines_are_served_compressed_and_kept_by_the_browser(server, root):
    index = json.loads((root / "data/outlines/index.json").read_text("utf-8"))
    name = index["maps"]["/county"]["file"]
    answer, body = get(server, f"/outlines/{name}", **{"Accept-Encoding": "gzip"})
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert len(body) < 700_000


def test_nothing_outside_the_outlines_folder_is_served(server):
    for path in ("/outlines/../build.py", "/outlines/%2e%2e/units/registry.csv", "/pages/map.py"):
        _, body = get(server, path)
        assert b"name_zh" not in body
        assert b"widgets" not in body


def test_a_deep_link_on_the_first_visit_has_the_frame(app_on_uvicorn, browser):
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{app_on_uvicorn}/unit")
    page.wait_for_selector("h1", timeout=60_000)
    assert "Unit" in page.inner_text("h1")
    assert page.locator("[data-testid=stSidebarNav]").count() == 1
    context.close()


def test_a_page_names_the_code_that_it_will_need(server):
    answer, _ = get(server)
    links = [part.split(">")[0].strip(" <") for part in answer.headers["link"].split(",")]
    assert any("PlotlyChart" in link for link in links)
    for link in links:
        code, body = get(server, link)
        assert code.status == 200
        assert "javascript" in code.headers["content-type"]
        assert body
    assert get(server, "/healthz")[0].headers["link"] is None
