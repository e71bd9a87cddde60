"""Read a framework file and report every fault of it at once."""

from __future__ import annotations

import copy
import types
import typing
from difflib import get_close_matches
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from govmaturity.framework.checks import check
from govmaturity.framework.document import Document, read_yaml
from govmaturity.framework.faults import Fault, FrameworkError, Path
from govmaturity.framework.model import Framework

# What stands in for a required value that is missing or of the wrong type, so
# that the rest of the file can still be checked in the same run.
_STAND_INS: dict[str, Any] = {
    "name": {"zh": "?", "en": "?"},
    "source": {"zh": "?", "en": "?"},
    "unit_of_measure": {"zh": "?", "en": "?"},
    "basis": {"zh": "?", "en": "?"},
    "zh": "?",
    "en": "?",
    "version": "0",
    "measure": "number",
    "method": "arithmetic",
}
_MAX_REPAIRS = 8
# What would only follow from a value that was taken out: blamed at the place
# that held it, or for weights at the group above.
_FOLLOW_UPS: dict[str, tuple[str, ...]] = {
    "checklist": ("part_missing",),
    "documents": ("unknown_document",),
    "goalposts": ("goalposts_missing",),
    "inputs": ("unknown_input", "unknown_field"),
    "levels": ("gates_without_levels", "unknown_level"),
    "options": ("part_missing",),
    "ratio": ("part_missing",),
    "rubric": ("part_missing",),
    "sum": ("weights_sum",),
    "valid": ("identity_bounds",),
    "weight": ("weight_missing", "weights_sum", "weights_all_zero"),
}


def load_framework(path: FilePath | str) -> Framework:
    """Read a framework from a YAML file.

    Parameters
    ----------
    path : path
        A UTF-8 file.

    Returns
    -------
    Framework

    Raises
    ------
    FrameworkError
        With all faults found: file, line, path in the tree, what was found
        and what was expected.
    OSError
        If the file cannot be read.
    """
    path = FilePath(path)
    return decode_framework(path.read_bytes(), str(path))


