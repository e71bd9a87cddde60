"""One value through the periods: what a reviewer holds a doubtful one against."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from govmaturity.framework.fields import Field, fields
from govmaturity.intake.table.periods import years
from govmaturity.store.base import Base
from govmaturity.store.database import tables as t
from govmaturity.store.errors import NotFoundError
from govmaturity.store.expected import usual_figures
from govmaturity.store.figures import Figure, load
from govmaturity.store.frameworks import fingerprint_of, kept_framework
from govmaturity.store.people import Person
from govmaturity.store.states import submission, submissions
from govmaturity.store.suspicions import usual_range


@dataclass(frozen=True)
class ValueHistory:
    """One value through the periods, in its unit of measure.

    Parameters
    ----------
    indicator : str
    periods : tuple of str
        Of the same kind as the submission's, up to its own, the latest last.
    values : tuple of float, or None
        In force in each period; None where nothing was reported.
    revisions : tuple of Figure
        What each revision of this period said, the latest last.
    usual : tuple of float, optional
        Median of the earlier periods and the reach around it that is usual
        (see `suspicions.usual_range`).
    others : float, optional
        The median of what all units report for this period, of three or more.
    bounds : tuple of float or None
        The least and the largest value that can be given, where there are such.
    """

    indicator: str
    periods: tuple[str, ...]
    values: tuple[float | None, ...]
    revisions: tuple[Figure, ...]
    usual: tuple[float, float] | None
    others: float | None
    bounds: tuple[float | None, float | None] = (None, None)

    @property
    def earlier(self) -> tuple[float, ...]:
        """What was reported before this period."""
        return tuple(value for value in self.values[:-1] if value is not None)

    @property
    def edges(self) -> tuple[float, float] | None:
        """The ends of the usual range, within what can be given; None where it is not known."""
        if self.usual is None:
            return None
        middle, reach = self.usual
        least, most = self.bounds
        low, high = middle - reach, middle + reach
        return (
            low if least is None else max(low, least),
            high if most is None else min(high, most),
        )

    @property
    def is_beyond(self) -> bool:
        """Whether the value of this period lies outside the usual range."""
        now = self.values[-1]
        return (
            now is not None and self.edges is not None and not self.edges[0] <= now <= self.edges[1]
        )

    @property
    def replaced(self) -> tuple[float, ...]:
        """What earlier revisions said otherwise of this period."""
        now = self.values[-1]
        said = (one.value for one in self.revisions[:-1])
        return tuple(value for value in said if value is not None and value != now)


def history_of(base: Base, person: Person, submission_id: int, indicator: str) -> ValueHistory:
    """Follow one value of a submission through the periods and its revisions.

    Raises
    ------
    NotFoundError
        If there is no such submission, or none that the person may see.
    """
    with base.reader.begin() as connection:
        this = submission(connection, submission_id)
        if not person.sees(this.unit):
            raise NotFoundError("submission", submission_id)
        kind, start = years(this.period)
        all_ = submissions(connection, this.framework, this.version)
        mine = {
            one.period: one
            for one in all_
            if one.unit == this.unit and years(one.period)[0] == kind
        }
        periods = sorted((one for one in mine if years(one)[1] <= start), key=years)
        now = [one for one in all_ if one.period == this.period]
        numbers = connection.execute(
            select(t.revision.c.id)
            .where(t.revision.c.submission_id == this.id)
            .order_by(t.revision.c.number)
        )
        own = list(numbers.scalars())
        # The submission that is looked at counts as it stands, even where it was returned.
        shown = {
            period: own[-1] if period == this.period else mine[period].in_force
            for period in periods
        }
        others = [one.in_force for one in now if one.in_force is not None]
        wanted = {*own, *others, *(id_ for id_ in shown.values() if id_ is not None)}
        held = load(connection, sorted(wanted), [indicator])

        fingerprint = fingerprint_of(connection, this.framework, this.version)
        known = fields(kept_framework(connection, fingerprint)) if fingerprint else {}

    def figure(id_: int | None) -> Figure | None:
        value = held[id_].values.get(indicator) if id_ is not None else None
        return value.figure if value is not None else None

    values = []
    for period in periods:
        found = figure(shown[period])
        values.append(found.value if found is not None else None)
    said = (figure(id_) or Figure(None, "missing") for id_ in own)
    usual = usual_figures({str(id_): held[id_] for id_ in others})
    past = [value for value in values[:-1] if value is not None]
    return ValueHistory(
        indicator,
        tuple(periods),
        tuple(values),
        tuple(said),
        usual_range(past),
        usual.get(indicator),
        _bounds(known.get(indicator)),
    )


def _bounds(field: Field | None) -> tuple[float | None, float | None]:
    """What can be given at all: the levels of a rubric, else what the framework says is valid."""
    if field is None:
        return None, None
    if field.options:
        values = [option.value for option in field.options]
        return min(values), max(values)
    return field.valid.min, field.valid.max
