"""What pages show of releases: the newest, what was chosen, never what is not released."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from govmaturity.framework.load import load_framework
from govmaturity.store.people import LOCAL
from govmaturity.store.release import Release
from govmaturity.store.service import Store, open_store
from govmaturity.store.uploads import HOME_SETTING
from tests.conftest import ROOT

CENSUS = "county-conditions"
UNIT = "440106"
COLUMN = "mean_years_schooling"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_SETTING, str(tmp_path))
    return tmp_path


@pytest.fixture
def kept(home: Path):
    made = open_store(home)
    yield made
    made.close()


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


def test_looking_at_pages_makes_no_store(home: Path):
    said = words(opened())
    assert "Release county" not in said
    assert list(home.iterdir()) == []


def test_what_is_sent_and_approved_is_not_shown_before_it_is_released(kept: Store):
    send(kept, 13)
    assert "mean years" not in words(opened())
    approve(kept)
    said = words(opened())
    assert "of 29" in said
    assert "Release county" not in said


def test_the_newest_release_is_what_pages_show(kept: Store):
    send(kept, 13)
    approve(kept)
    first = publish(kept, "one")
    said = words(opened())
    assert f"Release {first.id} of {first.date}" in said
    assert "13 years" in said.replace("**", "")
    # Neither a later submission nor its approval changes what is shown.
    found = kept.submissions.all(LOCAL, CENSUS)[-1]
    kept.reviews.reopen(LOCAL, found.id, found.number, "another figure")
    send(kept, 14)
    approve(kept)
    assert "13 years" in words(opened()).replace("**", "")
    second = publish(kept, "two")
    assert "14 years" in words(opened()).replace("**", "")
    older = words(opened(release=first.id))
    assert "13 years" in older.replace("**", "")
    assert "a newer release is out" in older
    assert "a newer release is out" not in words(opened(release=second.id))


def test_the_sample_stays_at_hand(kept: Store):
    send(kept, 13)
    approve(kept)
    made = publish(kept, "one")
    said = words(opened(release="sample"))
    assert made.id not in said
    assert "of 29" in said


def test_a_release_that_is_not_here_is_said_and_the_newest_shown(kept: Store):
    send(kept, 13)
    approve(kept)
    made = publish(kept, "one")
    app = opened("overview", release="lost-r9")
    assert 'Release "lost-r9"' in words(app)
    assert made.id in words(app)
    assert "release" not in app.query_params


def test_export_cites_the_release(kept: Store):
    send(kept, 13)
    approve(kept)
    made = publish(kept, "one")
    app = opened("export")
    code = "\n".join(one.value for one in app.code)
    assert made.citation("en") in code
    assert "score framework.yaml values.csv" in code
