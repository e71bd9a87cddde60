"""Views of every page with every choice of a link away from its default, and what they then show.

Browser tests go over them; `test_views` holds that none is left out.
"""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from govmaturity.framework.load import load_framework
from govmaturity.intake.outlines import OwnOutlines, read_outlines
from govmaturity.store.people import LOCAL
from govmaturity.store.service import open_store
from govmaturity.units.registry import registry
from govmaturity.values.table import SIMULATED as SIMULATED_NOTE
from tests.intake.test_outlines import NAMES, feature, file_of

ROOT = Path(__file__).resolve().parents[2]

SIMULATED = "county-digital-government"
CENSUS = "county-conditions"
# Stands for the content hash of the upload that the tests put into the server's home.
UPLOAD = "UPLOAD"
# Stands for that of the outlines that they put there.
OUTLINES = "OUTLINES"
# Stands for a receipt that they prepare in its store.
RECEIPT = "RECEIPT"
# Stands for a release that they publish there, of a framework without a sample.
RELEASE = "RELEASE"
PUBLISHED = "un-egdi"


@dataclass(frozen=True)
class Link:
    """A page and the choices in its address.

    `shows` has for a choice what the page shows in English only because of it:
    words, the value of a box, the title of a picture or what is picked in a row
    of buttons or tabs.
    """

    page: str
    choices: dict[str, str]
    shows: dict[str, str] = field(default_factory=dict)

    def path(self, files: Mapping[str, str]) -> str:
        """The address, with the hashes of kept files in place of what stands for them."""
        given = {name: files.get(value, value) for name, value in self.choices.items()}
        return f"{path_of(self.page)}?{urlencode(given)}"


def path_of(page: str) -> str:
    """Where a page lies; the first one is the root."""
    return "" if page == "overview" else page


def _of_simulated(page: str, choices: dict[str, str], shows: dict[str, str]) -> Link:
    return Link(page, {"framework": SIMULATED, **choices}, shows)


