"""One uploaded file, parsed in a process of its own: `python -m govmaturity.intake.files.child`.

The file comes on standard input, its cells leave as JSON on standard output
(never as a pickle: what parsed a hostile file is not to be believed). A file
made to exhaust memory or time takes only this process with it. Only the
standard library, orjson and the reader of the format are imported here.

The answer has the shape that `govmaturity.intake.files.answer` describes, or is
`{"refused": {"code", "found", "sheet", "cell"}}`.
"""

from __future__ import annotations

import gc
import os
import sys
import zlib
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

import orjson

from govmaturity.intake.files import limits
from govmaturity.intake.files.confinement import limit_resources
from govmaturity.intake.files.refused import RefusedError

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


def main() -> None:
    """Read standard input and write what it holds, or why it is refused."""
    # Imported when needed: a reader costs as much as reading a small file with it.
    reader = import_module(f"govmaturity.intake.files.{_READERS[sys.argv[1]]}")
    limit_resources(limits.MAX_MEMORY_BYTES, limits.MAX_CPU_SECONDS)
    # The process ends before there is garbage worth collecting; a third faster.
    gc.disable()
    content = sys.stdin.buffer.read()
    try:
        told = orjson.dumps(_read(reader.read, content))
        if len(told) > limits.MAX_OUTPUT_BYTES:
            raise RefusedError("too_many_cells")
    except RefusedError as refused:
        told = orjson.dumps({"refused": vars(refused)})
    except orjson.JSONEncodeError:  # half a character
        told = orjson.dumps({"refused": {"code": "broken_file"}})
    except MemoryError:
        told = orjson.dumps({"refused": {"code": "too_much_memory"}})
    sys.stdout.buffer.write(told)


def _read(read: Callable[[bytes], dict[str, Any]], content: bytes) -> dict[str, Any]:
    try:
        return read(content)
    except RefusedError:
        raise
    except _BROKEN as fault:
        raise RefusedError("broken_file", found=type(fault).__name__) from None


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    # Taking a large sheet apart again, cell by cell, would be time for nothing.
    os._exit(0)
