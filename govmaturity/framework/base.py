"""The building blocks of every model of a framework: ids, numbers, words."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from govmaturity.texts import Language

# A leading sign would turn an id into a formula in a spreadsheet, so ids start
# with a letter or a digit.
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _whole_number_as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Version = Annotated[Text, BeforeValidator(_whole_number_as_text)]
Period = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$"),
    BeforeValidator(_whole_number_as_text),
]


_FRACTION = r"^\s*\d+\s*/\s*\d+\s*$"


def _fraction(value: Any) -> Any:
    if isinstance(value, str):
        try:
            # Not Fraction("1e999999999"), which would work out all of its digits.
            if re.match(_FRACTION, value):
                above, below = value.split("/")
                return int(above) / int(below)
            return float(value)
        except (ValueError, ZeroDivisionError, OverflowError) as fault:
            raise PydanticCustomError(
                "not_a_weight", "expected a number or a fraction such as 1/3"
            ) from fault
    return value


FractionText = Annotated[str, StringConstraints(pattern=_FRACTION)]
Weight = Annotated[
    float,
    BeforeValidator(_fraction, json_schema_input_type=float | FractionText),
    Field(allow_inf_nan=False),
]
Number = Annotated[float, Field(allow_inf_nan=False)]
# Strict models take no list for a tuple, but YAML has only lists.
Pair = Annotated[tuple[Number, Number], Field(strict=False)]

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Strict(BaseModel):
    """A frozen part of a framework that knows all its keys and takes no other type for another."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


class Words(Strict):
    """The same words in both languages."""

    zh: Text
    en: Text

    def in_(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en