LINKS = (
    Link(
        "overview",
        {"framework": "undp-hdi", "language": "zh"},
        {"framework": "人类发展指数", "language": "中文"},
    ),
    _of_simulated(
        "overview",
        {
            **{"region": "440100", "region2": "360700", "period": "2023", "weights": "equal"},
            **{"start": "closed", "tables": "levels,dimensions_1"},
        },
        {
            "region": "of Guangzhou, 11 have a score",
            "region2": "of Ganzhou, 18 have a score",
            "period": "From 2022 to 2023",
            "weights": "Equal weights",
            "start": "Units differ most in",
            "tables": "tab: Table",
        },
    ),
    _of_simulated(
        "map",
        {
            **{"node": "G", "classes": "quantile", "beside": "scatter", "node2": "D"},
            "brush": "440103,440104",
        },
        {
            "node": "Coordination and institutions",
            "classes": "Quantiles",
            "beside": "scatter",
            "node2": "Data resources and sharing",
            "brush": "Picked out: 2",
        },
    ),
    _of_simulated(
        "map",
        {"drawn": "change", "before": "2022", "beside": "histogram", "tier": "prefecture"},
        {"drawn": "change", "before": "From 2022 to 2024", "tier": "prefectures"},
    ),
    _of_simulated(
        "ranking",
        {"sort": "G", "search": "thq", "profile": "core"},
        {"sort": "Coordination", "search": "thq", "profile": "Core"},
    ),
    Link(
        "ranking",
        {"framework": CENSUS, "data": UPLOAD, "page": "2"},
        {"data": "my data: many.csv", "page": "picked: 2"},
    ),
    _of_simulated(
        "unit",
        {"units": "440106,440103", "peers": "kind", "search": "guangzhou", "lens": "focal_points"},
        {
            "units": "Tianhe District",
            "peers": "same kind",
            "search": "guangzhou",
            "lens": "Five focal points",
        },
    ),
    _of_simulated(
        "imbalance",
        {"node": "D", "weighting": "resident", "group": "kind", "measure": "gini"}
        | {"whose": "indicator", "region2": "440100"},
        {"weighting": "picked: by resident", "group": "kind", "measure": "picked: Gini"},
    ),
    _of_simulated(
        "trend",
        {
            **{"before": "2022", "until": "2023", "target": "75", "year": "2031"},
            **{"whom": "one", "whose": "indicator", "units": "440103"},
        },
        {
            "until": "2022 – 2023",
            "target": "75.0 points",
            "year": "by 2031",
            "whom": "picked: Unit",
            "whose": "picked: Indicators",
        },
    ),
    _of_simulated("divide", {"region": "360700", "tables": "exposed"}, {}),
    Link("submit", {"framework": CENSUS, "region": "440100"}, {"region": "(11 units)"}),
    Link(
        "submit",
        {"framework": CENSUS, "receipt": RECEIPT},
        {"receipt": "Nothing is submitted yet"},
    ),
    Link(
        "ranking",
        {"framework": PUBLISHED, "release": RELEASE},
        {"release": f"Release SIMULATED-{PUBLISHED}-2024-r1"},
    ),
    Link(
        "unit",
        {"framework": CENSUS, "units": "440106", "traced": "mean_years_schooling"},
        {"traced": 'reads "12.62"'},
    ),
    _of_simulated("method", {"node": "G1.1"}, {"node": "G1.1"}),
    _of_simulated(
        "map",
        {"outlines": OUTLINES, "region": "440100"},
        {"outlines": "Back to the outlines of the product"},
    ),
    _of_simulated("ranking", {"ranks": "none", "region": "440100"}, {"ranks": "no ranks"}),
    _of_simulated("what_if", {"tried": "n~min_max,x~G1.1"}, {"tried": "G1.1"}),
    _of_simulated(
        "what_if",
        {"mode": "framework", "framework2": CENSUS},
        {"mode": "picked: Another framework", "framework2": "County conditions"},
    ),
    _of_simulated("consistency", {"node": "D"}, {}),
    _of_simulated("robustness", {"vary": "all"}, {"vary": "picked: Every choice"}),
    _of_simulated(
        "patterns",
        {"node": "D", "against": "mean_years_schooling", "brush": "440103"}
        | {"together": "population,share_65_plus_pct"},
        {"against": "Mean years of schooling", "together": "Together they"},
    ),
    _of_simulated("export", {"period": "2023", "region": "440100"}, {}),
)


# Of a store with a life behind it (`filling`), which an app of its own shows.
_RELEASE = f"SIMULATED-{SIMULATED}-0.3-r"
FILLED_LINKS = (
    _of_simulated("review", {"reason": "unit_mix_up"}, {"reason": "wrong unit of measure?"}),
    _of_simulated("review", {"stage": "returned"}, {"stage": "picked: Returned 1"}),
    _of_simulated(
        "review",
        {"opened": "440106", "value": "population", "version": "0.3"},
        {"opened": "Tianhe District", "value": "Resident population"},
    ),
    _of_simulated(
        "releases",
        {"edition": f"{_RELEASE}1", "edition2": f"{_RELEASE}2", "periods": "2022,2023"},
        {
            "edition": "Digital-government maturity 2023, first · r1",
            "edition2": "Digital-government maturity 2023 · r2",
            "periods": "58 units and periods, approved, would go in",
        },
    ),
    _of_simulated("administer", {"section": "units"}, {"section": "picked: Units over time"}),
    _of_simulated("administer", {"asked": "440100"}, {"asked": "Save (11 units)"}),
    _of_simulated(
        "administer",
        {"section": "log", "action": "returned", "since": "2025-03-01"},
        {"section": "picked: Log", "action": "returned", "since": "2025-03-01"},
    ),
)
# Pages that are tried on that app too: on an empty store they say why there is nothing.
OF_STORE = ("review", "releases", "administer")


