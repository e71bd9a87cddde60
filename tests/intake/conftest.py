"""A small framework, and files made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import openpyxl
import pytest

from govmaturity.framework.fields import Field, fields
from govmaturity.framework.load import parse_framework
from govmaturity.framework.model import Framework

YAML = """
id: small
version: 1
name: {zh: 小体系, en: Small}
source: {zh: 测试, en: made for tests}
default_period: '2024'
inputs:
  population:
    name: {zh: 常住人口, en: Population}
    unit_of_measure: {zh: 人, en: persons}
    plausible: {min: 1000, max: 10000000}
  items_online:
    name: {zh: 可网办事项, en: Items online}
    unit_of_measure: {zh: 项, en: items}
  items_all:
    name: {zh: 全部事项, en: All items}
    unit_of_measure: {zh: 项, en: items}
tree:
  id: root
  name: {zh: 总, en: All}
  weights: equal
  children:
    - id: S1
      name: {zh: 网办率, en: Share online}
      measure: percent
      unit_of_measure: {zh: '%', en: '%'}
      direction: higher
      goalposts: {worst: 0, best: 100, basis: {zh: 无, en: none}}
      ratio: {of: items_online, to: items_all, times: 100}
      definition: {zh: 测试, en: test}
      source: {zh: 测试, en: test}
    - id: S2
      name: {zh: 满意率, en: Share satisfied}
      measure: percent
      unit_of_measure: {zh: '%', en: '%'}
      direction: higher
      goalposts: {worst: 0, best: 100, basis: {zh: 无, en: none}}
      max_yearly_change: 20
      required: true
      reporter: {zh: 政务局, en: Service bureau}
      definition: {zh: 测试, en: test}
      source: {zh: 测试, en: test}
    - id: S3
      name: {zh: 办理时长, en: Days to handle}
      measure: number
      unit_of_measure: {zh: 天, en: days}
      direction: lower
      valid: {min: 0, max: 365}
      goalposts: {worst: 30, best: 1, basis: {zh: 无, en: none}}
      definition: {zh: 测试, en: test}
      source: {zh: 测试, en: test}
    - id: P1
      name: {zh: 平台等级, en: Level of the platform}
      measure: rubric
      unit_of_measure: {zh: 级, en: level}
      direction: higher
      rubric: {1: {zh: 没有, en: nothing}, 2: {zh: 有, en: some}, 3: {zh: 齐全, en: all}}
      goalposts: {worst: 1, best: 3, basis: {zh: 无, en: none}}
      definition: {zh: 测试, en: test}
      source: {zh: 测试, en: test}
    - id: C1
      name: {zh: 清单, en: Checklist}
      measure: checklist
      unit_of_measure: {zh: '%', en: '%'}
      direction: higher
      checklist:
        - {id: plan, name: {zh: 有规划, en: There is a plan}}
        - {id: team, name: {zh: 有队伍, en: There is a team}}
      goalposts: {worst: 0, best: 100, basis: {zh: 无, en: none}}
      definition: {zh: 测试, en: test}
      source: {zh: 测试, en: test}
"""

Rows = Sequence[Sequence[object]]


@pytest.fixture(scope="session")
def framework() -> Framework:
    return parse_framework(YAML)


@pytest.fixture(scope="session")
def known(framework: Framework) -> dict[str, Field]:
    return fields(framework)


@pytest.fixture(scope="session")
def xlsx() -> Callable[..., bytes]:
    """Write rows into the first sheet of a workbook; `change` may do more to the workbook."""

    def write(
        rows: Rows, change: Callable[[openpyxl.Workbook], object] | None = None, title: str = "Data"
    ) -> bytes:
        book = openpyxl.Workbook()
        book.active.title = title
        for row in rows:
            book.active.append(list(row))
        if change is not None:
            change(book)
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    return write


@pytest.fixture(scope="session")
def with_part() -> Callable[[bytes, str, bytes], bytes]:
    """Replace or add one part of a workbook."""

    def write(content: bytes, name: str, part: bytes) -> bytes:
        target = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as source,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
        ):
            for entry in source.namelist():
                if entry != name:
                    copy.writestr(entry, source.read(entry))
            copy.writestr(name, part)
        return target.getvalue()

    return write


@pytest.fixture(scope="session")
def sheet_xml(xlsx: Callable[..., bytes], with_part: Callable[..., bytes]) -> Callable[..., bytes]:
    """A workbook of which the sheet's data are given as XML."""

    def write(data: bytes, before: bytes = b"") -> bytes:
        part = (
            before
            + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            + b'<dimension ref="A1:B2"/><sheetData>'
            + data
            + b"</sheetData></worksheet>"
        )
        return with_part(xlsx([]), "xl/worksheets/sheet1.xml", part)

    return write


@pytest.fixture(scope="session")
def csv_file() -> Callable[..., bytes]:
    def write(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
        lines = (delimiter.join("" if v is None else str(v) for v in row) for row in rows)
        return "".join(f"{line}\r\n" for line in lines).encode(encoding)

    return write
