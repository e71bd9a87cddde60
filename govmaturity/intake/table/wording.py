"""What a field takes, for the sentence that asks for it."""

from __future__ import annotations

from govmaturity.framework.fields import Field
from govmaturity.framework.rules import Bounds
from govmaturity.intake.issues import Phrase


def expected_of(field_: Field) -> str:
    """What a field takes, in no language: `0-100`, `a, b, c`, `1, 0`."""
    if field_.measure == "yes_no":
        return "1, 0"
    if field_.options:
        return ", ".join(option.code for option in field_.options)
    return range_in_signs(field_.valid) or "number"


def range_in_signs(bounds: Bounds) -> str:
    """A range in no language: `0-100`, `>= 0`; empty if there is none."""
    low, high = bounds.min, bounds.max
    if low is not None and high is not None:
        return f"{low:.15g}-{high:.15g}" if low >= 0 else f"{low:.15g}..{high:.15g}"
    return f">= {low:.15g}" if low is not None else f"<= {high:.15g}" if high is not None else ""


def what_to_enter(field_: Field) -> Phrase:
    """The part of a sentence that says what a field takes, with an example."""
    low, high = field_.valid.min, field_.valid.max
    if field_.measure == "yes_no":
        return Phrase("enter_yes_no")
    if field_.options:
        return Phrase(
            "enter_option",
            (
                ("codes", ", ".join(option.code for option in field_.options)),
                ("code", field_.options[0].code),
                ("name", field_.options[0].name),
            ),
        )
    kind = "percent" if field_.is_percent else "count" if field_.is_whole else "number"
    example = (("example", _example(field_, low, high)),)
    if low is not None and high is not None:
        return Phrase(
            f"enter_{kind}_between", (("low", f"{low:.15g}"), ("high", f"{high:.15g}"), *example)
        )
    if low is not None:
        return Phrase(f"enter_{kind}_from", (("low", f"{low:.15g}"), *example))
    if high is not None:
        return Phrase(f"enter_{kind}_to", (("high", f"{high:.15g}"), *example))
    return Phrase(f"enter_{kind}", example)


def _example(field_: Field, low: float | None, high: float | None) -> str:
    usual = 120.0 if field_.is_whole else 42.5
    if field_.valid.holds(usual):
        return f"{usual:.15g}"
    middle = (
        (low if low is not None else (high or 0)) + (high if high is not None else (low or 0))
    ) / 2
    if field_.is_whole and field_.valid.holds(round(middle)):
        return f"{round(middle)}"
    return f"{middle:.6g}"
