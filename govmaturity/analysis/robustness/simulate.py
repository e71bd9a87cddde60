"""Compute an index for every replicate of a design, in blocks that fit the memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govmaturity.analysis.robustness.choices import Choices, method_of
from govmaturity.analysis.robustness.design import NOBODY, Design
from govmaturity.analysis.robustness.kernel import effective_weights, node_scores, weights_of
from govmaturity.analysis.robustness.variants import Variants
from govmaturity.scoring import Scores
from govmaturity.scoring.level import bands
from govmaturity.scoring.plan import Plan

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Levels = NDArray[np.int8]
Progress = Callable[[int, int], None]
IsCancelled = Callable[[], bool]
# Scores of one group in a block of replicates: they should stay in the cache.
_BLOCK_BYTES: Final = 1_000_000
_LARGEST_BLOCK: Final = 512


class CancelledError(Exception):
    """A simulation that somebody stopped."""


def simulate(
    variants: Variants,
    design: Design,
    nodes: Sequence[int],
    *,
    weakest: Sequence[int] = (),
    out: Floats | None = None,
    progress: Progress | None = None,
    is_cancelled: IsCancelled | None = None,
) -> tuple[Floats, Levels]:
    """Scores of some nodes in every replicate, and the level of the weakest part of some.

    What is computed once: values treated and imputed, and normalised by each
    method. In every replicate: weights, the groups from the indicators up,
    and the scores of values that are uncertain.

    Parameters
    ----------
    variants : Variants
    design : Design
    nodes : sequence of int
        Places of groups.
    weakest : sequence of int
        Places of groups whose weakest child is looked for, among those that
        are groups.
    out : ndarray of float, shape (nodes or more, runs, units), optional
        Room for the scores: fresh memory takes longer to get than to fill.
    progress : callable, optional
        Called with the number of replicates done, and of all.
    is_cancelled : callable, optional
        Asked before every block.

    Returns
    -------
    scores : ndarray of float, shape (nodes, runs, units)
        NaN where the node has no score as the framework states it: who is
        scored does not vary. Else NaN where the replicate failed.
    levels : ndarray of int, shape (weakest, runs, units)
        The lowest level of a child; 0 where none has a level.

    Raises
    ------
    CancelledError
        If `is_cancelled` says so.
    """
    scores = variants.scores
    units = len(variants.rows)
    found = np.empty((len(nodes), len(design), units)) if out is None else out[: len(nodes)]
    lowest = np.zeros((len(weakest), len(design), units), dtype=np.int8)
    below = [_groups_below(scores.plan, place) for place in weakest]
    needed = list(dict.fromkeys([*nodes, *(child for children in below for child in children)]))
    done = 0
    size = max(1, min(_LARGEST_BLOCK, len(design), _BLOCK_BYTES // (8 * max(units, 1))))
    room = {node: np.empty((size, units)) for node in needed}
    for kind in _kinds(design):
        for start in range(0, len(kind), size):
            if is_cancelled is not None and is_cancelled():
                raise CancelledError
            block = kind[start : start + size]
            of_block = {node: space[: len(block)] for node, space in room.items()}
            _fill(variants, design.rows(block), of_block)
            for line, node in enumerate(nodes):
                found[line, block] = of_block[node]
            for line, children in enumerate(below):
                lowest[line, block] = _lowest(scores, [of_block[child] for child in children])
            done += len(block)
            if progress is not None:
                progress(done, len(design))
    for of_node, mask in zip(found, variants.without[list(nodes)], strict=True):
        if mask.any():
            of_node[:, mask] = np.nan
    return found, lowest


def _groups_below(plan: Plan, place: int) -> list[int]:
    groups = {group.place: group for group in plan.groups}
    return [child for child in groups[place].children if child in groups]


def _lowest(scores: Scores, drawn: Sequence[Floats]) -> Levels:
    """The lowest level that there is among some nodes, in each replicate and unit."""
    highest = len(scores.framework.levels) + 1
    found: Levels = np.full((1, 1), highest, dtype=np.int8)
    for one in drawn:
        levels = bands(scores.framework, one)
        found = np.minimum(found, np.where(levels == 0, np.int8(highest), levels))
    return np.where(found == highest, 0, found).astype(np.int8)


def _kinds(design: Design) -> list[Places]:
    """Replicates that take the same options, so that they can be computed together."""
    options = np.stack([design.normalise, design.aggregate, design.treat, design.missing])
    _, kind = np.unique(options, axis=1, return_inverse=True)
    order = np.argsort(kind, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(kind[order])) + 1)


def _fill(variants: Variants, design: Design, out: Mapping[int, Floats]) -> None:
    """Fill in the scores of nodes in replicates of one kind, shape (runs, units) each."""
    plan, choices = variants.scores.plan, variants.choices
    treated, missing, method = _options(choices, design)
    indicators = variants.normalised(treated, missing, method)
    weights = weights_of(plan, design.factors, design.left_out)
    name = choices.aggregate[design.aggregate[0]]
    methods = {group.place: method_of(plan, name, group.aggregate) for group in plan.groups}
    moved = _moved(variants, design, treated, missing, method)
    without = variants.without
    groups = [group.place for group in plan.groups]
    is_full = ~(np.isnan(indicators).any(axis=0) | without[groups].any(axis=0))
    is_linear = not moved and all(chosen.method == "arithmetic" for chosen in methods.values())
    # Where nothing is missing, nested means are one mean: a single product of matrices.
    at_once = np.asarray(is_full & is_linear)
    if at_once.any():
        these = indicators if at_once.all() else indicators[:, at_once]
        for node, effective in effective_weights(plan, weights, list(out)).items():
            if at_once.all():
                np.matmul(effective, these, out=out[node])
            else:
                out[node][:, at_once] = effective @ these
            out[node][effective.sum(axis=1) == 0] = np.nan
    if not at_once.all():
        rest = ~at_once
        some = {line: part[:, rest] for line, part in moved.items()}
        whole = node_scores(plan, indicators[:, rest], some, weights, methods, without[:, rest])
        for node, scores in out.items():
            scores[:, rest] = whole[node]


def _options(choices: Choices, design: Design) -> tuple[str, str, str]:
    return (
        choices.treat[design.treat[0]],
        choices.missing[design.missing[0]],
        choices.normalise[design.normalise[0]],
    )


def _moved(
    variants: Variants, design: Design, treated: str, missing: str, method: str
) -> dict[int, Floats]:
    """Scores of uncertain indicators in each replicate, shape (runs, units) each."""
    if (design.noise == NOBODY).all() or not variants.uncertain:
        return {}
    units = len(variants.rows)
    found = {line: np.empty((len(design), units)) for line in variants.uncertain}
    still = variants.normalised(treated, missing, method)
    for run, seed in enumerate(design.noise):
        if seed == NOBODY:
            for line, part in found.items():
                part[run] = still[line]
            continue
        for line, scores in variants.moved(treated, missing, method, int(seed)):
            found[line][run] = scores
    return found
