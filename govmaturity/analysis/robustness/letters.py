"""Which units cannot be told apart, as overlapping groups named by letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
# A unit is above another if it is in nine of ten replicates.
CERTAIN: Final = 0.9
_ALPHABET: Final = 26
# So many groups help nobody; the search for more could take for ever.
MOST_GROUPS: Final = 10_000


def told_apart(above: Floats, certain: float = CERTAIN) -> Bools:
    """Which pairs have an order that holds in most replicates.

    Parameters
    ----------
    above : ndarray of float, shape (units, units)
        Probability that the unit of the row is above that of the column.
        Nobody is told apart from a unit with NaN.
    certain : float
        Above 0.5.

    Returns
    -------
    ndarray of bool, shape (units, units)
        Symmetric; False on the diagonal.

    Raises
    ------
    ValueError
        If `certain` is not above 0.5 and at most 1.

    Examples
    --------
    >>> told_apart(np.array([[0.5, 0.95], [0.05, 0.5]]))
    array([[False,  True],
           [ True, False]])
    """
    if not 0.5 < certain <= 1:
        raise ValueError(f"an order is certain from above 0.5 to 1, got {certain}")
    found = above >= certain
    return np.asarray(found | found.T)


def indistinct(apart: Bools, order: Sequence[int]) -> list[tuple[int, ...]]:
    """The largest groups of units of which no two can be told apart.

    They overlap: that A cannot be told from B, nor B from C, does not mean
    that A cannot be told from C.

    Parameters
    ----------
    apart : ndarray of bool, shape (units, units)
        Symmetric.
    order : sequence of int
        The units that take part, best first.

    Returns
    -------
    list of tuple of int
        Members best first; groups by their best member, then the next.

    Raises
    ------
    ValueError
        If there are more groups than anybody could read.

    Notes
    -----
    The maximal cliques of the graph of indistinct pairs, after Bron and
    Kerbosch (1973), with sets as bits of whole numbers.

    Examples
    --------
    >>> chain = np.array([[0, 0, 1], [0, 0, 0], [1, 0, 0]], dtype=bool)
    >>> indistinct(chain, [0, 1, 2])
    [(0, 1), (1, 2)]
    """
    alike = [
        sum(1 << j for j, other in enumerate(order) if other != one and not apart[one, other])
        for one in order
    ]
    cliques: list[int] = []
    waiting = [(0, (1 << len(order)) - 1, 0)]
    while waiting:
        clique, candidates, excluded = waiting.pop()
        if not candidates and not excluded:
            if clique:
                cliques.append(clique)
            if len(cliques) > MOST_GROUPS:
                raise ValueError(f"more than {MOST_GROUPS} groups of units that are alike")
            continue
        pivot = max(_bits(candidates | excluded), key=lambda j: (alike[j] & candidates).bit_count())
        for j in _bits(candidates & ~alike[pivot]):
            waiting.append((clique | 1 << j, candidates & alike[j], excluded & alike[j]))
            candidates &= ~(1 << j)
            excluded |= 1 << j
    return [tuple(order[j] for j in places) for places in sorted(map(_bits, cliques))]


def letters(groups: Sequence[Sequence[int]], units: int) -> list[str]:
    """The letters of each unit: units that share one cannot be told apart.

    Parameters
    ----------
    groups : sequence of groups of units
        As from `indistinct`.
    units : int

    Returns
    -------
    list of str
        `a` for the best group; after `z` comes `aa`. Letters of one unit are
        separated by spaces; a unit in no group has none.

    Examples
    --------
    >>> letters([(0, 1), (1, 2)], 3)
    ['a', 'a b', 'b']
    """
    found: list[list[str]] = [[] for _ in range(units)]
    for place, group in enumerate(groups):
        for unit in group:
            found[unit].append(_letter(place))
    return [" ".join(names) for names in found]


def _letter(place: int) -> str:
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, _ALPHABET)
        text = chr(ord("a") + rest) + text
    return text


def _bits(number: int) -> list[int]:
    """Positions of the bits that are set, from the lowest."""
    found = []
    while number:
        lowest = number & -number
        found.append(lowest.bit_length() - 1)
        number ^= lowest
    return found
