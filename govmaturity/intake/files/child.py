"""One uploaded file, parsed in a process of its own: `python -m govmaturity.intake.files.child`.

The file comes on standard input, its cells leave as JSON on standard output
(never as a pickle: what parsed a hostile file is not to be believed). A file
made to exhaust memory or time takes only this process with it. Only the
standard library and the reader of the format are imported here.

The answer has the shape that `govmaturity.intake.files.answer` describes, or is
`{"refused": {"code", "found", "sheet", "cell"}}`.
"""

from __future__ import annotations

import gc
import json
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, Final
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from govmaturity.intake.files import limits
from govmaturity.intake.files.delimited import RefusedError

try:
    import resource
except ImportError:  # Windows: the guard, the scan and the caller's timeout have to hold
    resource = None  # type: ignore[assignment]

_READERS: Final = {
    "xlsx": "open_xml",
    "xls": "old_excel",
    "ods": "open_document",
    "csv": "delimited",
}
_BROKEN: Final = (
    BadZipFile,
    zlib.error,
    ExpatError,
    KeyError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)


def main() -> int:
    """Read standard input, write what it holds; 0 also where it is refused."""
    # Imported when needed: a reader costs as much as reading a small file with it.
    reader = import_module(f"govmaturity.intake.files.{_READERS[sys.argv[1]]}")
    limit_resources()
    # The process ends before there is garbage worth collecting; a third faster.
    gc.disable()
    content = sys.stdin.buffer.read()
    try:
        answer = _read(reader.read, content)
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        if len(text) > limits.MAX_OUTPUT_BYTES:
            raise RefusedError("too_many_cells")
    except RefusedError as refused:
        text = json.dumps({"refused": vars(refused)})
    except MemoryError:
        text = json.dumps({"refused": {"code": "too_much_memory"}})
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


def limit_resources(
    memory: int = limits.MAX_MEMORY_BYTES, cpu_seconds: int = limits.MAX_CPU_SECONDS
) -> None:
    """Hold this process to its memory and time, and keep it from writing files."""
    if resource is None:
        return
    for kind, most, last in (
        ("RLIMIT_AS", memory, memory),
        # A second later than SIGXCPU, which tells the caller why, comes SIGKILL.
        ("RLIMIT_CPU", cpu_seconds, cpu_seconds + 1),
        ("RLIMIT_FSIZE", 0, 0),
        ("RLIMIT_CORE", 0, 0),
    ):
        # A system may know a limit and not let it be set (macOS: memory).
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, kind), (most, last))


def _read(read: Callable[[bytes], dict[str, Any]], content: bytes) -> dict[str, Any]:
    try:
        return read(content)
    except RefusedError:
        raise
    except _BROKEN as fault:
        raise RefusedError("broken_file", found=type(fault).__name__) from None


if __name__ == "__main__":
    raise SystemExit(main())
