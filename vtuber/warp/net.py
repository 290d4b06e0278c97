"""The network: weights and tables of features in; basis, depth and coefficients out.

Written once for NumPy, which bakes and runs, and for torch, which trains: both know these operators
and methods, so that there is no second version to drift away. Knows no path, device or optimiser.

Once per character, an MLP over the vertices of each region (`features.py`) gives every vertex its
offset for each law of lids and lips (`laws.py`): that of the rig by median knobs, times a gain that
the whole face sets, and what is learned to go with it. Another gives its depth and its share of the
head's turn. The frame adds up the offsets as the laws say; what shows has only coefficients that
are 0 at rest, so rest is exact. The turn is not learned: `turn.py` does it, with the depths from
here.

There was a branch over poses, too, with 23 more coefficients. After training, taking it out changed
no error in the third digit: the laws leave nothing to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from vtuber.warp.features import KINDS, LAYERS, MARKS, Depths, Described, Table, looks_size
from vtuber.warp.laws import LAWS, MOVED_AT_REST

Array = Any  # np.ndarray or torch.Tensor
Weights = Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Size:
    """Sizes of one region's part of the network."""

    features: int
    hidden: int  # width of the MLP


SIZES = {"eye": Size(38, 80), "brow": Size(12, 32), "mouth": Size(43, 80), "skin": Size(9, 48)}
_INSIDE = ("mouth_cavity", "tongue", "teeth")
LAYER, DEPTH = Size(16, 128), Size(12, 24)
BODY_GAINS = ("narrowing", "body_depth")
_GAIN_HIDDEN = 48
# What a change of 1 in the last layer does, in W, and in shares of the head: an optimiser's steps
# are of the order of its rate in every weight, and with 1 here they shake a face by several px.
_STEP, _DEPTH_STEP, _GAIN_STEP = 0.03, (0.1, 0.3), 0.2
_MOST = (
    8.0  # spreads from the mean: a bundle beyond all that was taught is taken to lie at its edge
)
# Spreads from the mean of designs, of landmarks: of 150 that look as designs mostly do 0.3 to 1.5,
# half 0.7; of 150 that look anyhow 0.9 to 2.4, half 1.9.
_ODD = 1.36
# Only what hangs loses the head on its way down. What is worn behind may hang from the head or from
# the shoulders: its place tells, where the bundle does not.
_HANGS = ("neck", "front_locks", "side_hair", "back_hair")
_EITHER = ("back_accessory", "item")


