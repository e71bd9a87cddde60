"""Start a child process for one uploaded file, with nothing of the app's settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

_ROOT: Final = Path(__file__).resolve().parents[3]
_KEPT_ENVIRONMENT: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "TEMP")
_PLACES: Final = BoundedSemaphore(os.cpu_count() or 1)


def run_apart(
    module: str, argument: str, given: bytes, seconds: float
) -> subprocess.CompletedProcess[bytes]:
    """Run a module in a fresh interpreter; at most one process for each processor at a time.

    Parameters
    ----------
    module : str
        Of `govmaturity`; it limits its own memory and time.
    argument : str
        The only argument of its command line.
    given : bytes
        Comes to it on standard input.
    seconds : float
        How long it may take by the clock.

    Raises
    ------
    subprocess.TimeoutExpired
        If it takes longer.
    RuntimeError
        If the installation lacks what the module imports.
    """
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    with _PLACES:
        done = subprocess.run(
            [sys.executable, "-P", "-s", "-m", module, argument],
            input=given,
            capture_output=True,
            timeout=seconds,
            check=False,
            # Nothing of the app's settings and secrets; no module from the working folder.
            env=kept | {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
        )
    if done.returncode != 0 and b"ModuleNotFoundError" in done.stderr:
        raise RuntimeError(f"the process {module} cannot start: {done.stderr.decode()}")
    return done
