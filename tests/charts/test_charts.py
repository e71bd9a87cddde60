"""Every picture says what it shows, of whom, from where; and draws the figures it was given."""

import numpy as np
import pytest
from plotly.io import to_json

from govmaturity.analysis import inequality
from govmaturity.analysis.summary import contributions, most_lost, rows_by_rank
from govmaturity.charts import imbalance, method, overview, unit
from govmaturity.charts import map as maps
from govmaturity.charts.coloured import Coloured
from govmaturity.charts.theme import Caption, level_colours
from govmaturity.framework.load import load_framework
from govmaturity.intake.checks import check
from govmaturity.scoring import score
from govmaturity.scoring.plan import make_plan
from govmaturity.units.outlines import national_line, outline_for
from govmaturity.units.registry import registry


@pytest.fixture(scope="module", params=["conditions", "simulated"])
def scores(request, root):
    framework, file = {
        "conditions": ("county-conditions", "census-2020-guangzhou-ganzhou.csv"),
        "simulated": ("county-digital-government", "SIMULATED-county-digital-government.csv"),
    }[request.param]
    loaded = load_framework(root / f"indicators/{framework}.yaml")
    checked = check((root / "data/samples" / file).read_bytes(), file, loaded)
    made = score(loaded, checked.values)
    return made.at(made.periods[-1]).among_themselves()


@pytest.fixture
def names(scores):
    return {str(one): registry().name(str(one), "en") for one in scores.unit}


def caption(language="en", simulated=False):
    return Caption("what it shows", "points", "2024", 29, "a source", simulated, language)


def all_figures(scores, names, words):
    rows = rows_by_rank(scores)
    root = scores.plan.root
    values = scores.of(root)
    groups = ["A" if place % 2 else "B" for place in range(len(values))]
    parts = inequality.theil_by_groups(values, [groups])
    lost = most_lost(scores, 0, 5)
    across, up = inequality.lorenz(values)
    nodes = [(id_, scores.framework.parents.get(id_, ""), 0.1) for id_ in scores.framework.nodes]
    return {
        "levels": overview.level_distribution(scores, root, words),
        "heatmap": overview.parts_heatmap(scores, rows, names, words),
        "ranking": overview.ranking_bars(scores, rows, names, contributions(scores), words),
        "ladder": overview.level_ladder(scores.framework, 55.0, 2, 3, words),
        "dots": unit.part_dots(scores, str(scores.unit[0]), names, words),
        "lost": unit.lost_points(scores, lost, words),
        "spread": imbalance.spread(values, groups, list(names.values()), list(names), words),
        "lorenz": imbalance.lorenz_curve(across, up, False, words),
        "between": imbalance.between_and_within(parts, {("A",): "A", ("B",): "B"}, words),
        "weights": method.weights_sunburst(scores.framework, nodes, words),
        "map": country_map(scores, names, words),
    }


def coloured(scores, names):
    units = [str(one) for one in scores.unit]
    root = scores.plan.root
    return Coloured(
        dict(zip(units, scores.of(root).tolist(), strict=True)),
        dict(zip(units, scores.level_of(root).tolist(), strict=True)),
        names,
        dict(zip(units, scores.rank_of(root).tolist(), strict=True)),
        "charts.hover_rank",
        len(units),
    )


def country_map(scores, names, words):
    return maps.choropleth(
        scores.framework,
        [outline_for("", "county")],
        "/outlines",
        coloured(scores, names),
        words,
        line=national_line().lines,
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_picture_has_a_title_a_subtitle_and_its_source(scores, names, language):
    for name, figure in all_figures(scores, names, caption(language)).items():
        assert figure.layout.title.text == "What it shows", name
        subtitle = figure.layout.title.subtitle.text
        assert "2024" in subtitle, name
        assert "29" in subtitle, name
        texts = [note.text for note in figure.layout.annotations]
        assert any("a source" in text for text in texts), name


def test_simulated_data_are_marked_inside_every_picture_and_real_data_in_none(scores, names):
    for name, figure in all_figures(scores, names, caption(simulated=True)).items():
        assert any("SIMULATED" in note.text for note in figure.layout.annotations), name
    for name, figure in all_figures(scores, names, caption()).items():
        assert not any("SIMULATED" in note.text for note in figure.layout.annotations), name


def test_the_bars_of_levels_count_every_unit_with_a_score(scores):
    figure = overview.level_distribution(scores, scores.plan.root, caption())
    assert sum(figure.data[0].y) == len(scores.unit)


def test_the_table_of_levels_holds_what_its_bars_show(scores):
    figure = overview.level_distribution(scores, scores.plan.root, caption())
    table = overview.level_table(scores, scores.plan.root, "en")
    assert list(figure.data[0].y) == table["Districts and counties"].tolist()
    assert list(figure.data[0].hovertext) == table["Level"].tolist()


def test_the_blocks_of_a_bar_sum_to_the_score(scores, names):
    rows = rows_by_rank(scores)
    figure = overview.ranking_bars(scores, rows, names, contributions(scores), caption())
    bars = np.sum([trace.x for trace in figure.data if trace.type == "bar"], axis=0)
    assert np.allclose(bars, scores.of(scores.plan.root)[rows])


def test_the_parts_of_the_bar_of_inequality_sum_to_the_whole(scores, names):
    figure = all_figures(scores, names, caption())["between"]
    assert sum(trace.x[0] for trace in figure.data) == pytest.approx(100)


def test_a_unit_with_a_score_but_no_level_is_drawn_without_a_colour(scores, names):
    figure = country_map(scores, names, caption())
    grey, blue = figure.data[0], figure.data[1]
    levels = dict(zip(scores.unit, scores.level_of(scores.plan.root), strict=True))
    assert {str(one) for one in blue.locations} == {one for one in levels if levels[one]}
    assert len(grey.locations) + len(blue.locations) == len(outline_for("", "county").units)
    assert min(blue.z) >= 1


def test_a_map_of_the_country_draws_the_national_line_in_all_its_parts(scores, names):
    line = country_map(scores, names, caption()).data[-1]
    assert line.type == "scattergeo"
    assert list(line.lon).count(None) == len(national_line().lines)


def test_a_map_of_the_whole_country_is_sent_in_less_than_150_kilobytes(root):
    framework = load_framework(root / "indicators/county-conditions.yaml")
    known = outline_for("", "county").units
    every = Coloured(
        dict.fromkeys(known, 50.0),
        dict.fromkeys(known, 3),
        {one: registry().name(one, "zh") for one in known},
        dict.fromkeys(known, 1000),
        "charts.hover_rank",
        len(known),
    )
    figure = maps.choropleth(
        framework, [outline_for("", "county")], "/outlines", every, caption("zh")
    )
    assert len(to_json(figure).encode()) < 150_000


def test_level_colours_grow_darker_step_by_step():
    for count in range(2, 8):
        lightness = [
            sum(int(part) for part in colour[4:-1].split(",")) for colour in level_colours(count)
        ]
        assert lightness == sorted(lightness, reverse=True)


def test_weights_of_a_plan_sum_to_one(scores):
    plan = make_plan(scores.framework)
    assert sum(plan.weight_in_root(one) for one in plan.indicators) == pytest.approx(1)
