"""Files that can be read and mean something else than they say: codes, years, totals, columns."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.making import Case, Reported, Rows, text

_UNITS = [f"4401{n:02d}" for n in (3, 4, 5, 6, 11, 12, 13, 14, 15, 17, 18)]
_SHARES = (85, 70, 64, 91, 77, 58, 83, 69, 74, 88, 62)


def cases() -> Iterator[Case]:
    for name, rows, told, issues in (*_units(), *_periods(), *_fields(), *_figures()):
        yield Case(name, text(rows).encode(), issues, told, "upload.csv")


_Told = tuple[str, Rows, Reported, tuple[str, ...]]


def _units() -> Iterator[_Told]:
    one = {("440103", "S2"): 70.0}
    rest = ["440103", "", 70]

    def beside(code: object, name: str = "") -> Rows:
        return [["adcode", "name", "S2"], [code, name, 85], rest]

    yield "an unknown code", beside("440199"), one, ("unit_unknown@A2",)
    yield "an abolished code", beside("440183"), one, ("unit_abolished@A2",)
    yield "a code rounded by a program", beside("4.40106E+05"), one, ("unit_unreadable@A2",)
    yield "a code that lost a digit", beside("44010"), one, ("unit_unreadable@A2",)
    yield (
        "a name of another unit",
        beside("440106", "越秀区"),
        {("440106", "S2"): 85.0, **one},
        ("name_differs@B2",),
    )
    yield (
        "a name that stands in two provinces",
        [["province", "name", "S2"], ["", "鼓楼区", 85], ["", "荔湾区", 70]],
        one,
        ("name_ambiguous@B2", "unused_columns@A1"),
    )
    yield (
        "the province's own row",
        [*beside("440106"), ["440000", "广东省", 155]],
        {("440106", "S2"): 85.0, **one},
        ("total_row@A4",),
    )
    for title in ("合计", "全市合计", "平均", "Total"):
        yield (
            f"a row headed {title}",
            [*beside("440106"), [title, "", 155]],
            {("440106", "S2"): 85.0, **one},
            ("total_row@A4",),
        )
    yield (
        "a unit twice with two values",
        [["adcode", "S2"], ["440106", 85], ["440103", 70], ["440106", 86]],
        one,
        ("two_values@B2,B4",),
    )
    yield (
        "a unit twice with the same value",
        [["adcode", "S2"], ["440106", 85], ["440103", 70], ["440106", 85]],
        {("440106", "S2"): 85.0, **one},
        ("row_twice@A2,A4",),
    )
    yield "values without a unit", beside(""), one, ("unit_blank@A2",)
    yield (
        "a unit that is never ranked",
        [["adcode", "S2"], ["810001", 85], ["440103", 70]],
        {("810001", "S2"): 85.0, **one},
        ("not_assessed@A2",),
    )


def _periods() -> Iterator[_Told]:
    one = {("440103", "S2"): 70.0}

    def of(period: object) -> Rows:
        return [["adcode", "year", "S2"], ["440106", period, 85], ["440103", 2024, 70]]

    for period in ("24", "2024年", "45292", "2024/06", "FY2024"):
        yield f"the year {period}", of(period), one, ("period_unreadable@B2",)
    yield "no year in one row", of(""), one, ("period_blank@B2",)
    yield "a year to come", of(2199), one, ("period_future@B2",)


def _fields() -> Iterator[_Told]:
    both = {("440106", "S2"): 85.0, ("440103", "S2"): 70.0}
    rows = [["440106", 85, 1], ["440103", 70, 2]]
    yield (
        "an indicator that is not in the framework",
        [["adcode", "S2", "X9"], *rows],
        both,
        ("unused_columns@C1",),
    )
    yield (
        "two columns of codes",
        [["adcode", "S2", "adcode"], *rows],
        both,
        ("duplicate_header@A1,C1",),
    )
    yield (
        "indicators down and units across",
        [["指标代码", "440106", "440103"], ["S2", 85, 70], ["N1", 5, 6]],
        {**both, ("440106", "N1"): 5.0, ("440103", "N1"): 6.0},
        ("turned_table",),
    )
    yield (
        "a second table below the first",
        [["adcode", "S2"], ["440106", 85], ["adcode", "N1", "S2"], ["440103", 6, 70]],
        {**both, ("440103", "N1"): 6.0},
        (),
    )
    yield (
        "names of indicators for their ids",
        [["adcode", "满意率"], ["440106", 85], ["440103", 70]],
        both,
        ("header_is_name@B1",),
    )


def _figures() -> Iterator[_Told]:
    def column(heading: str, values: list[float]) -> Rows:
        return [["adcode", heading], *zip(_UNITS, values, strict=True)]

    def told(heading: str, values: list[float]) -> Reported:
        return {(unit, heading): float(v) for unit, v in zip(_UNITS, values, strict=True)}

    items = [1200.0, 1350, 990, 1410, 1290, 1120, 1500, 1330, 1240, 1180, 1400]
    mixed = [*items[:3], 0.141, *items[4:]]
    yield (
        "one figure in units of 10,000",
        column("N1", mixed),
        told("N1", mixed),
        ("unit_mix_up@B5",),
    )
    hundred = [*items[:3], 141000, *items[4:]]
    yield (
        "one figure a hundred times",
        column("N1", hundred),
        told("N1", hundred),
        ("unit_mix_up@B5",),
    )
    far = [*items[:3], 1e9, *items[4:]]
    yield "one figure far out", column("N1", far), told("N1", far), ("far_from_peers@B5",)
    same = [50.0] * len(_UNITS)
    yield (
        "the same figure for all",
        column("N1", same),
        told("N1", same),
        (f"all_same@{','.join(f'B{n}' for n in range(2, 13))}",),
    )
    shares = [0.85, *(float(share) for share in _SHARES[1:])]
    yield (
        "a share among percentages",
        column("S2", shares),
        told("S2", shares),
        ("share_or_percent@B2",),
    )
    over = [142.0, *(float(share) for share in _SHARES[1:])]
    yield (
        "more than a whole",
        column("S2", over),
        {place: v for place, v in told("S2", over).items() if v <= 100},
        ("outside_valid@B2",),
    )
