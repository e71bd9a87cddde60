"""One replicate after another: which option of every choice it takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govmaturity.analysis.robustness.choices import Choices
from govmaturity.scoring.plan import Plan

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
NOBODY = -1


@dataclass(frozen=True)
class Design:
    """What each replicate does, all of shape (runs,) but `factors`.

    normalise, aggregate, treat, missing : positions in the options of the choices.
    left_out : position of the indicator that is left out; -1 for none.
    noise : seed of the errors of survey values and rubrics; -1 for none.
    factors : shape (runs, nodes); what each node's weight is multiplied by.
    """

    normalise: Places
    aggregate: Places
    treat: Places
    missing: Places
    left_out: Places
    noise: Places
    factors: Floats

    def __len__(self) -> int:
        return len(self.normalise)

    def rows(self, kept: Places) -> Design:
        """The same for some of the replicates."""
        return Design(
            self.normalise[kept],
            self.aggregate[kept],
            self.treat[kept],
            self.missing[kept],
            self.left_out[kept],
            self.noise[kept],
            self.factors[kept],
        )


def draw(choices: Choices, plan: Plan, runs: int, random: np.random.Generator) -> Design:
    """Draw replicates at random: every option of a choice is equally likely.

    Parameters
    ----------
    choices : Choices
    plan : Plan
    runs : int
        One or more.
    random : Generator

    Returns
    -------
    Design

    Raises
    ------
    ValueError
        If there are no runs.
    """
    if runs < 1:
        raise ValueError(f"a simulation needs one run or more, got {runs}")
    indicators = len(plan.indicators) if choices.leave_out else 0
    has_noise = choices.errors or choices.rubric > 0
    return Design(
        normalise=random.integers(len(choices.normalise), size=runs),
        aggregate=random.integers(len(choices.aggregate), size=runs),
        treat=random.integers(len(choices.treat), size=runs),
        missing=random.integers(len(choices.missing), size=runs),
        left_out=random.integers(NOBODY, indicators, size=runs),
        noise=random.integers(2**31, size=runs) if has_noise else np.full(runs, NOBODY),
        factors=weight_factors(choices.weights, len(plan.nodes), runs, random),
    )


def weight_factors(share: float, nodes: int, runs: int, random: np.random.Generator) -> Floats:
    """What weights are multiplied by: uniform from 1 - share to 1 + share; shape (runs, nodes)."""
    if share == 0:
        return np.ones((runs, nodes))
    return random.uniform(1 - share, 1 + share, size=(runs, nodes))


def unvaried(plan: Plan, runs: int) -> Design:
    """Replicates that all do what the framework states, provided it comes first in each choice."""
    zeros = np.zeros(runs, dtype=np.intp)
    nobody = np.full(runs, NOBODY)
    ones = np.ones((runs, len(plan.nodes)))
    return Design(zeros, zeros, zeros, zeros, nobody, nobody, ones)