def decode_framework(content: bytes, file: str = "framework.yaml") -> Framework:
    """Read a framework from the bytes of a file; `file` names it. Raises as `load_framework`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        found = f"0x{fault.object[fault.start]:02x}"
        raise FrameworkError([Fault("not_utf8", (), found, "UTF-8", FilePath(file).name)]) from None
    return parse_framework(text, file)


def parse_framework(text: str, file: str = "framework.yaml") -> Framework:
    """Read a framework from YAML text; `file` names it in faults. Raises as `load_framework`."""
    document = read_yaml(text, file)
    if not isinstance(document.data, dict):
        document.blame("wrong_type", (), _shown(document.data), "mapping")
        raise FrameworkError(document.faults)
    framework = _validated(document)
    if framework is not None:
        repaired = {fault.path for fault in document.faults}
        found: list[Fault] = []
        check(framework, Document(file, lines=document.lines, faults=found).blame)
        # A stand-in is not blamed a second time for not fitting.
        document.faults += [fault for fault in found if not _follows(fault, repaired)]
    if framework is None or document.faults:
        raise FrameworkError(sorted(document.faults, key=lambda fault: fault.line))
    return framework


def _validated(document: Document) -> Framework | None:
    data = copy.deepcopy(document.data)
    if isinstance(data.get("tree"), list):
        document.blame("two_roots", ("tree",), len(data["tree"]), 1)
        data["tree"] = data["tree"][0] if data["tree"] else None
    for _ in range(_MAX_REPAIRS):
        try:
            return Framework.model_validate(data)
        except ValidationError as error:
            found = error.errors(include_url=False)
        known = {fault.path for fault in document.faults}
        for detail in found:
            path = _path_in(data, detail)
            if not any(_is_within(path, before) for before in known):
                _blame(document, detail, path)
        paths = [_path_in(data, detail) for detail in found]
        mended = [_repair(data, path) for path in paths]
        if not all(mended):
            return None
    return None


def _is_within(path: Path, before: Path) -> bool:
    """Whether one of two places lies in the other, so that what is said of it follows."""
    shorter = min(len(path), len(before))
    return shorter > 0 and path[:shorter] == before[:shorter]


def _follows(fault: Fault, repaired: set[Path]) -> bool:
    """Whether a fault is there only because of what was put in or taken out."""
    if fault.path in repaired:
        return True
    for path in repaired:
        for place, step in enumerate(path):
            if fault.code in _FOLLOW_UPS.get(str(step), ()):
                holder = path[:place]
                if not holder or fault.path in (holder, holder[:-2]):
                    return True
    return False


def _path_in(whole: Any, detail: ErrorDetails) -> Path:
    # A pydantic location also names the member of a union it tried; what the
    # data do not have is such a name, except in last place: a missing key.
    data: Any = whole
    path: list[str | int] = []
    for place, step in enumerate(detail["loc"]):
        is_last = place == len(detail["loc"]) - 1
        if (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        ):
            data = data[int(step)] if isinstance(data, list) else data[step]
            path.append(step)
        elif is_last and detail["type"] == "missing":
            path.append(step)
    return tuple(path)


def _blame(document: Document, detail: ErrorDetails, path: Path) -> None:
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = _keys_at(detail["loc"][:-1])
        near = get_close_matches(str(path[-1]), known, n=1, cutoff=0.5)
        document.blame("unknown_key", path, path[-1], ", ".join(near or sorted(known)))
    elif kind == "missing" and isinstance(path[-1], str):
        document.blame("missing_key", path, path[-1], path[-1])
    elif kind == "missing":  # too few in a list of a fixed length
        document.blame("wrong_type", path[:-1], _shown(detail["input"]), "list")
    else:
        expected = _expected(kind, detail.get("ctx", {}))
        document.blame("wrong_type", path, _shown(detail["input"]), expected)


def _expected(kind: str, context: dict[str, Any]) -> str:
    if "expected" in context or "expected_tags" in context:
        return str(context.get("expected") or context["expected_tags"]).replace("'", "")
    for bound, sign in {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}.items():
        if bound in context:
            return f"{sign} {context[bound]}"
    if "pattern" in context:
        return str(context["pattern"])
    words = {
        "string": "text",
        "int": "whole number",
        "float": "number",
        "finite": "number",
        "bool": "true or false",
        "dict": "mapping",
        "model": "mapping",
        "list": "list",
        "tuple": "list",
        "too": "list",
        "not": "fraction",
        "union": "mapping",
    }
    return words.get(kind.split("_")[0], kind)


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _repair(data: Any, path: Path) -> bool:
    """Take out what was wrong or put a stand-in for what is required; False if neither helps.

    Where nothing can stand in for what is required, the whole that lacks it is taken out.
    """
    if not path:
        return False
    place: Any = data
    for step in path[:-1]:
        if isinstance(place, dict) and step not in place:
            return True  # taken out with the whole that held it
        place = place[step]
    last = path[-1]
    if not isinstance(place, dict):
        return False
    is_there = last in place
    place.pop(last, None)
    if isinstance(last, str) and last in _STAND_INS and (not is_there or last in ("zh", "en")):
        place[last] = copy.deepcopy(_STAND_INS[last])
        return True
    return is_there or _repair(data, path[:-1])


def _keys_at(location: tuple[str | int, ...]) -> list[str]:
    """The keys that the model at a pydantic location knows, as they are written in YAML."""
    models: list[type[BaseModel]] = [Framework]
    annotation: Any = Framework
    for step in location:
        models = _models_of(annotation)
        named = [model for model in models if isinstance(step, str) and _tag(model) == step]
        if named:
            annotation = named[0]
            continue
        fields = [
            field.annotation
            for model in models
            for name, field in model.model_fields.items()
            if step in (name, field.alias)
        ]
        annotation = fields[0] if fields else annotation
    return [
        field.alias or name
        for model in _models_of(annotation)
        for name, field in model.model_fields.items()
    ]


def _tag(model: type[BaseModel]) -> str:
    kind = model.model_fields.get("kind")
    values = typing.get_args(kind.annotation) if kind else ()
    return str(values[0]) if values else model.__name__.lower()


def _models_of(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is not None:
        return [m for part in typing.get_args(annotation) for m in _models_of(part)]
    return []
