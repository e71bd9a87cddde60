"""The one look of all charts: colours, fonts, and what every picture says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

import plotly.graph_objects as go
import wcwidth
from plotly.colors import sample_colorscale

from govmaturity.texts import Language, say
from govmaturity.values.table import SIMULATED

FONT: Final = (
    "'Noto Sans', 'Segoe UI', 'Helvetica Neue', 'Liberation Sans', 'DejaVu Sans', "
    "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'Hiragino Sans GB', "
    "'WenQuanYi Micro Hei', sans-serif"
)
INK, MUTED, GRID, CONTEXT = "#1f2933", "#52606d", "#e4e7eb", "#b8c2cc"
NO_DATA: Final = "#eceff1"
ACCENT: Final = "#b35900"
# One hue, darker is higher: safe for colour-blind readers and readable in grey print.
SEQUENTIAL: Final = [
    [0.0, "#e3eef9"],
    [0.25, "#abd0e6"],
    [0.5, "#5ba3cf"],
    [0.75, "#2070b4"],
    [1.0, "#08306b"],
]
# For change, and for above and below: brown is less, green is more, safe for colour-blind
# readers (after ColorBrewer's BrBG); a sign or a border stands beside it everywhere.
DIVERGING: Final = (
    "#8c510a",
    "#cf9a4a",
    "#ebd6a9",
    "#dcdfe0",
    "#b5ddd7",
    "#55ab9e",
    "#01665e",
)
# Parts of a whole, told apart by hue and by lightness (after Okabe and Ito, 2008).
CATEGORIES: Final = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#d55e00",
    "#6b5b95",
    "#999933",
)

LABEL_SIZE, NOTE_SIZE = 13, 11
# Half of a tick's label hangs over the end of its axis.
LEFT, RIGHT = 14, 26

_AXIS: Final = {
    "gridcolor": GRID,
    "zerolinecolor": CONTEXT,
    "linecolor": CONTEXT,
    "automargin": True,
    # Else plotly writes 60k, which no Chinese reader does.
    "exponentformat": "none",
    "separatethousands": True,
}
_TEMPLATE = go.layout.Template(
    layout=go.Layout(
        font={"family": FONT, "size": LABEL_SIZE, "color": INK},
        paper_bgcolor="white",
        plot_bgcolor="white",
        colorway=CATEGORIES,
        hoverlabel={"font": {"family": FONT, "size": 13}},
        xaxis=_AXIS,
        yaxis=_AXIS,
        margin={"l": LEFT, "r": RIGHT, "t": 84, "b": 56},
        separators=".,",
        # Beside the picture: on top it lies on the title, on a phone all the time.
        modebar={"orientation": "v"},
    )
)


@dataclass(frozen=True)
class Caption:
    """What a picture says of itself: what it shows, in which unit, of whom, from where."""

    title: str
    unit_of_measure: str
    period: str
    units: int
    source: str
    is_simulated: bool
    language: Language
    note: str = ""
    subject: str = "charts.units_counted"
    is_half: bool = False

    @property
    def subtitle(self) -> str:
        return say(
            "charts.subtitle",
            self.language,
            unit=self.unit_of_measure,
            period=self.period,
            counted=say(self.subject, self.language, n=self.units),
        )

    @property
    def footer(self) -> str:
        """Source and notes, one line each."""
        lines = [say("charts.source", self.language, source=self.source)]
        if self.note:
            lines.append(self.note)
        return "\n".join(lines)


def level_colours(count: int) -> list[str]:
    """Colours of levels from the worst up: steps of the sequential scale.

    Examples
    --------
    >>> len(level_colours(5)), len(set(level_colours(5)))
    (5, 5)
    """
    if count < 2:
        return ["#5ba3cf"] * count
    steps = [0.08 + 0.84 * place / (count - 1) for place in range(count)]
    return [str(colour) for colour in sample_colorscale(SEQUENTIAL, steps)]


def diverging_colours(count: int) -> list[str]:
    """Colours from less to more; an even number has no middle one.

    Examples
    --------
    >>> diverging_colours(6)[0], len(diverging_colours(6))
    ('#8c510a', 6)
    """
    half = count // 2
    middle = [DIVERGING[3]] if count % 2 else []
    return [*DIVERGING[:half], *middle, *DIVERGING[-half:]]


def finish(figure: go.Figure, caption: Caption, height: int, *, above: int = 0) -> go.Figure:
    """Give a figure the house's look, its title, subtitle, source and, if need be, its mark.

    `above` is room in pixels between the subtitle and the picture, for a legend.
    """
    # A picture that shares its row with another has half the room for words. The source
    # stands below the axes, which begin to the right of their labels; a title does not.
    short, long = (44, 68) if caption.is_half else (84 if caption.is_simulated else 95, 150)
    lines = [wrap(line, long - _label_columns(figure)) for line in caption.footer.split("\n")]
    footer = "<br>".join(lines)
    below = 26 + 16 * (footer.count("<br>") + 1)
    bottom = (figure.layout.margin.b or 40) + below
    title = wrap(caption.title[:1].upper() + caption.title[1:], short)
    mark_below = 26 if caption.is_half and caption.is_simulated else 0
    top = 84 + above + mark_below + 20 * title.count("<br>")
    figure.update_layout(
        template=_TEMPLATE,
        height=height,
        title={
            "text": title,
            "subtitle": {"text": caption.subtitle, "font": {"size": 12, "color": MUTED}},
            "font": {"size": 16},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 12 + 8 * title.count("<br>"), "l": LEFT},
        },
        margin={
            "t": top,
            "b": bottom,
            "l": figure.layout.margin.l if figure.layout.margin.l is not None else LEFT,
            "r": RIGHT,
        },
    )
    figure.add_annotation(
        text=footer,
        x=0,
        xref="paper",
        xanchor="left",
        y=0,
        yref="paper",
        yanchor="bottom",
        yshift=-bottom + 6,
        showarrow=False,
        align="left",
        font={"size": NOTE_SIZE, "color": MUTED},
    )
    if caption.is_simulated:
        figure.add_annotation(
            text=SIMULATED,
            x=1,
            xref="paper",
            xanchor="right",
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=above + 2 if mark_below else top - 32,
            showarrow=False,
            font={"size": 13, "color": "#9b1c1c"},
            bordercolor="#9b1c1c",
            borderpad=3,
        )
    return figure


def _label_columns(figure: go.Figure) -> int:
    """Columns of small text that the longest name to the left of the axes takes."""
    names = [str(name) for name in figure.layout.yaxis.ticktext or ()]
    for trace in figure.data:
        given = getattr(trace, "y", None)
        if given is not None and len(given) and isinstance(given[0], str):
            names.extend(given)
    widest = max((wcwidth.width(name) for name in names), default=0)
    return widest * LABEL_SIZE // NOTE_SIZE


def shorten(text: str, length: int) -> str:
    """Cut a long name for an axis; Chinese characters count twice.

    Examples
    --------
    >>> shorten("Coordination and institutions", 12), shorten("统筹机制与制度保障", 12)
    ('Coordinatio…', '统筹机制与…')
    """
    if wcwidth.width(text) <= length:
        return text
    return wcwidth.clip(text, 0, length - 1).rstrip() + "…"


def wrap(text: str, length: int) -> str:
    """Break a line for plotly, which wraps nothing; Chinese characters count twice.

    Names of files and units come from people: what plotly would read as markup
    stays text.

    Examples
    --------
    >>> wrap("a <b>bold</b> name", 80)
    'a &lt;b&gt;bold&lt;/b&gt; name'
    """
    return "<br>".join(escape(line, quote=False) for line in wcwidth.wrap(text, length))
