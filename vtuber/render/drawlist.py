"""Decides what is drawn in which order with how few calls: layers in, runs of triangles out. Pure.

Law of clips: a clipped layer shows where its clip layer shows, times how much of it shows (warped
shape and alpha), wherever either stands in the order. A clip that is not drawn shows nothing.

Law of depth: each layer has one, nearer the later it is drawn. What is opaque is drawn first, front
to back, and leaves its depth; then the rest, back to front, where nothing nearer stands. The
picture is the one of drawing everything back to front.

Law of masks: where a clip is opaque it has left its depth, so a mask needs but one box there: all
that is as near, or nearer. What is nearer hides what is clipped, unless it stands between the two;
then all triangles of the clip are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Int32, UInt32

from vtuber.avatar.avatar import Avatar, Blend
from vtuber.render.shape import Shape, Triangles


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Triangles that one call draws; `clip` is a slot of the list's clips, or None."""

    first: int  # index into `indices`
    count: int
    page: int
    blend: Blend = "normal"
    clip: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One layer whose alpha cuts others: its triangles, and both their vertices for boxes."""

    run: Run  # all of them, or those that are not opaque where `solid` is given
    solid: float | None  # just behind the depth that its opaque triangles have left, if that tells
    depth: float  # of the nearest layer that it cuts: what lies behind others needs no mask
    vertices: Int32[np.ndarray, " n"]
    clipped: Int32[np.ndarray, " m"]  # vertices of all layers that it cuts


@dataclass(frozen=True, slots=True, eq=False)
class DrawList:
    """Everything to draw of one avatar."""

    indices: UInt32[np.ndarray, " i"]
    solids: tuple[Run, ...]  # opaque triangles, front to back
    runs: tuple[Run, ...]  # all others, back to front
    clips: tuple[Clip, ...]
    vertices: Int32[np.ndarray, " n"]  # all that are drawn, once each
    depths: Float32[np.ndarray, " l"]  # per layer, in OpenGL's clip space: 1 is far, -1 near


def draw_list(
    avatar: Avatar,
    shape: Shape,
    page_of: tuple[int, ...],
    order: Int32[np.ndarray, " l"],
    shown: Bool[np.ndarray, " l"],
    firm: Bool[np.ndarray, " l"],
) -> DrawList:
    """Put the layers that are shown into order, joining neighbours that need the same state.

    Layers that are `firm` have no faint vertex: their opaque triangles are opaque in the picture.
    """
    seen = [i for i in order.tolist() if _is_seen(avatar, i, shown)]
    depths = np.ones(len(avatar.layers), np.float32)
    depths[seen] = 1 - 2 * np.arange(1, len(seen) + 1) / (len(seen) + 1)
    clips = list(dict.fromkeys(c for i in seen if (c := avatar.layers[i].clip) is not None))

    stack = _Stack()
    for i in reversed(seen):
        if firm[i]:
            stack.add(shape.layers[i].solid, page_of[i])
    solids = stack.take()
    for i in seen:
        layer, part = avatar.layers[i], shape.layers[i]
        slot = None if layer.clip is None else clips.index(layer.clip)
        stack.add(part.rest if firm[i] else part.whole, page_of[i], layer.blend, slot)
    runs = stack.take()
    is_solid = firm & np.array([len(part.solid) > 0 for part in shape.layers])
    masks = []
    for clip in clips:
        cut = [i for i in seen if avatar.layers[i].clip == clip]
        nearest = min(cut, key=depths.__getitem__)
        between = seen[seen.index(clip) + 1 : seen.index(nearest)]
        is_left = is_solid[clip] and not is_solid[between].any()
        part = shape.layers[clip]
        stack.add(part.rest if is_left else part.whole, page_of[clip])
        (run,) = stack.take() or (Run(0, 0, page_of[clip]),)
        solid = float(depths[clip]) + 1 / (len(seen) + 1) if is_left else None
        own, others = _vertices(shape, [clip]), _vertices(shape, cut)
        masks.append(Clip(run, solid, float(depths[nearest]), own, others))
    return DrawList(stack.indices(), solids, runs, tuple(masks), _vertices(shape, seen), depths)


class _Stack:
    """Lays chunks of triangles one behind the other, and joins what one call can draw."""

    def __init__(self) -> None:
        self._chunks: list[Triangles] = []
        self._runs: list[Run] = []
        self._end = 0

    def add(
        self, chunk: Triangles, page: int, blend: Blend = "normal", clip: int | None = None
    ) -> None:
        if not len(chunk):
            return
        run = Run(self._end, len(chunk), page, blend, clip)
        if self._runs and _join(self._runs[-1], run):
            last = self._runs.pop()
            run = Run(last.first, last.count + run.count, page, blend, clip)
        self._runs.append(run)
        self._chunks.append(chunk)
        self._end += len(chunk)

    def take(self) -> tuple[Run, ...]:
        """Give the runs that were added since the last time."""
        runs, self._runs = tuple(self._runs), []
        return runs

    def indices(self) -> UInt32[np.ndarray, " i"]:
        return np.concatenate(self._chunks) if self._chunks else np.zeros(0, np.uint32)


def _is_seen(avatar: Avatar, i: int, shown: Bool[np.ndarray, " l"]) -> bool:
    clip = avatar.layers[i].clip
    return bool(shown[i]) and (clip is None or bool(shown[clip]))


def _join(one: Run, other: Run) -> bool:
    same = (one.page, one.blend, one.clip) == (other.page, other.blend, other.clip)
    return same and one.blend != "overlay"  # each overlay reads what the last one left


def _vertices(shape: Shape, layers: list[int]) -> Int32[np.ndarray, " m"]:
    none = np.zeros(0, np.int32)
    return np.concatenate([none, *(shape.layers[i].vertices for i in layers)])