def pages() -> list[str]:
    """All pages of the navigation, as the router lists them; to import it would run the app."""
    for node in ast.parse((ROOT / "ui" / "main.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "GROUPS":
            return [page for group in ast.literal_eval(node.value).values() for page in group]
    raise AssertionError("ui/main.py has no GROUPS")


# What is not here, with what it is in a link: all of it must be said and set back.
GONE = {
    **{"period": "1850", "region": "nowhere", "region2": "anywhere", "node": "X9", "lens": "bent"},
    **{"profile": "slim", "weights": "heavy", "weighting": "acre", "units": "000000"},
    **{"language": "xx", "tier": "village", "drawn": "3d", "classes": "jenks", "beside": "pie"},
    **{"node2": "X8", "before": "1851", "brush": "999999", "sort": "X7", "page": "zero"},
    **{"peers": "friends", "group": "guild", "measure": "tape", "whose": "his", "whom": "her"},
    **{"until": "1852", "target": "far", "year": "soon", "vary": "some", "against": "odds"},
    **{"together": "alone", "start": "ajar", "outlines": "lost", "tried": "w~X5~1"},
    **{"mode": "fast", "framework2": "other", "ranks": "some", "receipt": "unsent"},
    **{"release": "lost", "traced": "X6"},
    **{"mode": "fast", "framework2": "other", "ranks": "some"},
    **{"version": "99", "stage": "limbo", "reason": "mood", "opened": "000001", "value": "X6"},
    **{"edition": "r0", "edition2": "r00", "periods": "soon2", "section": "attic"},
    **{"asked": "000002", "action": "sang", "since": "once"},
}


def many_units(count: int = 60) -> bytes:
    """The census sample again and again, under the codes of other counties: more than one page."""
    text = (ROOT / "data/samples/census-2020-guangzhou-ganzhou.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    units = registry()
    counties = [unit for unit in units.descendants("360000") if not units.children(unit)][:count]
    out = io.StringIO()
    writer = csv.DictWriter(out, [name for name in rows[0] if name not in ("province", "city")])
    writer.writeheader()
    for place, code in enumerate(counties):
        row = rows[place % len(rows)]
        row = {name: row[name] for name in writer.fieldnames}
        writer.writerow(row | {"code": code, "name": units.name(code, "zh")})
    return out.getvalue().encode()


def prepared(home: Path) -> str:
    """The id of a receipt of the census sample, prepared in the store of a folder."""
    file = ROOT / "data/samples/census-2020-guangzhou-ganzhou.csv"
    framework = load_framework(ROOT / "indicators/county-conditions.yaml")
    store = open_store(home)
    made = store.submissions.prepare(LOCAL, framework, file.read_bytes(), file.name)
    store.close()
    return made.receipt.id


def published(home: Path) -> str:
    """The id of a release of simulated values, submitted, approved and published in a folder.

    The same each time for one folder.
    """
    framework = load_framework(ROOT / f"indicators/published/{PUBLISHED}.yaml")
    rows = [f"44010{n},2024,0.{n},0.{9 - n},0.5,{SIMULATED_NOTE}" for n in range(3, 7)]
    content = "\n".join(["unit,period,osi,hci,tii,data_note", *rows]).encode()
    store = open_store(home)
    for made in store.releases.all(LOCAL, PUBLISHED):
        store.close()
        return made.id
    receipt = store.submissions.prepare(LOCAL, framework, content, "egdi.csv").receipt
    answers = {one.key: "made up" for one in receipt.to_justify}
    store.submissions.acknowledge(LOCAL, receipt.id, justifications=answers)
    sent = store.submissions.all(LOCAL, PUBLISHED)
    store.reviews.approve(LOCAL, {one.id: one.number for one in sent})
    title = {"zh": "模拟的发布版", "en": "A simulated release"}
    made = store.releases.publish(
        LOCAL, PUBLISHED, str(framework.version), ["2024"], title=title, licence="CC0-1.0"
    )
    store.close()
    return made.id


def outlines() -> OwnOutlines:
    """Outlines of one's own, of one district."""
    return read_outlines(file_of(feature(adcode="440106")), "wgs84", NAMES, "zones.geojson")
