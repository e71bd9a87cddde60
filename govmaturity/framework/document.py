"""YAML text -> plain data that remembers its lines, read safely.

PyYAML's safe loader builds no objects, but still follows aliases without end
and keeps the last of two equal keys in silence; both are refused here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from govmaturity.framework.faults import Fault, FrameworkError, Path

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 60
# Counted after aliases are followed: what "blows up" is found before it is built.
MAX_NODES = 200_000

_TAG = "tag:yaml.org,2002:"
_MERGE = _TAG + "merge"
_SCALARS = {_TAG + name for name in ("str", "int", "float", "bool", "null")}
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Document:
    """Plain data, the line of each path, and the faults met on the way."""

    file: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line of a path, or of the nearest place above it; 1 for the whole document."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def blame(self, code: str, path: Path, found: object, expected: object, **slots: Any) -> None:
        """Add a fault at a path."""
        self.faults.append(
            Fault(code, path, str(found), str(expected), self.file, self.line_of(path), slots)
        )


def read_yaml(text: str, file: str) -> Document:
    """Read one YAML document.

    Raises
    ------
    FrameworkError
        If the text is no YAML, or too large, too deep or too much once its
        aliases are followed: then there is nothing to check further.
    """
    document = Document(file)
    if len(text) > MAX_CHARACTERS:
        raise FrameworkError(
            [Fault("too_large", (), f"{len(text):,}", f"{MAX_CHARACTERS:,}", file)]
        )
    try:
        _refuse_depth(text, file)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark else 0
        found = fault.problem or fault.context or ""
        raise FrameworkError([Fault("not_yaml", (), found, "YAML", file, line)]) from None
    except yaml.YAMLError as fault:
        found = str(fault).splitlines()[0]
        raise FrameworkError([Fault("not_yaml", (), found, "YAML", file)]) from None
    if node is None:
        raise FrameworkError([Fault("empty_file", (), "", "", file)])
    document.data = _Builder(document).build(node, ())
    return document


def _refuse_depth(text: str, file: str) -> None:
    # The composer recurses, so depth is looked at in the flat stream of events first.
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise FrameworkError([Fault("too_deep", (), "", str(MAX_DEPTH), file, line)])


class _Builder:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.left = MAX_NODES
        self.open: set[int] = set()
        self.scalars = yaml.SafeLoader("")

    def build(self, node: yaml.Node, path: Path) -> Any:
        self.document.lines.setdefault(path, node.start_mark.line + 1)
        self.left -= 1
        if self.left < 0 or id(node) in self.open:
            line = node.start_mark.line + 1
            fault = Fault("too_many_nodes", path, "", f"{MAX_NODES:,}", self.document.file, line)
            raise FrameworkError([fault])
        self.open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node, path)
            if isinstance(node, yaml.SequenceNode):
                if node.tag != _TAG + "seq":
                    self.document.blame("unsafe_tag", path, node.tag.removeprefix(_TAG), "")
                return [self.build(item, (*path, i)) for i, item in enumerate(node.value)]
            return self._scalar(node, path)
        finally:
            self.open.discard(id(node))

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[Any, Any]:
        if node.tag != _TAG + "map":
            self.document.blame("unsafe_tag", path, node.tag.removeprefix(_TAG), "")
            return {}
        built: dict[Any, Any] = {}
        merged: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if key_node.tag == _MERGE:
                value = self.build(value_node, path)
                for part in value if isinstance(value, list) else [value]:
                    merged = {**part, **merged} if isinstance(part, dict) else merged
                continue
            key = self._key(key_node, path)
            below = (*path, key)
            if key in built:
                line = key_node.start_mark.line + 1
                first = self.document.line_of(below)
                self.document.faults.append(
                    Fault("twice_key", below, str(key), str(first), self.document.file, line)
                )
                continue
            self.document.lines[below] = key_node.start_mark.line + 1
            built[key] = self.build(value_node, below)
        return {**merged, **built}

    def _key(self, node: yaml.Node, path: Path) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        self.document.blame("wrong_key", path, type(node).__name__, "")
        return ""

    def _scalar(self, node: yaml.Node, path: Path) -> Any:
        if node.tag == _TAG + "timestamp":
            return node.value
        if node.tag not in _SCALARS:
            self.document.blame("unsafe_tag", path, node.tag.removeprefix(_TAG), "")
            return node.value
        try:
            return self.scalars.construct_object(node)
        except (ValueError, yaml.YAMLError):
            return node.value
