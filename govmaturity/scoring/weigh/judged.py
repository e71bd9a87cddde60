"""Weights from what experts say: pairwise comparisons (AHP) and shared-out points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govmaturity.framework.methods import Budget, Judgement, RandomIndex

Floats = NDArray[np.float64]
# Mean consistency index of random judgements, by number of parts from 1 up.
RANDOM_INDEX: Final[dict[RandomIndex, tuple[float, ...]]] = {
    "saaty_1980": (
        *(0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41),
        *(1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    ),
    "saaty_later": (
        *(0.0, 0.0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40),
        *(1.45, 1.49, 1.51, 1.54, 1.56, 1.57, 1.58),
    ),
    "alonso_lamata": (
        *(0.0, 0.0, 0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056),
        *(1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838),
    ),
}


@dataclass(frozen=True)
class Judged:
    """Weights from a matrix of judgements, and how well the judgements fit together.

    weights : float, shape (parts,)
    largest : float
        The largest eigenvalue; as many as there are parts where all fit.
    ratio : float
        Consistency ratio; 0.1 and below is accepted.
    worst : pair of int
        The two parts whose judgement lies farthest from what the others say.
    """

    weights: Floats
    largest: float
    ratio: float
    worst: tuple[int, int]


def ahp(matrix: Floats, index: RandomIndex = "saaty_1980") -> Judged:
    """Analytic hierarchy process: the principal eigenvector of pairwise judgements.

    Parameters
    ----------
    matrix : ndarray of float, shape (parts, parts)
        `matrix[i, j]` says how many times as important i is as j; above zero,
        and `matrix[j, i]` its reciprocal.
    index : {"saaty_1980", "saaty_later", "alonso_lamata"}
        The table of random indices; it ends at 15 parts, the last one counts on.

    Returns
    -------
    Judged

    Raises
    ------
    ValueError
        If the matrix is not square, positive and reciprocal.

    Notes
    -----
    Consistency index (largest - n) / (n - 1), over the random index. With one
    or two parts judgements always fit. Source: Saaty (1980), The Analytic
    Hierarchy Process.

    Examples
    --------
    >>> found = ahp(np.array([[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]]))
    >>> found.weights.round(6), round(found.ratio, 6)
    (array([0.648329, 0.229651, 0.12202 ]), 0.003185)
    """
    size = len(matrix)
    if matrix.shape != (size, size) or (matrix <= 0).any():
        raise ValueError(f"judgements are a square of numbers above zero, got {matrix.tolist()}")
    if not np.allclose(matrix * matrix.T, 1.0):
        raise ValueError("each judgement has to be the reciprocal of its opposite")
    values, vectors = np.linalg.eig(matrix)
    place = int(np.argmax(values.real))
    vector = np.abs(vectors[:, place].real)
    weights = vector / vector.sum()
    largest = float(values[place].real)
    table = RANDOM_INDEX[index]
    random = table[min(size, len(table)) - 1]
    ratio = max((largest - size) / (size - 1) / random, 0.0) if size > 2 else 0.0
    misfit = np.abs(np.log(matrix * weights / weights[:, None]))
    worst = np.unravel_index(int(np.argmax(np.triu(misfit, 1))), matrix.shape)
    return Judged(weights, largest, ratio, (int(worst[0]), int(worst[1])))


def matrix_of(judgement: Judgement, children: Sequence[str]) -> Floats:
    """The whole matrix of one expert's judgements; the other half is reciprocal."""
    place = {child: i for i, child in enumerate(children)}
    matrix = np.eye(len(children))
    for one, others in judgement.matrix.items():
        for other, times in others.items():
            if one in place and other in place:
                matrix[place[one], place[other]] = times
                matrix[place[other], place[one]] = 1 / times
    return matrix


def joined(matrices: Sequence[Floats]) -> Floats:
    """Judgements of several experts as one: the geometric mean of each.

    The only mean that keeps judgements reciprocal (Aczel and Saaty 1983).
    """
    return np.exp(np.mean([np.log(matrix) for matrix in matrices], axis=0))


def budget_weights(budgets: Sequence[Budget], children: Sequence[str]) -> Floats:
    """Mean of the shares that experts gave each child.

    Parameters
    ----------
    budgets : sequence of Budget
        Points of zero or more, not all zero among the children.
    children : sequence of str

    Returns
    -------
    ndarray of float, shape (children,)
        Sum 1; each expert counts alike, however many points were given.

    Raises
    ------
    ValueError
        If an expert gave none of the children a point.
    """
    shares = []
    for budget in budgets:
        points = np.array([budget.points.get(child, 0.0) for child in children])
        if points.sum() <= 0:
            raise ValueError(f"{budget.expert} gave no points to {', '.join(children)}")
        shares.append(points / points.sum())
    return np.mean(shares, axis=0)
