"""Small frameworks and values, made on the spot for tests."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pandas as pd
import yaml

from govmaturity.framework.faults import Fault, FrameworkError
from govmaturity.framework.load import parse_framework
from govmaturity.framework.model import Framework
from govmaturity.values.table import Values

Data = dict[str, Any]


def words(text: str) -> Data:
    return {"zh": f"{text}(中)", "en": text}


def leaf(id_: str, worst: float | None = 0, best: float | None = 100, **more: Any) -> Data:
    """An indicator; a number between goalposts 0 and 100 unless said."""
    made: Data = {
        "id": id_,
        "name": words(id_),
        "measure": "number",
        "unit_of_measure": words("points"),
    }
    if worst is not None:
        made["goalposts"] = {"worst": worst, "best": best, "basis": words("basis")}
    return made | more


def group(id_: str, *children: Data, **more: Any) -> Data:
    """A group; its parts weigh equally unless said."""
    return {"id": id_, "name": words(id_), "weights": "equal", "children": [*children]} | more


def levels(*edges: float) -> list[Data]:
    """Levels that touch: one for each pair of neighbouring edges."""
    return [
        {"name": words(f"level {i}"), "from": low, "to": high}
        for i, (low, high) in enumerate(pairwise(edges), start=1)
    ]


def entered(*ids: str, **more: Any) -> Data:
    """Inputs by their ids."""
    return {id_: {"name": words(id_), "unit_of_measure": words("items")} | more for id_ in ids}


def data_of(tree: Data, **more: Any) -> Data:
    """A whole framework as plain data."""
    return {
        "id": "made",
        "version": "1",
        "name": words("Made"),
        "source": words("made for tests"),
        "default_period": "2024",
        "tree": tree,
    } | more


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice, without aliases."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


def text_of(data: Data) -> str:
    return yaml.dump(data, Dumper=_Plain, sort_keys=False, allow_unicode=True)


def framework_of(tree: Data, **more: Any) -> Framework:
    return parse_framework(text_of(data_of(copy.deepcopy(tree), **more)), "made.yaml")


def faults_of(text: str | Data) -> tuple[Fault, ...]:
    """The faults of a framework's text; none where it is in order."""
    try:
        parse_framework(text if isinstance(text, str) else text_of(text), "made.yaml")
    except FrameworkError as error:
        return error.faults
    return ()


def codes_of(text: str | Data) -> list[str]:
    return [fault.code for fault in faults_of(text)]


def values_of(
    table: Mapping[str, Mapping[str, float | str | None]],
    period: str = "2024",
    sample: Mapping[str, float] | None = None,
) -> Values:
    """Values by unit and id: a number, None for missing, or the name of another status."""
    return Values(
        pd.DataFrame(
            rows_of(table, period, sample),
            columns=["unit", "period", "indicator", "value", "status", *(["n"] if sample else [])],
        )
    )


def rows_of(
    table: Mapping[str, Mapping[str, float | str | None]],
    period: str = "2024",
    sample: Mapping[str, float] | None = None,
) -> list[list[Any]]:
    rows = []
    for unit, given in table.items():
        for id_, value in given.items():
            is_number = isinstance(value, int | float)
            status = "reported" if is_number else value or "missing"
            row = [unit, period, id_, float(value) if is_number else float("nan"), status]
            rows.append([*row, (sample or {}).get(id_, float("nan"))] if sample else row)
    return rows


def values_from(rows: Iterable[list[Any]]) -> Values:
    columns = ["unit", "period", "indicator", "value", "status"]
    return Values(pd.DataFrame(list(rows), columns=columns))


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run to the end in a thread of its own: a browser test leaves a loop in the main one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()
