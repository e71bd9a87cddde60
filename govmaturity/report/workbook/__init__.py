"""One unit's index as a workbook that recomputes itself: `make.unit_workbook`.

Every step of scoring is a formula with the figure that the engine found as its
cached value, from the values as they were reported down to the level. A value
that is changed in a spreadsheet program changes all that follows from it.
"""
