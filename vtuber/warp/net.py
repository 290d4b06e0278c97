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

from vtuber.warp.features import KINDS, Table, looks_size
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
DEPTH_FEATURES, DEPTH_HIDDEN = 21, 64
BODY_GAINS = ("narrowing", "body_depth")
_GAIN_HIDDEN = 48
# What a change of 1 in the last layer does, in W, and in shares of the head: an optimiser's steps
# are of the order of its rate in every weight, and with 1 here they shake a face by several px.
_STEP, _DEPTH_STEP, _GAIN_STEP = 0.03, (0.1, 0.3), 0.2
_MOST = (
    8.0  # spreads from the mean: a bundle beyond all that was taught is taken to lie at its edge
)
# Only what hangs loses the head on its way down. What is worn behind may hang from the head or from
# the shoulders: its place tells, where the bundle does not.
_HANGS = ("neck", "front_locks", "side_hair", "back_hair")
_EITHER = ("back_accessory", "item")


class Net:
    """The network over one set of weights; `xp` is the library of its arrays."""

    def __init__(self, weights: Weights, xp: Any) -> None:
        self._w, self._xp = weights, xp

    def basis(self, table: Table, local: Array, looks: Array) -> Array:
        """Give the offsets of a region's vertices, in W of its side: (n, K, 2)."""
        region, shape = table.region, (len(local), len(LAWS[table.region]), 2)
        base = local[:, : 2 * shape[1]].reshape(shape)
        gains = 1 + (self._gains(region, looks) - 1) * self._w[f"{region}.free"]
        return base * gains[None, :, None] + self._mlp(region, table, local, looks).reshape(shape)

    def depth(self, table: Table, local: Array, looks: Array) -> Array:
        """Give each vertex its depth in W, and its share of the head's turn: (n, 2).

        The first two features are both as the rig takes them by median knobs.
        """
        away = self._mlp("depth", table, local, looks) * self._w["depth.mask"][table.kind]
        told = self._w["depth.told"][table.kind] * looks[-1]  # where a bundle's word stands
        z, head = local[:, 0] + away[:, 0], local[:, 1] + away[:, 1] * (1 - told)
        return self._xp.stack([z, head.clip(0, 1)], 1)

    def body(self, looks: Array) -> Array:
        """Give the gains of the turn, in the order of BODY_GAINS."""
        return self._gains("body", looks)

    def _mlp(self, region: str, table: Table, local: Array, looks: Array) -> Array:
        w = self._w
        x = ((local - w[f"{region}.mean"]) * w[f"{region}.scale"]).clip(-_MOST, _MOST)
        seen = self._seen(looks)
        h = (x @ w[f"{region}.in"] + w[f"{region}.kind"][table.kind]
             + seen @ w[f"{region}.looks"]).clip(0)  # fmt: skip
        h = (h @ w[f"{region}.deep"] + w[f"{region}.deep_bias"]).clip(0)
        h = h * (1 + 0.3 * (seen @ w[f"{region}.film"]))  # a knob scales what a place has
        out = (h @ w[f"{region}.out"] + self._skip(region, table, x)) * w[f"{region}.step"]
        if f"{region}.shown" in w:
            out = out * w[f"{region}.shown"][table.kind]
        return out

    def _seen(self, looks: Array) -> Array:
        return ((looks - self._w["looks.mean"]) * self._w["looks.scale"]).clip(-_MOST, _MOST)

    def _skip(self, region: str, table: Table, x: Array) -> Array:
        """Add what each kind of part has of its own: linear in the features."""
        skip, bias = self._w[f"{region}.skip"], self._w[f"{region}.bias"]
        runs = [x[a:b] @ skip[kind] + bias[kind] for kind, a, b in _runs(table.kind)]
        return self._xp.concatenate(runs, 0)

    def _gains(self, region: str, looks: Array) -> Array:
        w, seen = self._w, self._seen(looks)
        h = (seen @ w[f"{region}.gain_in"] + w[f"{region}.gain_bias"]).clip(0)
        learned = h @ w[f"{region}.gain_out"] + seen @ w[f"{region}.gain_skip"]
        return learned * _GAIN_STEP + w[f"{region}.gain"]


# of the weights, what training leaves as it is
BUFFERS = ("mean", "scale", "mask", "shown", "free", "step", "told")


def _runs(kind: np.ndarray) -> list[tuple[int, int, int]]:
    """Cut a sorted table into its kinds: (kind, from, to)."""
    cuts = np.flatnonzero(np.diff(kind)) + 1
    edges = [0, *cuts.tolist(), len(kind)]
    return [(int(kind[a]), a, b) for a, b in pairwise(edges) if b > a]


def initial(random: np.random.Generator, seen: list[tuple[Table, ...]]) -> dict[str, np.ndarray]:
    """Draw weights to begin with; `seen` are characters that say how large each feature is."""
    looks = looks_size()
    w: dict[str, np.ndarray] = {}
    all_looks = np.stack([table.looks for made in seen for table in made])
    w["looks.mean"], w["looks.scale"] = _standard(all_looks)

    def matrix(rows: int, columns: int, gain: float = 2.0) -> np.ndarray:
        drawn = random.normal(size=(rows, columns)) * np.sqrt(gain / rows)
        return np.asarray(drawn, np.float32)

    sizes = {name: (s.features, s.hidden, 2 * len(LAWS[name])) for name, s in SIZES.items()}
    for name, (f, h, out) in {**sizes, "depth": (DEPTH_FEATURES, DEPTH_HIDDEN, 2)}.items():
        kinds = len(KINDS[name])
        local = np.concatenate([t.local for made in seen for t in made if t.region == name])
        w[f"{name}.mean"], w[f"{name}.scale"] = _standard(local)
        w |= {
            f"{name}.in": matrix(f, h, 1.0), f"{name}.looks": matrix(looks, h, 0.3),
            f"{name}.kind": matrix(kinds, h, 0.3 * kinds), f"{name}.deep": matrix(h, h),
            f"{name}.deep_bias": np.zeros(h, np.float32),
            f"{name}.film": matrix(looks, h, 0.1),
            f"{name}.out": matrix(h, out, 0.01),
            f"{name}.skip": np.zeros((kinds, f, out), np.float32),
            f"{name}.bias": np.zeros((kinds, out), np.float32),
            f"{name}.step": np.array(_DEPTH_STEP if name == "depth" else [_STEP] * out, np.float32),
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
            f"{name}.gain_skip": np.zeros((looks, len(middle)), np.float32),
            f"{name}.gain": middle,
        }  # fmt: skip
    hangs = np.array([role in (*_HANGS, *_EITHER) for role in KINDS["depth"]])
    w["depth.told"] = np.array([role in _EITHER for role in KINDS["depth"]], np.float32)
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
