"""A release as files for researchers: a Frictionless data package with its checksums."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pandas as pd

from govmaturity.report.tables import as_csv, as_json, as_parquet
from govmaturity.store.frozen import Frozen
from govmaturity.texts import LANGUAGES, Language, say

MEDIA_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "yaml": "application/yaml; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "py": "text/x-python; charset=utf-8",
    "R": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
LICENCES: Final = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}
_EXAMPLES: Final = Path(__file__).parent / "examples"
CHECKSUMS: Final = "checksums.txt"
_KEYS: Final[Mapping[str, list[str]]] = {
    "scores": ["unit", "period", "node"],
    "values": ["unit", "period", "indicator"],
    "units": ["unit"],
    "submissions": ["unit", "period"],
    "waivers": ["unit", "period", "indicator", "code"],
    "codebook": ["id"],
}
_POINTS_TO: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "scores": {"unit": ("units", "unit"), "node": ("codebook", "id")},
    "values": {"unit": ("units", "unit"), "indicator": ("codebook", "id")},
    "submissions": {"unit": ("units", "unit")},
    "waivers": {"unit": ("units", "unit")},
}
# Columns that hold whole numbers or truth whatever stands in them.
_TYPES: Final = {
    "rank": "integer",
    "level": "integer",
    "revision": "integer",
    "receipt": "integer",
    "assessed": "boolean",
    "second_person": "boolean",
    "goalposts_proposed": "boolean",
    "sent_at": "datetime",
    "approved_at": "datetime",
    "at": "datetime",
}


@dataclass(frozen=True)
class Label:
    """What a release is called, and under which terms."""

    id: str
    title: Mapping[Language, str]
    note: str
    licence: str
    published_at: str
    code_version: str
    content_hash: str


def citation(label: Label, language: Language) -> str:
    """How to cite a release: title, id, date and the start of its content hash."""
    return say(
        "store.citation",
        language,
        title=label.title[language],
        id=label.id,
        date=label.published_at[:10],
        hash=label.content_hash[:12],
        version=label.code_version,
    )


def files_of(frozen: Frozen, label: Label) -> dict[str, bytes]:
    """Write a release: the same content and label always give the same bytes.

    Returns
    -------
    dict of str to bytes
        By name: each table as csv, parquet and json, `framework.yaml`,
        `datapackage.json`, `README.md`, samples of code, and `checksums.txt`
        (SHA-256) of all the others.
    """
    files: dict[str, bytes] = {}
    for name, table in frozen.tables.items():
        typed = _typed(table)
        files[f"{name}.csv"] = as_csv(typed)
        files[f"{name}.parquet"] = as_parquet(typed)
        files[f"{name}.json"] = as_json(typed)
    files["framework.yaml"] = frozen.framework_text.encode()
    files["example.py"] = (_EXAMPLES / "example.py.txt").read_bytes()
    files["example.R"] = (_EXAMPLES / "example.R").read_bytes()
    files["README.md"] = _readme(frozen, label).encode()
    package = _package(frozen, label, files)
    files["datapackage.json"] = (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
    lines = [f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())]
    files[CHECKSUMS] = "".join(lines).encode()
    return files


def media_type(name: str) -> str:
    """What a file of a release is served as."""
    return MEDIA_TYPES[name.rsplit(".", 1)[1]]


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a type for every column: an empty one has none of itself."""
    kinds: dict[str, Any] = {}
    for name in table.columns:
        kind = _kind(name, table[name])
        if kind == "integer":
            kinds[name] = "Int64"
        elif kind == "number":
            kinds[name] = "float64"
        elif kind == "boolean":
            kinds[name] = "boolean"
        else:
            kinds[name] = "str"
    return table.astype(kinds)


def _kind(name: str, column: pd.Series) -> str:
    if name in _TYPES:
        return _TYPES[name]
    return "number" if column.dtype.kind == "f" or name in ("score", "coverage") else "string"


def _package(frozen: Frozen, label: Label, files: Mapping[str, bytes]) -> dict[str, Any]:
    framework = frozen.framework
    licence: dict[str, str] = {"name": label.licence}
    if label.licence in LICENCES:
        licence["path"] = LICENCES[label.licence]
    return {
        "profile": "data-package",
        "name": label.id.lower(),
        "id": label.content_hash,
        "title": label.title["en"],
        "title_zh": label.title["zh"],
        "description": label.note,
        "version": label.id,
        "created": label.published_at,
        "licenses": [licence],
        "citation": {language: citation(label, language) for language in LANGUAGES},
        "content_sha256": label.content_hash,
        "code_version": label.code_version,
        "framework": {
            "id": framework.id,
            "version": str(framework.version),
            "path": "framework.yaml",
            "hash": f"sha256:{sha256(files['framework.yaml']).hexdigest()}",
        },
        "simulated": frozen.is_simulated,
        "resources": [
            _resource(frozen, name, table, files) for name, table in frozen.tables.items()
        ],
    }


def _resource(
    frozen: Frozen, name: str, table: pd.DataFrame, files: Mapping[str, bytes]
) -> dict[str, Any]:
    content = files[f"{name}.csv"]
    schema: dict[str, Any] = {
        "fields": [_field(frozen, name, column, table[column]) for column in table.columns],
        "primaryKey": _KEYS[name],
        "missingValues": [""],
    }
    links = [
        {"fields": [column], "reference": {"resource": resource, "fields": [field]}}
        for column, (resource, field) in _POINTS_TO.get(name, {}).items()
    ]
    if links:
        schema["foreignKeys"] = links
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "title": say(f"store.table_{name}", "en"),
        "title_zh": say(f"store.table_{name}", "zh"),
        "format": "csv",
        "mediatype": "text/csv",
        # A byte order mark stands where there is Chinese, so that spreadsheets open it properly.
        "encoding": "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "alternatives": [
            {
                "path": f"{name}.{format_}",
                "mediatype": MEDIA_TYPES[format_],
                "bytes": len(files[f"{name}.{format_}"]),
                "hash": f"sha256:{sha256(files[f'{name}.{format_}']).hexdigest()}",
            }
            for format_ in ("parquet", "json")
        ],
        "schema": schema,
    }


def _field(frozen: Frozen, table: str, name: str, column: pd.Series) -> dict[str, Any]:
    made: dict[str, Any] = {"name": name, "type": _kind(name, column)}
    if name in _KEYS[table]:
        made["constraints"] = {"required": True}
    if name == "score":
        low, high = frozen.framework.scale
        made["description"] = say("store.column_score", "en", low=low, high=high)
    if made["type"] == "datetime":
        made["format"] = "%Y-%m-%dT%H:%M:%S.%fZ"
    return made


def _readme(frozen: Frozen, label: Label) -> str:
    parts = []
    for language in ("zh", "en"):
        chosen: Language = "zh" if language == "zh" else "en"
        parts.append(
            say(
                "store.release_readme",
                chosen,
                title=label.title[chosen],
                id=label.id,
                citation=citation(label, chosen),
                licence=label.licence,
                hash=label.content_hash,
                framework=f"{frozen.framework.name.in_(chosen)} ({frozen.framework.id} "
                f"{frozen.framework.version})",
                periods=", ".join(frozen.periods),
                units=len(frozen.units),
                version=label.code_version,
                note=label.note or "-",
                simulated=say(f"store.simulated_{'yes' if frozen.is_simulated else 'no'}", chosen),
            )
        )
    return "\n\n".join(parts) + "\n"
