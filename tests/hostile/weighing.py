"""How much memory the reading process takes for a file.

Asked of the process itself: what the system counts for finished children
holds, on Linux, also what their parent had when it started them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

from govmaturity.intake.files.guard import recognise
from govmaturity.intake.issues import Unreadable
from tests.hostile.making import Case

_SCRIPT: Final = """
import sys
from govmaturity.intake.files.child import main
main()
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")), file=sys.stderr)
"""


def weigh(case: Case) -> int | None:
    """Bytes at the peak; 0 if no process is started, None if its limits have ended it.

    A process that its limits have ended was inside them until then.
    """
    try:
        format_ = recognise(case.content, case.file)
    except Unreadable:
        return 0
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, format_],
        input=case.content,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(["", *sys.path])},
    )
    return int(done.stderr.split()[-1]) * 1024 if done.returncode == 0 else None
