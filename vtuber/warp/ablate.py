"""Takes pieces out of the network, to see what each is worth: weights in, weights out. Pure.

Nothing is trained again: what is taken out gives what the rig does by median knobs.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vtuber.warp.net import SIZES
from vtuber.warp.weights import Weights

Ablation = Callable[[Weights], Weights]


def _without_gains(weights: Weights) -> Weights:
    """Let no motion be larger or smaller as a whole."""
    parts = ("gain_out", "gain_skip")
    out = _silenced(weights, *(f"{name}.{part}" for name in SIZES for part in parts))
    return out | {f"{name}.gain": np.ones_like(out[f"{name}.gain"]) for name in SIZES}


def _without_shapes(weights: Weights) -> Weights:
    """Let no vertex depart from its motion by medians, but for the gain of all of it."""
    return _silenced(weights, *(f"{name}.{part}" for name in SIZES for part in _LAST))


def _without_depth(weights: Weights) -> Weights:
    """Take each vertex's depth, and its share of the head's turn, by medians."""
    return _silenced(weights, "depth.out", *(f"layer.{part}" for part in _LAST))


def _silenced(weights: Weights, *names: str) -> Weights:
    return weights | {name: np.zeros_like(weights[name]) for name in names}


_LAST = ("out", "skip", "bias")  # what an MLP says its word by
ABLATIONS: dict[str, Ablation] = {
    "whole": lambda weights: weights,
    "without gains": _without_gains,
    "without shapes": _without_shapes,
    "without depth": _without_depth,
    "without all three": lambda weights: _without_gains(_without_shapes(_without_depth(weights))),
}