class Net:
    """The network over one set of weights; `xp` is the library of its arrays."""

    def __init__(self, weights: Weights, xp: Any) -> None:
        self._w, self._xp = weights, xp

    def seen(self, looks: Array) -> Array:
        """Give what is seen of a character, and at last how unlike designs it looks: -1..1.

        Who looks like everybody moves like everybody; who does not follows other rules.
        """
        away = abs((looks[:MARKS] - self._w["usual.mean"]) * self._w["usual.scale"]).clip(0, 3)
        odd = ((away[None].mean(1) - _ODD) * 3).clip(-1, 1)  # (1,): of a scalar NumPy makes float64
        return self._xp.concatenate([self._standard("looks", looks), odd], 0)

    def basis(self, table: Table, local: Array, seen: Array) -> Array:
        """Give the offsets of a region's vertices, in W of its side: (n, K, 2)."""
        region, shape = table.region, (len(local), len(LAWS[table.region]), 2)
        base = local[:, : 2 * shape[1]].reshape(shape)
        gains = 1 + (self._gains(region, seen) - 1) * self._w[f"{region}.free"]
        return base * gains[None, :, None] + self._mlp(region, table, local, seen).reshape(shape)

    def depth(self, told: Depths, local: Array, layers: Array, seen: Array) -> Array:
        """Give each vertex its depth in W, and its share of the head's turn: (v, 2).

        The first two features of a vertex are both as the rig takes them by median knobs. Each
        layer says by what sum of all features its vertices depart from there.
        """
        w, xp = self._w, self._xp
        p = self._standard("layer", layers)
        h = (p @ w["layer.in"] + w["layer.kind"][told.kind] + seen @ w["layer.looks"]).clip(0)
        h = (h @ w["layer.deep"] + w["layer.deep_bias"]).clip(0)
        said = layers[:, :1]
        odd = seen[-1] + 0 * said
        own = xp.concatenate([p, 1 - said, odd, (1 - said) * odd], 1)
        away = xp.einsum("lp,lpk->lk", own, w["layer.skip"][told.kind])
        sums = (h @ w["layer.out"] + w["layer.bias"][told.kind]).reshape(len(p), -1, 2)
        x = self._standard("depth", local)
        bent = (x @ w["depth.in"] + (h @ w["depth.layer"])[told.layer]).clip(0)
        own = [xp.einsum("vf,vf->v", x, sums[:, :, i][told.layer]) for i in (0, 1)]
        off = xp.stack(own, 1) + away[told.layer]
        off = (off + bent @ w["depth.out"]) * (w["depth.step"] * w["depth.mask"])[told.kind][
            told.layer
        ]
        # what somebody said of a layer's share stands
        free = (1 - said[:, 0] * w["depth.told"][told.kind])[told.layer]
        z, head = local[:, 0] + off[:, 0], local[:, 1] + off[:, 1] * free
        return xp.stack([z, head.clip(0, 1)], 1)

    def body(self, seen: Array) -> Array:
        """Give the gains of the turn, in the order of BODY_GAINS."""
        return self._gains("body", seen)

    def _mlp(self, region: str, table: Table, local: Array, seen: Array) -> Array:
        w, x = self._w, self._standard(region, local)
        face = w[f"{region}.kind"] + seen @ w[f"{region}.looks"]
        h = (x @ w[f"{region}.in"] + face[table.kind]).clip(0)
        h = (h @ w[f"{region}.deep"] + w[f"{region}.deep_bias"]).clip(0)
        film = 1 + 0.3 * (seen @ w[f"{region}.film"])  # a knob scales what a place has
        out = h @ (film[:, None] * w[f"{region}.out"]) + self._skip(region, table, x)
        return out * (w[f"{region}.step"] * w[f"{region}.shown"])[table.kind]

    def _standard(self, name: str, rows: Array) -> Array:
        w = self._w
        return ((rows - w[f"{name}.mean"]) * w[f"{name}.scale"]).clip(-_MOST, _MOST)

    def _skip(self, region: str, table: Table, x: Array) -> Array:
        """Add what each kind of part has of its own: linear in the features."""
        skip, bias = self._w[f"{region}.skip"], self._w[f"{region}.bias"]
        runs = [x[a:b] @ skip[kind] + bias[kind] for kind, a, b in _runs(table.kind)]
        return self._xp.concatenate(runs, 0)

    def _gains(self, region: str, seen: Array) -> Array:
        w = self._w
        h = (seen @ w[f"{region}.gain_in"] + w[f"{region}.gain_bias"]).clip(0)
        both = self._xp.concatenate([seen, seen[-1] * seen], 0)
        learned = h @ w[f"{region}.gain_out"] + both @ w[f"{region}.gain_skip"]
        return learned * _GAIN_STEP + w[f"{region}.gain"]


# of the weights, what training leaves as it is
BUFFERS = ("mean", "scale", "mask", "shown", "free", "step", "told")


def _runs(kind: np.ndarray) -> list[tuple[int, int, int]]:
    """Cut a sorted table into its kinds: (kind, from, to)."""
    cuts = np.flatnonzero(np.diff(kind)) + 1
    edges = [0, *cuts.tolist(), len(kind)]
    return [(int(kind[a]), a, b) for a, b in pairwise(edges) if b > a]


