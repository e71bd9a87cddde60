"""People's own outlines are kept by their content, and found by nothing else."""

import json

import pytest

from govmaturity.intake.outlines import read_outlines
from govmaturity.store import own_outlines, uploads
from tests.intake.test_outlines import NAMES, feature, file_of


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(uploads.HOME_SETTING, str(tmp_path))
    return tmp_path


def made(name="zones.geojson"):
    return read_outlines(file_of(feature(adcode="440106")), "wgs84", NAMES, name)


def test_what_is_kept_is_found_with_where_its_units_lie():
    found = made()
    kept = own_outlines.find(own_outlines.keep(found.content))
    assert kept is not None
    assert (kept.name, kept.system) == ("zones.geojson", "wgs84")
    assert kept.bounds == found.bounds
    path = own_outlines.path_of(kept.id)
    assert path is not None
    assert json.loads(path.read_bytes())["type"] == "FeatureCollection"


def test_the_same_outlines_twice_are_one_file_and_gone_once_they_are_forgotten():
    one, two = (own_outlines.keep(made().content) for _ in range(2))
    assert one == two
    own_outlines.forget(one)
    own_outlines.forget(one)
    assert own_outlines.find(one) is None


@pytest.mark.parametrize("id_", ["", "x", "../../etc/passwd", "0" * 64, "A" * 64])
def test_nothing_else_is_found(id_):
    assert own_outlines.path_of(id_) is None
    assert own_outlines.find(id_) is None
