"""Texts can be read on their ground: every ink of the house, every colour something stands on."""

from __future__ import annotations

import tomllib

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plotly.colors import hex_to_rgb, sample_colorscale

from govmaturity.charts import patterns, theme
from govmaturity.charts.legible import (
    LEAST,
    contrast,
    ink_on,
    inks_on_scale,
    lighter,
    luminance,
    write_fields,
)
from govmaturity.charts.scheme import PAIR_COLOURS
from govmaturity.charts.theme import CATEGORIES, SEQUENTIAL, diverging_colours, level_colours
from tests.conftest import ROOT

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.mark.parametrize(
    ("colour", "ratio"),
    # Figures of the WCAG working group's own checker: the lightest grey that passes, and primaries.
    [("#767676", 4.54), ("#777777", 4.48), ("#0000ff", 8.59), ("#ff0000", 4.0), ("#ffffff", 1.0)],
)
def test_the_contrast_with_white_is_that_of_the_published_checker(colour, ratio):
    assert contrast(colour, "white") == pytest.approx(ratio, abs=0.005)
    assert contrast("white", colour) == contrast(colour, "white")


@given(COLOURS)
def test_there_is_an_ink_that_can_be_read_for_every_ground(ground):
    assert contrast(ink_on(ground), ground) >= LEAST


@given(COLOURS, COLOURS)
def test_contrast_lies_between_one_and_twenty_one(one, other):
    assert 1 <= contrast(one, other) <= 21
    assert contrast(one, one) == 1


@given(COLOURS, st.floats(0, 1))
def test_white_mixed_in_makes_no_colour_darker(colour, share):
    assert luminance(lighter(colour, share)) >= luminance(colour) - 1e-9


@pytest.mark.parametrize("ink", [theme.INK, theme.MUTED, theme.ACCENT, "#9b1c1c"])
def test_every_ink_on_white_can_be_read(ink):
    assert contrast(ink, "white") >= LEAST


def test_captions_of_pages_can_be_read_too():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    # Streamlit draws captions in 60 % of the text's colour, on white and on the sidebar's grey.
    ink = np.array(hex_to_rgb(settings["textColor"]))
    for ground in ("#ffffff", "#f8f8f7"):
        mixed = 0.6 * ink + 0.4 * np.array(hex_to_rgb(ground))
        assert contrast(f"rgb({', '.join(map(str, mixed))})", ground) >= LEAST
    assert contrast(settings["primaryColor"], "white") >= LEAST


@pytest.mark.parametrize("count", range(2, 11))
def test_levels_darken_from_the_worst_up(count):
    light = [luminance(colour) for colour in level_colours(count)]
    assert (np.diff(light) < 0).all()


def test_change_is_lightest_in_the_middle_and_darkens_to_both_sides():
    light = [luminance(colour) for colour in diverging_colours(7)]
    assert (np.diff(light[:4]) > 0).all()
    assert (np.diff(light[3:]) < 0).all()


GROUNDS = [*CATEGORIES, *PAIR_COLOURS, *diverging_colours(7), *level_colours(5), theme.CONTEXT]


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_text_inside_a_bar_or_field_can_be_read(ground):
    assert contrast(ink_on(ground), ground) >= LEAST


@pytest.mark.parametrize("scale", [SEQUENTIAL, patterns.DIVERGING])
def test_figures_in_a_heat_map_can_be_read_all_over_its_scale(scale):
    values = np.linspace(-10, 110, 121)
    inks = inks_on_scale(values, 0, 100, scale)
    grounds = sample_colorscale(scale, np.clip(values / 100, 0, 1).tolist())
    assert min(contrast(*pair) for pair in zip(inks, grounds, strict=True)) >= LEAST
    assert inks_on_scale(np.array([np.nan]), 0, 100, scale) == [theme.INK]


def test_a_scale_without_width_has_the_ink_of_its_lower_end():
    assert inks_on_scale(np.array([5.0]), 5, 5) == [ink_on(SEQUENTIAL[0][1])]


def test_figures_stand_in_their_own_fields():
    heat = go.Heatmap(z=[[1, 2], [3, 4]], x=["a", "b"], y=["r", "s"], zmin=0, zmax=4)
    figure = go.Figure(heat.update(colorscale=SEQUENTIAL, customdata=[["u", "u"], ["v", "v"]]))
    write_fields(figure, [["1", "2"], ["3", "4"]], "%{text}")
    written = figure.data[1]
    found = list(zip(written.y, written.x, written.text, written.customdata, strict=True))
    assert found[:2] == [("r", "a", "1", "u"), ("r", "b", "2", "u")]
    assert found[2:] == [("s", "a", "3", "v"), ("s", "b", "4", "v")]
    assert figure.layout.yaxis.range == (-0.5, 1.5)
    write_fields(figure, [["1", "2"], ["3", "4"]], "%{text}", is_top_down=True)
    assert figure.layout.yaxis.range == (1.5, -0.5)
