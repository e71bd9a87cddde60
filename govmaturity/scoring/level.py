"""Levels: the band a score lies in, and the gates that cap or withhold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govmaturity.framework.levels import CoverageGate, InputGate, WeakestGate
from govmaturity.framework.model import Framework
from govmaturity.scoring.plan import Plan
from govmaturity.scoring.rank import TIE
from govmaturity.values.raw import REPORTED, Entered

Levels = NDArray[np.int8]
NO_LEVEL: Final = 0
_COVERAGE_NOISE: Final = 1e-9


@dataclass(frozen=True)
class GateEffect:
    """What one gate did at one node, row by row.

    `acted` marks rows whose level it lowered or withheld, `undecided` those
    where it lacked what it looks at: there the level is provisional. `cap` is
    the level it allowed (0: none).
    """

    gate: str
    node: str
    acted: NDArray[np.bool_]
    undecided: NDArray[np.bool_]
    cap: Levels


def bands(framework: Framework, scores: NDArray[np.float64]) -> Levels:
    """Return the level of each score: bands `[from, to)`, the last one closed.

    Parameters
    ----------
    framework : Framework
    scores : ndarray of float, any shape
        Unrounded, on the framework's scale; a score that is an edge but for
        the noise of floating-point sums counts as on it. NaN has no level.

    Returns
    -------
    ndarray of int, the same shape
        1 to k from the worst up; 0 for no level.
    """
    if not framework.levels:
        return np.zeros(scores.shape, dtype=np.int8)
    found = np.where(np.isnan(scores), NO_LEVEL, 1).astype(np.int8)
    # Against each edge in turn: levels are few, and scores may be many.
    lifted = scores + TIE * framework.width
    for level in framework.levels[1:]:
        found += lifted >= level.start
    return found


def apply_gates(
    plan: Plan, levels: Levels, coverage: NDArray[np.float64], entered: Entered
) -> tuple[Levels, tuple[GateEffect, ...]]:
    """Cap or withhold levels by the framework's gates.

    Coverage is looked at first, then the caps; the lowest cap holds, and no
    cap goes below level 1. A gate that names no node looks at the root.

    Returns
    -------
    levels : ndarray of int, shape (nodes, rows)
        A new array.
    effects : tuple of GateEffect
        In the order of the framework's gates.
    """
    before = levels
    after = levels.copy()
    effects: list[GateEffect] = []
    for gate in plan.framework.gates:
        for node in gate.nodes or [plan.root]:
            if node not in plan.nodes:
                continue
            place = plan.place(node)
            cap, undecided = _cap(gate, plan, node, before, coverage, entered)
            has_level = before[place] != NO_LEVEL
            acted = has_level & (cap < before[place])
            after[place] = np.where(acted, np.minimum(after[place], cap), after[place])
            effects.append(GateEffect(gate.id, node, acted, undecided & has_level, cap))
    return after, tuple(effects)


def _cap(
    gate: CoverageGate | WeakestGate | InputGate,
    plan: Plan,
    node: str,
    levels: Levels,
    coverage: NDArray[np.float64],
    entered: Entered,
) -> tuple[Levels, NDArray[np.bool_]]:
    rows = levels.shape[1]
    highest = np.int8(len(plan.framework.levels))
    decided = np.zeros(rows, dtype=bool)
    if isinstance(gate, CoverageGate):
        fails = coverage[plan.place(node)] < gate.below - _COVERAGE_NOISE
        return np.where(fails, NO_LEVEL, highest).astype(np.int8), decided
    if isinstance(gate, WeakestGate):
        children = [plan.place(child) for child in plan.children(node)]
        has_none = levels[children] == NO_LEVEL
        weakest = np.where(has_none, highest, levels[children]).min(axis=0)
        cap = np.clip(weakest + gate.plus, 1, highest)
        return cap.astype(np.int8), has_none.any(axis=0)
    value, status = entered.of(gate.input)
    over = np.where(status == REPORTED, value, -np.inf) > gate.above
    return np.where(over, gate.max_level, highest).astype(np.int8), status != REPORTED
