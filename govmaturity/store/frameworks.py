"""Frameworks as the store keeps them: their text, so that old data stay scored by their own."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import yaml
from sqlalchemy import Connection, insert, select

from govmaturity.framework.load import parse_framework
from govmaturity.framework.model import Framework
from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.errors import NotFoundError, RefusedError

_WIDTH: Final = 100


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: frameworks are read without aliases."""

    def ignore_aliases(self, _: object) -> bool:
        return True


_Plain.add_representer(tuple, yaml.SafeDumper.represent_list)


def framework_yaml(framework: Framework) -> str:
    """A framework as YAML that loads to the same framework, with the same fingerprint.

    Written from what was understood and not copied from its file: comments
    and layout of the author are not in it.
    """
    said = framework.model_dump(by_alias=True, exclude_defaults=True)
    return yaml.dump(said, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=_WIDTH)


def keep_framework(base: Base, connection: Connection, framework: Framework) -> None:
    """Keep the text of a framework's version.

    Raises
    ------
    RefusedError
        If the same version was kept with other content: what was sent by one
        cannot be compared with what is sent by the other.
    """
    version = str(framework.version)
    known = fingerprint_of(connection, framework.id, version)
    if known is not None and known != framework.fingerprint:
        raise RefusedError("framework_changed", framework=framework.id, version=version)
    if known is None:
        row = {
            "fingerprint": framework.fingerprint,
            "framework": framework.id,
            "version": version,
            "text": framework_yaml(framework),
            "at": base.clock(),
        }
        connection.execute(insert(t.framework_text).values(row))


def fingerprint_of(connection: Connection, framework: str, version: str) -> str | None:
    """The fingerprint of a kept version; None where nothing was ever sent for it."""
    table = t.framework_text
    asked = select(table.c.fingerprint).where(
        table.c.framework == framework, table.c.version == version
    )
    return connection.execute(asked).scalar()


def framework_text(connection: Connection, fingerprint: str) -> str:
    """The kept text. Raises NotFoundError where there is none."""
    table = t.framework_text
    text = connection.execute(
        select(table.c.text).where(table.c.fingerprint == fingerprint)
    ).scalar()
    if text is None:
        raise NotFoundError("framework", fingerprint[:12])
    return text


def kept_framework(connection: Connection, fingerprint: str) -> Framework:
    """The framework of a kept text."""
    return _parsed(framework_text(connection, fingerprint))


@lru_cache(maxsize=8)
def _parsed(text: str) -> Framework:
    return parse_framework(text)
