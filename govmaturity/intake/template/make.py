"""Write a template: the workbook that people fill in and send back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Final

import openpyxl

from govmaturity.framework.model import Framework
from govmaturity.intake.template.entry import Lists
from govmaturity.intake.template.guide import (
    write_guide,
    write_lists,
    write_rubrics,
    write_version,
)
from govmaturity.intake.template.one_unit import write_one_unit
from govmaturity.intake.template.plan import Plan, plan_template
from govmaturity.intake.template.wide import write_last_values, write_wide
from govmaturity.texts import Language, say
from govmaturity.values.table import Values

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip entry can have
_CORE: Final = "docProps/core.xml"
_PROPERTIES: Final = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    b"<dc:creator>govmaturity</dc:creator></cp:coreProperties>"
)


def make_template(
    framework: Framework,
    units: Sequence[tuple[str, str]],
    period: str,
    *,
    reporter: str | None = None,
    last: Values | None = None,
    language: Language = "zh",
) -> bytes:
    """Make the workbook that asks for the values of some units in one period.

    One unit has a sheet with a row per field; several units a sheet with a
    column per field. What is computed from inputs or from items of a
    checklist is not asked for.

    Parameters
    ----------
    framework : Framework
    units : sequence of (id, name)
        As they come from `govmaturity.units.chosen`.
    period : str
        Of the values, like 2024, 2024-H1, 2024-Q3 or 2024-06.
    reporter : str, optional
        Who is to fill it in, called as in the framework in either language:
        only their fields, and those that name no reporter, are asked.
        Without one, all fields are.
    last : Values, optional
        Earlier values. Those reported for the latest period before `period`
        are shown beside the cells to fill in, never in them; missing ones
        stay blank. With none before it, there is nothing to show.
    language : {"zh", "en"}
        Of all that people read. Entries in either language are read back.

    Returns
    -------
    bytes
        An xlsx file; the same for the same arguments, to the byte.

    Raises
    ------
    ValueError
        If the period is of no such form, the reporter is not in the framework
        or has nothing to report, no unit or one unit twice is given, or the
        file would be too large to be taken back.
    """
    plan = plan_template(framework, units, period, reporter=reporter, last=last, language=language)
    return _same_bytes(_workbook(plan))


def _workbook(plan: Plan) -> openpyxl.Workbook:
    def name(key: str) -> str:
        return say(f"template.{key}", plan.language)

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    data = book.create_sheet(name("sheet_data"))
    lists = Lists(name("sheet_lists"))
    if plan.layout == "one_unit":
        write_one_unit(data, plan, lists)
    else:
        write_wide(data, plan, lists)
        if plan.last:
            write_last_values(book.create_sheet(name("sheet_last")), plan)
    write_guide(book.create_sheet(name("sheet_guide")), plan)
    rubrics = book.create_sheet(name("sheet_rubrics"))
    if not write_rubrics(rubrics, plan):
        book.remove(rubrics)
    if lists.columns:
        write_lists(book.create_sheet(lists.sheet_name), lists)
    write_version(book.create_sheet(name("sheet_version")), plan)
    return book


def _same_bytes(book: openpyxl.Workbook) -> bytes:
    """Save without the time of day: openpyxl writes it into the properties and the zip."""
    saved, content = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.namelist():
            part = _PROPERTIES if entry == _CORE else source.read(entry)
            fixed = zipfile.ZipInfo(entry, _EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, part)
    return content.getvalue()