def initial(
    random: np.random.Generator, seen: list[Described], usual: list[Described]
) -> dict[str, np.ndarray]:
    """Draw weights to begin with; `seen` are characters that say how large each feature is.

    `usual` are some that look as designs mostly do.
    """
    looks = looks_size() + 1
    w: dict[str, np.ndarray] = {}
    w["looks.mean"], w["looks.scale"] = _standard(np.stack([one.looks[""] for one in seen]))
    w["usual.mean"], w["usual.scale"] = _standard(
        np.stack([one.looks[""][:MARKS] for one in usual])
    )

    def matrix(rows: int, columns: int, gain: float = 2.0) -> np.ndarray:
        drawn = random.normal(size=(rows, columns)) * np.sqrt(gain / rows)
        return np.asarray(drawn, np.float32)

    for name, size in SIZES.items():
        kinds, f, h, out = len(KINDS[name]), size.features, size.hidden, 2 * len(LAWS[name])
        local = np.concatenate([t.local for made in seen for t in made.regions if t.region == name])
        w[f"{name}.mean"], w[f"{name}.scale"] = _standard(local)
        w |= {
            f"{name}.in": matrix(f, h, 1.0), f"{name}.looks": matrix(looks, h, 0.3),
            f"{name}.kind": matrix(kinds, h, 0.3 * kinds), f"{name}.deep": matrix(h, h),
            f"{name}.deep_bias": np.zeros(h, np.float32),
            f"{name}.film": matrix(looks, h, 0.1),
            f"{name}.out": matrix(h, out, 0.01),
            f"{name}.skip": np.zeros((kinds, f, out), np.float32),
            f"{name}.bias": np.zeros((kinds, out), np.float32),
            f"{name}.step": np.full(out, _STEP, np.float32),
        }  # fmt: skip
    kinds, h = len(LAYERS), LAYER.hidden
    for name in ("layer", "depth"):
        rows = [one.depths.layers if name == "layer" else one.depths.local for one in seen]
        w[f"{name}.mean"], w[f"{name}.scale"] = _standard(np.concatenate(rows))
    w |= {
        "layer.in": matrix(LAYER.features, h, 1.0), "layer.looks": matrix(looks, h, 0.3),
        "layer.kind": matrix(kinds, h, 0.3 * kinds), "layer.deep": matrix(h, h),
        "layer.deep_bias": np.zeros(h, np.float32),
        "layer.out": matrix(h, 2 * DEPTH.features, 0.01),
        "layer.skip": np.zeros((kinds, LAYER.features + 3, 2), np.float32),
        "layer.bias": np.zeros((kinds, 2 * DEPTH.features), np.float32),
        "depth.in": matrix(DEPTH.features, DEPTH.hidden, 1.0),
        "depth.layer": matrix(h, DEPTH.hidden, 0.3), "depth.out": matrix(DEPTH.hidden, 2, 0.01),
        "depth.step": np.array(_DEPTH_STEP, np.float32),
    }  # fmt: skip
    for name in SIZES:
        w[f"{name}.shown"] = _shown(name).reshape(len(KINDS[name]), -1)
        w[f"{name}.free"] = np.array([law not in MOVED_AT_REST for law in LAWS[name]], np.float32)
    for name, middle in {
        **{name: np.ones(len(LAWS[name]), np.float32) for name in SIZES},
        "body": np.array([0.7, 0.55], np.float32),
    }.items():
        w |= {
            f"{name}.gain_in": matrix(looks, _GAIN_HIDDEN, 1.0),
            f"{name}.gain_bias": np.zeros(_GAIN_HIDDEN, np.float32),
            f"{name}.gain_out": matrix(_GAIN_HIDDEN, len(middle), 0.01),
            f"{name}.gain_skip": np.zeros((2 * looks, len(middle)), np.float32),
            f"{name}.gain": middle,
        }  # fmt: skip
    hangs = np.array([role in (*_HANGS, *_EITHER) for role in LAYERS])
    w["depth.told"] = np.array([role in _EITHER for role in LAYERS], np.float32)
    w["depth.mask"] = np.column_stack([np.ones(len(hangs)), hangs]).astype(np.float32)
    return w


def _shown(region: str) -> np.ndarray:
    """Say by which laws a kind may depart from the rig's offsets: (kinds, laws, 2).

    By none that stand elsewhere at rest, which are the same for every design. What is inside the
    mouth only by its opening: it is folded up to a line when the mouth is all but closed, and
    whatever else moved its rows would turn it over.
    """
    laws = LAWS[region]
    shown = np.ones((len(KINDS[region]), len(laws), 2), np.float32)
    shown[:, [law in MOVED_AT_REST for law in laws]] = 0.0
    for kind, row in zip(KINDS[region], shown, strict=True):
        if kind in _INSIDE:
            row[:] = np.array([law == "open_lip" for law in laws])[:, None]
    return shown


def _standard(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the mean of every column and one over its spread."""
    spread = np.maximum(rows.std(axis=0, dtype=np.float64), 1e-3)
    return rows.mean(axis=0, dtype=np.float64).astype(np.float32), (1 / spread).astype(np.float32)
