"""A framework as YAML text, the way back from `govmaturity.framework.load`."""

from __future__ import annotations

from typing import Any

import yaml

from govmaturity.framework.model import Framework


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: whoever edits the file need not know aliases."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


def as_data(framework: Framework) -> dict[str, Any]:
    """What a framework says, as mappings and lists; what is at its default is left out."""
    said: dict[str, Any] = _lists(framework.model_dump(by_alias=True, exclude_defaults=True))
    return said


def as_yaml(framework: Framework) -> str:
    """Return YAML text that reads as the same framework; comments of a file are not kept."""
    return yaml.dump(
        as_data(framework), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100
    )


def _lists(value: Any) -> Any:
    """Pairs as lists: YAML has no other."""
    if isinstance(value, dict):
        return {key: _lists(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_lists(inner) for inner in value]
    return value
