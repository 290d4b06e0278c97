"""Decides what is drawn in which order with how few calls: layers in, runs of triangles out. Pure.

Law of clips: a clipped layer shows where its clip layer shows, times how much of it shows (warped
shape and alpha), wherever either stands in the order. A clip that is not drawn shows nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int32, UInt32

from vtuber.avatar.avatar import Avatar, Blend


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Triangles that one call draws; `clip` is a slot of the list's clips, or None."""

    first: int  # index into `indices`
    count: int
    page: int
    blend: Blend
    clip: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One layer whose alpha cuts others: its triangles, and both their vertices for boxes."""

    first: int
    count: int
    page: int
    vertices: Int32[np.ndarray, " n"]
    clipped: Int32[np.ndarray, " m"]  # vertices of all layers that it cuts


@dataclass(frozen=True, slots=True, eq=False)
class DrawList:
    """Everything to draw of one avatar, back to front."""

    indices: UInt32[np.ndarray, " i"]
    runs: tuple[Run, ...]
    clips: tuple[Clip, ...]
    vertices: Int32[np.ndarray, " n"]  # all that are drawn, once each


def draw_list(
    avatar: Avatar,
    page_of: tuple[int, ...],
    order: Int32[np.ndarray, " l"],
    shown: Bool[np.ndarray, " l"],
) -> DrawList:
    """Put the layers that are shown into order, joining neighbours that need the same state."""
    seen = [i for i in order.tolist() if _is_seen(avatar, i, shown)]
    slots: dict[int, int] = {}
    for i in seen:
        clip = avatar.layers[i].clip
        if clip is not None:
            slots.setdefault(clip, len(slots))
    chunks = [_triangles(avatar, i) for i in (*seen, *slots)]
    ends = np.cumsum([len(chunk) for chunk in chunks]).tolist()
    first_of = [end - len(chunk) for end, chunk in zip(ends, chunks, strict=True)]

    runs: list[Run] = []
    for i, first, chunk in zip(seen, first_of, chunks, strict=False):
        layer = avatar.layers[i]
        slot = None if layer.clip is None else slots[layer.clip]
        run = Run(first, len(chunk), page_of[i], layer.blend, slot)
        if runs and _join(runs[-1], run):
            run = Run(runs[-1].first, runs[-1].count + run.count, run.page, run.blend, run.clip)
            runs.pop()
        runs.append(run)
    clips = tuple(
        Clip(
            first,
            len(chunk),
            page_of[i],
            np.unique(chunk).astype(np.int32),
            _vertices([_triangles(avatar, j) for j in seen if avatar.layers[j].clip == i]),
        )
        for i, first, chunk in zip(slots, first_of[len(seen) :], chunks[len(seen) :], strict=True)
    )
    indices = np.concatenate(chunks) if chunks else np.zeros(0, np.uint32)
    return DrawList(indices, tuple(runs), clips, _vertices(chunks[: len(seen)]))


def _is_seen(avatar: Avatar, i: int, shown: Bool[np.ndarray, " l"]) -> bool:
    clip = avatar.layers[i].clip
    return bool(shown[i]) and (clip is None or bool(shown[clip]))


def _join(one: Run, other: Run) -> bool:
    same = (one.page, one.blend, one.clip) == (other.page, other.blend, other.clip)
    return same and one.blend != "overlay"  # each overlay reads what the last one left


def _triangles(avatar: Avatar, i: int) -> UInt32[np.ndarray, " n"]:
    start = avatar.layer_slices[i].start
    indices: UInt32[np.ndarray, " n"] = avatar.layers[i].mesh.triangles.ravel() + np.uint32(start)
    return indices.astype(np.uint32)


def _vertices(chunks: list[UInt32[np.ndarray, " n"]]) -> Int32[np.ndarray, " m"]:
    if not chunks:
        return np.zeros(0, np.int32)
    used: Int32[np.ndarray, " m"] = np.unique(np.concatenate(chunks)).astype(np.int32)
    return used
