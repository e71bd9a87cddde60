"""Receipts as plain pages, to be printed: `/receipts/<id>?language=zh`."""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import quote

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from govmaturity.store.receipt import Receipt
from govmaturity.store.receipt_tables import (
    changes_table,
    effects_table,
    facts,
    findings_table,
    left_out_table,
    without_empty,
)
from govmaturity.store.receipt_words import sentence
from govmaturity.texts import Language, numbers, say
from ui.kept import store, units
from ui.people import who
from ui.plain_page import languages_of, of_store, plain_page

ADDRESS: Final = "/receipts"


def address(receipt: Receipt, language: Language) -> str:
    """Where the plain page of a receipt is."""
    return f"{ADDRESS}/{quote(receipt.id)}?language={language}"


@of_store
def receipt(request: Request) -> Response:
    """One receipt, submitted or not: what it says of itself, effects, changes, answers."""
    found = store().submissions.receipt(who(), request.path_params["receipt"])
    language = languages_of(request)[0]
    framework = store().submissions.framework(who(), found.id)
    known = units()

    def name_of(unit: str) -> str:
        return known.name(unit, language) if unit in known else unit

    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(text)}</td></tr>"
        for name, text in facts(found, framework, language)
    )
    parts = [
        f"<p>{escape(sentence(found, framework, language, name_of))}</p>",
        *([] if found.number else [f"<p><strong>{say('receipt.not_yet', language)}</strong></p>"]),
        f"<table>{rows}</table>",
    ]
    for key, table in (
        ("effect", effects_table(found, language, name_of, width=framework.width)),
        ("changes", changes_table(found.parts, framework, language, name_of)),
        ("findings", findings_table(found, language)),
        ("left_out_title", left_out_table(found, language, name_of)),
    ):
        if len(table):
            parts.append(f"<h2>{escape(say(f'receipt.{key}', language))}</h2>")
            parts.append(_table(table))
    number = "" if found.number is None else str(found.number)
    heading = say("receipt.heading", language, number=number).strip()
    return plain_page([heading], "".join(parts), language)


def _table(table: pd.DataFrame) -> str:
    """A table of HTML, without the columns that say nothing."""
    table = without_empty(table)
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(_text(one))}</td>" for one in row) + "</tr>"
        for row in table.itertuples(index=False)
    )
    return f'<table class="wide"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _text(cell: object) -> str:
    return numbers.NOTHING if cell is None else str(cell)


ROUTES: Final[list[BaseRoute]] = [Route(f"{ADDRESS}/{{receipt}}", receipt)]
