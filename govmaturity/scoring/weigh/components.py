"""Weights from principal components, and whether the data allow them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Kaiser (1974): below this the correlations are not worth condensing.
MIN_KMO: Final = 0.5
_SINGULAR: Final = 1e-10


@dataclass(frozen=True)
class Components:
    """Principal components of a correlation matrix, from the largest down.

    values : float, shape (components,)
        Eigenvalues; they sum to the number of parts.
    vectors : float, shape (parts, components)
        Unit vectors, each turned so that its entries sum to zero or more.
    """

    values: Floats
    vectors: Floats

    @property
    def explained(self) -> Floats:
        """Share of the variance that each component explains."""
        return self.values / self.values.sum()

    @property
    def loadings(self) -> Floats:
        """Correlation of each part with each component, shape (parts, components)."""
        return self.vectors * np.sqrt(self.values)


def principal_components(correlation: Floats) -> Components:
    """Principal components of a correlation matrix.

    Examples
    --------
    >>> principal_components(np.array([[1.0, 0.5], [0.5, 1.0]])).values
    array([1.5, 0.5])
    """
    values, vectors = np.linalg.eigh(correlation)
    values, vectors = np.maximum(values[::-1], 0.0), vectors[:, ::-1]
    signs = np.where(vectors.sum(axis=0) < 0, -1.0, 1.0)
    return Components(values, vectors * signs)


def component_weights(parts: Floats) -> Floats:
    """Weights of parts by the components with an eigenvalue above 1.

    The size of a part's entry in each such component, weighted by the
    variance that the component explains. Where none exceeds 1 the first one
    is taken.

    Parameters
    ----------
    parts : ndarray of float, shape (parts, units)
        Without gaps; each varies.

    Returns
    -------
    ndarray of float, shape (parts,)
        Sum 1.

    Notes
    -----
    The convention of most Chinese papers: |loading| / sqrt(eigenvalue),
    weighted by explained variance.

    Examples
    --------
    >>> component_weights(np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 7.0]]))
    array([0.5, 0.5])
    """
    found = principal_components(np.atleast_2d(np.corrcoef(parts)))
    kept = found.values > 1.0 + 1e-12
    kept[0] = True
    amounts = np.abs(found.vectors[:, kept]) @ found.values[kept]
    return amounts / amounts.sum()


def kmo(correlation: Floats) -> float:
    """Kaiser-Meyer-Olkin measure: whether correlations are shared, not just pairwise.

    Parameters
    ----------
    correlation : ndarray of float, shape (parts, parts)

    Returns
    -------
    float
        In [0, 1]; 0.5 is the floor, 0.8 is good. NaN where the matrix cannot be
        inverted, or nothing correlates.

    Notes
    -----
    Sum of squared correlations over that sum plus squared partial
    correlations, both off the diagonal. Source: Kaiser (1974), Psychometrika 39.

    Examples
    --------
    >>> kmo(np.array([[1.0, 0.5], [0.5, 1.0]]))
    0.5
    """
    if np.linalg.eigvalsh(correlation)[0] < _SINGULAR:
        return float("nan")
    inverse = np.linalg.inv(correlation)
    scale = np.sqrt(np.diag(inverse))
    partial = -inverse / np.outer(scale, scale)
    off = ~np.eye(len(correlation), dtype=bool)
    shared = float((correlation[off] ** 2).sum())
    alone = float((partial[off] ** 2).sum())
    return shared / (shared + alone) if shared + alone > 0 else float("nan")
