"""One marked copy, made in a process of its own: `python -m govmaturity.intake.marked.child KIND`.

KIND is `same` (a workbook follows, which is marked itself) or `values` (sheets
as JSON follow, of which a new workbook is made). Standard input begins with
the length of the orders and the orders as JSON (see `orders`). Standard output
is a line of JSON, `{"lost": [...]}` with the file after it, or `{"failed":
why}`. Only the standard library and openpyxl are imported.
"""

from __future__ import annotations

import gc
import json
import sys
import warnings
import zlib
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from govmaturity.intake.files import limits
from govmaturity.intake.files.confinement import limit_resources
from govmaturity.intake.files.refused import RefusedError

LENGTH: Final = 8
# openpyxl does without these. Pictures of a stranger are not to be decoded
# here, lxml writes XML otherwise, and numpy takes half of the memory allowed.
_UNWANTED: Final = ("PIL", "lxml", "numpy", "pandas")
# What openpyxl raises on a workbook that is not as it should be.
_BROKEN: Final = (
    AttributeError,
    AssertionError,
    BadZipFile,
    EOFError,
    KeyError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    ParseError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)


def main() -> int:
    """Read orders and file from standard input, write the copy; 0 also where none can be made."""
    limit_resources(limits.MARKING_MEMORY_BYTES, limits.MARKING_CPU_SECONDS)
    gc.disable()
    given = sys.stdin.buffer.read()
    length = LENGTH + int.from_bytes(given[:LENGTH], "big")
    answer: dict[str, Any]
    copy = b""
    try:
        copy, lost = _make(sys.argv[1], json.loads(given[LENGTH:length]), given[length:])
        answer = {"lost": lost}
    except RefusedError as refused:
        answer = {"failed": refused.code}
    except MemoryError:
        answer = {"failed": "too_much_memory"}
    except _BROKEN as fault:
        answer = {"failed": type(fault).__name__}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + copy)
    return 0


def _make(kind: str, orders: Any, given: bytes) -> tuple[bytes, list[str]]:
    for name in _UNWANTED:
        sys.modules[name] = None  # type: ignore[assignment]
    warnings.simplefilter("ignore")  # about what is not kept, which is told otherwise
    if kind == "same":
        from govmaturity.intake.marked.same import mark_same

        return mark_same(given, orders)
    from govmaturity.intake.marked.afresh import mark_values

    values = json.loads(given)
    lost = values["lost"]
    return mark_values(values["sheets"], orders, lost, is_csv=values["is_csv"]), lost


if __name__ == "__main__":
    raise SystemExit(main())
