"""How large an uploaded file may be; one list for the guard and for the child process.

Measured reasons: ordinary sheets of 3,000 units by 60 columns stay below
1.5 MB and compress about 16 times; the bombs that were tried declare more
than 1 GB, or place one cell so far out that a reader reserves 550 GB for it.
"""

from __future__ import annotations

from typing import Final

MB: Final = 1_000_000

MAX_BYTES: Final = 10 * MB
MAX_ENTRIES: Final = 2_000
MAX_DECLARED_BYTES: Final = 60 * MB
# An honest file can compress very well (one embedded picture did, 142 times),
# so the ratio counts only for large parts that hold cells.
RATIO_FROM_BYTES: Final = 10 * MB
MAX_RATIO: Final = 100

MAX_COLUMNS: Final = 300
# A reader reserves the whole rectangle down to the last used cell. A long
# table (a row per unit and indicator) has many rows and few columns.
MAX_ROWS: Final = 250_000
MAX_AREA: Final = 20_000 * MAX_COLUMNS
MAX_CELLS: Final = 1_300_000

MAX_MEMORY_BYTES: Final = 600 * MB
# The largest honest files take a second. By the clock there is more, for a busy machine.
MAX_CPU_SECONDS: Final = 4
MAX_SECONDS: Final = 20.0
MAX_OUTPUT_BYTES: Final = 100 * MB

# Marking loads a whole workbook, styles and all, and writes it again. Measured:
# 3,000 x 60 cells take 2 s and 130 MB, 8,000 x 60 take 7 s and 300 MB.
MARKING_MEMORY_BYTES: Final = 900 * MB
MARKING_CPU_SECONDS: Final = 30
MARKING_SECONDS: Final = 60.0
MARKING_CELLS: Final = 500_000
