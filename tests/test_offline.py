"""An installation without internet, as docs/offline.md describes it, word for word."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import free_port, wait_for

ROOT = Path(__file__).resolve().parents[1]
GUIDES = (ROOT / "docs/offline.md", ROOT / "docs/offline.zh-CN.md")
CARRIED = ("app.py", "ui", "pages", "indicators", "data", "govmaturity", "requirements.txt")

# A package that only the tests install would be missed here, whichever module needs it.
IMPORT_ALL = (
    "import importlib, pkgutil, govmaturity, ui; "
    "[importlib.import_module(found.name) for package in (govmaturity, ui) "
    'for found in pkgutil.walk_packages(package.__path__, package.__name__ + ".") '
    'if not found.name.endswith(("__main__", "ui.main", "migrations.env"))]'
)


def commands(guide):
    return re.findall(r"^```\n(.+?)\n```$", guide.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_both_guides_give_the_same_commands() -> None:
    assert commands(GUIDES[0]) == commands(GUIDES[1])
    assert len(commands(GUIDES[0])) == 3


@pytest.mark.skipif(os.name == "nt", reason="the commands are those of a Unix shell")
def test_what_the_guide_fetches_installs_and_serves_without_an_index(tmp_path) -> None:
    fetch, install, start = commands(GUIDES[0])
    there = tmp_path / "there"
    there.mkdir()
    for name in (*CARRIED, ".streamlit"):
        (there / name).symlink_to(ROOT / name)
    run(fetch, there, dict(os.environ))
    assert all(one.suffix == ".whl" for one in (there / "wheels").iterdir())

    # Nothing of this machine's own settings helps the other one, and no address answers.
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    bare |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
    bare |= dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    shutil.rmtree(there / ".venv")
    run(install, there, bare)

    run(f".venv/bin/python -c '{IMPORT_ALL}'", there, bare)
    port = free_port()
    home = tmp_path / "home"
    program, *words = shlex.split(start)
    server = subprocess.Popen(
        [there / program, *words, "--server.port", str(port), "--server.headless", "true"],
        cwd=there,
        env=bare | {"GOVMATURITY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server)
    finally:
        server.terminate()
        server.wait(timeout=20)


def run(command, folder, environment):
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
