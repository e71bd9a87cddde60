"""A short run of `tests.store.killing`: twelve points of the hundred."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_whoever_is_killed_leaves_the_state_before_or_after():
    # In a process of its own: it forks, and pytest's workers have threads.
    ran = subprocess.run(
        [sys.executable, "-m", "tests.store.killing", "--points", "12", "--seed", "7"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.startswith("12 points, ")
    assert int(ran.stdout.split(", ")[1].split()[0]) >= 6
