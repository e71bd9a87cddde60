"""Values that are sent, approved and published by the one person of a workbench; pages on them."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from govmaturity.framework.load import load_framework
from govmaturity.store.people import LOCAL
from govmaturity.store.release import Release
from govmaturity.store.service import Store
from tests.conftest import ROOT

CENSUS = "county-conditions"
UNIT = "440106"
COLUMN = "mean_years_schooling"


def send(store: Store, value: float) -> None:
    """Two units with years of schooling, one of them with `value`."""
    content = f"unit,period,{COLUMN}\n{UNIT},2020,{value}\n440104,2020,11\n".encode()
    framework = load_framework(ROOT / f"indicators/{CENSUS}.yaml")
    receipt = store.submissions.prepare(LOCAL, framework, content, "v.csv").receipt
    answers = {one.key: "right" for one in receipt.to_justify}
    store.submissions.acknowledge(LOCAL, receipt.id, justifications=answers)


def approve(store: Store) -> None:
    found = store.submissions.all(LOCAL, CENSUS)
    seen = {one.id: one.number for one in found if one.state == "submitted"}
    store.reviews.approve(LOCAL, seen)


def publish(store: Store, name: str) -> Release:
    title = {"zh": f"题{name}", "en": f"Release {name}"}
    return store.releases.publish(LOCAL, CENSUS, "2020.1", ["2020"], title=title, licence="CC0-1.0")


def opened(page: str = "unit", **choices: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
    for name, value in {"framework": CENSUS, "language": "en", "units": UNIT, **choices}.items():
        app.query_params[name] = value
    app.run()
    if page != "overview":
        app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception, app.exception
    return app


def words(app: AppTest) -> str:
    return "\n".join(
        str(one.value) for one in (*app.header, *app.markdown, *app.caption, *app.warning)
    )
