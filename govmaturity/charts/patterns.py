"""Patterns: units in classes on a map, one figure against another, profiles of types."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
import plotly.graph_objects as go

from govmaturity.analysis.inequality import Floats
from govmaturity.analysis.types import Types
from govmaturity.charts.legible import write_fields
from govmaturity.charts.map import geo_view
from govmaturity.charts.theme import ACCENT, NO_DATA, Caption, finish, shorten, wrap
from govmaturity.texts import say
from govmaturity.units.outlines import Outline

# High among high, low among high, low among low, high among low (as in
# `analysis.space.association.QUADRANTS`), no pattern; told apart in grey print too.
CLUSTERS: Final = ("#08306b", "#f6c98f", ACCENT, "#abd0e6", "#d8dde3")
DIVERGING: Final = [[0.0, "#b35900"], [0.5, "#f7f7f7"], [1.0, "#08306b"]]


def classes_map(
    outlines: Sequence[Outline],
    folder: str,
    classes: Mapping[str, int],
    labels: Sequence[str],
    colours: Sequence[str],
    names: Mapping[str, str],
    caption: Caption,
    *,
    chosen: Collection[str] = (),
) -> go.Figure:
    """Units coloured by class, each class an entry of the legend with its count.

    Parameters
    ----------
    outlines : sequence of Outline
        Units without a class are drawn as having no data, and counted.
    folder : str
        The address of the outlines' files.
    classes : mapping of unit to int
        An index into `labels` and `colours`.
    labels, colours : sequence of str
    names : mapping of unit to str
    caption : Caption
        Its note must carry the attribution of the outlines.
    chosen : collection of unit
        Drawn with a strong border: what was marked in the picture beside.
    """
    figure = go.Figure()
    drawn = {unit for outline in outlines for unit in outline.units}
    listed = [*range(len(labels)), None]
    for place in listed:
        members = {unit for unit in drawn if classes.get(unit) == place}
        if not members:
            continue
        label = say("charts.no_data", caption.language, n=len(members))
        if place is not None:
            label = f"{labels[place]} ({len(members)})"
        colour = NO_DATA if place is None else colours[place]
        for first, outline in enumerate(outlines):
            inside = [unit for unit in outline.units if unit in members]
            if not inside:
                continue
            figure.add_choropleth(
                geojson=f"{folder}/{outline.file}",
                locations=inside,
                z=[0] * len(inside),
                text=[names.get(unit, unit) for unit in inside],
                colorscale=[[0, colour], [1, colour]],
                showscale=False,
                name=label,
                legendgroup=label,
                showlegend=not any(trace.name == label for trace in figure.data),
                marker={
                    "line": {
                        "color": [ACCENT if u in chosen else "white" for u in inside],
                        "width": [2.5 if u in chosen else 0.4 for u in inside],
                    }
                },
                hovertemplate=f"<b>%{{text}}</b><br>{label}<extra></extra>",
                uid=f"class-{place}-{first}",
            )
    figure.update_geos(**geo_view(outlines))
    figure.update_layout(
        margin={"b": 64}, dragmode="pan", legend={"orientation": "h", "y": 0, "yanchor": "top"}
    )
    return finish(figure, caption, 600)


def against(
    x: Floats,
    y: Floats,
    units: Sequence[str],
    names: Mapping[str, str],
    x_title: str,
    y_title: str,
    caption: Caption,
) -> go.Figure:
    """One figure of units against another, with the straight line that fits best."""
    figure = go.Figure()
    both = ~np.isnan(x) & ~np.isnan(y)
    rows = np.flatnonzero(both).tolist()
    figure.add_scatter(
        x=x[rows],
        y=y[rows],
        mode="markers",
        text=[names[units[row]] for row in rows],
        customdata=[units[row] for row in rows],
        marker={"color": "#2070b4", "size": 8, "opacity": 0.75},
        hovertemplate="<b>%{text}</b><br>%{x:,.2f} · %{y:.1f}<extra></extra>",
        showlegend=False,
    )
    if len(rows) > 1 and np.ptp(x[rows]) > 0:
        slope, start = np.polyfit(x[rows], y[rows], 1)
        ends = np.array([x[rows].min(), x[rows].max()])
        figure.add_scatter(
            x=ends,
            y=start + slope * ends,
            mode="lines",
            line={"color": ACCENT, "width": 2},
            hoverinfo="skip",
            showlegend=False,
        )
    figure.update_xaxes(title=x_title)
    # Upright there is less room for a name than along the picture.
    figure.update_yaxes(title=wrap(y_title, 34))
    figure.update_layout(margin={"b": 56})
    return finish(figure, caption, 440)


def type_profiles(
    found: Types, labels: Sequence[str], dimensions: Mapping[str, str], caption: Caption
) -> go.Figure:
    """Mean score of each type in each dimension, as a heat map with its figures."""
    parts = list(found.types[0].profile)
    values = np.array([[one.profile[part] for part in parts] for one in found.types])
    middle = float(values.mean())
    reach = float(np.abs(values - middle).max())
    figure = go.Figure(
        go.Heatmap(
            z=values,
            x=[shorten(dimensions[part], 22) for part in parts],
            y=[shorten(label, 34) for label in labels],
            colorscale=DIVERGING,
            zmin=middle - reach,
            zmax=middle + reach,
            colorbar={"thickness": 12, "title": {"text": caption.unit_of_measure}},
            hovertemplate="%{y}<br>%{x}: %{z:.1f}<extra></extra>",
        )
    )
    write_fields(
        figure,
        [[f"{value:.1f}" for value in line] for line in values],
        "%{y}<br>%{x}: %{text}<extra></extra>",
        is_top_down=True,
    )
    figure.update_yaxes(automargin=True)
    figure.update_xaxes(automargin=True, side="top", tickangle=-25)
    return finish(figure, caption, 300 + 48 * len(labels), above=90)
