"""Stored results of formulas, found in the XML of other programs and put back into ours."""

from __future__ import annotations

import pytest

from govmaturity.intake.marked.results import put_back, stored


@pytest.mark.parametrize(
    ("cell", "result"),
    [
        (b'<c r="B2"><f>1+1</f><v>2</v></c>', (b"n", b"2")),
        (b"<c r='B2' s='3' t='str'><f>A1</f><v>a &amp; b</v></c>", (b"str", b"a &amp; b")),
        (b'<c r="B2" t="b"><f>1=1</f><v>1</v></c>', (b"b", b"1")),
        (b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', (b"e", b"#DIV/0!")),
        (b'<c r="B2"><f t="shared" si="0"/><v>7</v></c>', (b"n", b"7")),
        (
            b'<c r="B2"><f t="array" ref="B2:B3">A1:A2</f>\n<v xml:space="preserve"> 7</v></c>',
            (b"n", b" 7"),
        ),
        (b'<c s="1" r="B2"><f>1</f><v>7</v></c>', (b"n", b"7")),
        (b'<c r="B2"><f>1+1</f></c>', None),
        (b'<c r="B2"><f>1+1</f><v/></c>', None),
        (b'<c r="B2"><v>2</v></c>', None),
        (b'<c r="B2" t="s"><f>A1</f><v>0</v></c>', None),
        (b'<c r="A2"/><c r="B2"><v>1</v></c><c r="C2"><f>1</f><v></v></c>', None),
    ],
)
def test_a_stored_result_is_found(cell: bytes, result: tuple[bytes, bytes] | None):
    part = b'<worksheet><sheetData><row r="2">' + cell + b"</row></sheetData></worksheet>"
    assert stored(part).get(b"B2") == result


def test_a_result_is_found_under_prefixed_names():
    part = b'<x:worksheet><x:row r="2"><x:c r="B2"><x:f>1</x:f><x:v>7</x:v></x:c></x:row>'
    assert stored(part) == {b"B2": (b"n", b"7")}


@pytest.mark.parametrize("end", [b"<v />", b"<v/>"])
def test_a_result_goes_into_its_own_formula_alone(end: bytes):
    part = (
        b'<c r="B2" s="3"><f>1+1</f>' + end + b'</c><c r="B3"><f>2</f>' + end + b"</c>"
        b'<c r="B4" t="n"><v>5</v></c>'
    )
    filled = put_back(part, {b"B2": (b"n", b"2"), b"B4": (b"n", b"9")})
    assert filled == (
        b'<c r="B2" s="3" t="n"><f>1+1</f><v>2</v></c><c r="B3"><f>2</f>' + end + b"</c>"
        b'<c r="B4" t="n"><v>5</v></c>'
    )
