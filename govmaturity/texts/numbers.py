"""Figures as people read them. Rounding happens here and nowhere before."""

from __future__ import annotations

import math

from babel.numbers import format_decimal

from govmaturity.texts import Language

NOTHING = "–"
_LOCALE = {"zh": "zh_CN", "en": "en_GB"}


def decimal(number: float, language: Language, digits: int = 1) -> str:
    """A figure with a fixed number of decimals and marks for thousands; a dash for NaN.

    Examples
    --------
    >>> decimal(61.25, "en"), decimal(1234.5, "en", 0), decimal(float("nan"), "zh")
    ('61.2', '1,234', '–')
    """
    if math.isnan(number):
        return NOTHING
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(number, format=pattern, locale=_LOCALE[language]))


def score(number: float, language: Language, width: float = 100.0) -> str:
    """A score: one decimal on a scale of 100, three on a scale of 1."""
    return decimal(number, language, 1 if width > 10 else 3)


def change(points: float, language: Language, width: float = 100.0) -> str:
    """A change of a score, with its sign and a decimal more; what rounds to nothing has no sign.

    Examples
    --------
    >>> change(1.234, "en"), change(-0.5, "zh"), change(-0.001, "en"), change(0.0123, "en", 1)
    ('+1.23', '−0.50', '0.00', '+0.0123')
    """
    shown = decimal(abs(points), language, 2 if width > 10 else 4)
    if math.isnan(points) or not shown.strip("0."):
        return shown
    return ("+" if points > 0 else "−") + shown


def share(number: float, language: Language) -> str:
    """A share between 0 and 1 as a percentage with one decimal.

    Examples
    --------
    >>> share(0.8334, "en")
    '83.3%'
    """
    return NOTHING if math.isnan(number) else f"{decimal(100 * number, language)}%"


def signed(number: float, language: Language, digits: int = 1) -> str:
    """A figure that may lie below zero, with a proper minus.

    Examples
    --------
    >>> signed(-0.456, "en", 2), signed(-0.001, "zh", 2), signed(0.5, "en", 2)
    ('−0.46', '0.00', '0.50')
    """
    shown = decimal(abs(number), language, digits)
    return f"−{shown}" if number < 0 and shown.strip("0.,") else shown


def signed_share(number: float, language: Language) -> str:
    """A share that may lie below zero, as a percentage with one decimal.

    Examples
    --------
    >>> signed_share(-0.052, "en")
    '−5.2%'
    """
    return NOTHING if math.isnan(number) else f"{signed(100 * number, language)}%"


def people(number: float, language: Language) -> str:
    """A number of people: with marks for thousands, in zh in 万 from ten thousand on.

    Examples
    --------
    >>> people(1238305, "zh"), people(1238305, "en")
    ('123.8万', '1,238,305')
    """
    if language == "zh" and number >= 10_000:
        return f"{decimal(number / 10_000, language)}万"
    return decimal(number, language, 0)


def measured(number: float, language: Language) -> str:
    """A raw value in its unit of measure: up to three significant decimals, none needless.

    Examples
    --------
    >>> measured(13.66, "en"), measured(1238305.0, "en"), measured(0.000123, "en")
    ('13.66', '1,238,305', '0.000123')
    """
    if math.isnan(number):
        return NOTHING
    digits = max(0, 3 - math.floor(math.log10(abs(number)))) if 0 < abs(number) < 1000 else 0
    pattern = "#,##0" + ("." + "#" * min(digits, 9) if digits else "")
    return str(format_decimal(number, format=pattern, locale=_LOCALE[language]))


def with_unit(number: float, unit: str, language: Language) -> str:
    """A raw value and its unit of measure.

    Examples
    --------
    >>> with_unit(11.754, "%", "en"), with_unit(8.81, "years", "en")
    ('11.75%', '8.81 years')
    """
    return measured(number, language) + (unit if unit == "%" else f" {unit}")
