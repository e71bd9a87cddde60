"""What pages show of releases: the newest, what was chosen, never what is not released."""

from __future__ import annotations

from pathlib import Path

import pytest

from govmaturity.scoring.errors import MethodError
from govmaturity.store.people import LOCAL
from govmaturity.store.service import Store
from govmaturity.store.uploads import HOME_SETTING
from tests.ui.making import CENSUS, approve, opened, publish, send, words
from ui import scored


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


@pytest.mark.parametrize("page", ["overview", "submit"])
def test_a_database_that_cannot_be_opened_is_said_and_the_sample_shown(home: Path, page: str):
    (home / "store.sqlite").write_bytes(b"this is no database " * 100)
    app = opened(page)
    assert any("cannot be opened" in str(one.value) for one in app.error)
    if page == "overview":
        assert "of 29" in words(app) or "29 districts" in words(app)


def test_a_folder_that_cannot_be_made_stops_submit_alone(tmp_path: Path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(HOME_SETTING, str(tmp_path / "file" / "home"))
    assert not opened("overview").error
    assert "cannot be opened" in opened("submit").error[0].value


def test_values_that_the_method_cannot_score_are_said_and_no_fault(home: Path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise MethodError("no_base_period", "G1", "min_max", "2019")

    monkeypatch.setattr(scored, "scores_of", refuse)
    said = opened("overview").error[0].value
    assert "2019" in said
    assert "G1" in said
