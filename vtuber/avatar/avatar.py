"""What an avatar is at rest: layers, meshes, landmarks and expressions. Values only."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from jaxtyping import Float32, Int32, UInt8

from vtuber.avatar.fit import Fit
from vtuber.avatar.springs import Spring
from vtuber.avatar.strands import Strands, find_strands
from vtuber.avatar.style import Style
from vtuber.core.pose import Parameter

Blend = Literal["normal", "multiply", "screen", "add", "overlay"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """Triangles over one layer's picture."""

    vertices_px: Float32[np.ndarray, "v 2"]  # canvas px, y down
    triangles: Int32[np.ndarray, "t 3"]  # indexes into vertices_px

    def __repr__(self) -> str:
        return f"Mesh({len(self.vertices_px)} vertices, {len(self.triangles)} triangles)"


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One picture of an avatar and what it is."""

    name: str
    role: str  # a key of roles.ROLES, without side
    side: str  # "left" or "right" (the performer's own), or ""
    rgba: UInt8[np.ndarray, "h w 4"]  # sRGB, straight alpha, top row first
    offset_px: Point  # of the picture's top left corner on the canvas
    mesh: Mesh
    clip: int | None = None  # index of the layer whose alpha cuts this one; that one has no clip
    blend: Blend = "normal"
    group: str = ""
    outfit: str = ""  # shown only while this outfit is worn
    toggle: str = ""  # shown only while this is on
    unless: str = ""  # shown only while this toggle is off
    depth: float = 0.0  # W (half face width), + towards the viewer
    turn: float = 1.0  # 1 follows the head, 0 stays with the body

    def __repr__(self) -> str:
        height, width = self.rgba.shape[:2]
        return f"Layer({self.name!r}, {width}x{height} at {self.offset_px}, {self.mesh})"


@dataclass(frozen=True, eq=False)
class Avatar:
    """One character. Vertices of all layers stand one after the other, back to front."""

    name: str
    author: str
    licence: str
    canvas_px: tuple[int, int]  # width, height
    landmarks: Mapping[str, Point]  # canvas px; every name of roles.LANDMARKS, perhaps of MAY_HAVE
    layers: tuple[Layer, ...]  # back to front
    expressions: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()  # appended to the base pose space
    hidden: frozenset[str] = frozenset()  # toggles that begin off
    physics: Mapping[str, Spring] = field(default_factory=dict)  # what groups do that say it
    fit: Fit | None = None  # what drawings taught the network of it
    style: Style | None = None  # what `[rig]` says; None: nothing, and depths may be its roles'
    vertices_px: Float32[np.ndarray, "v 2"] = field(init=False, repr=False)
    uv: Float32[np.ndarray, "v 2"] = field(init=False, repr=False)  # 0..1, v = 0 is the top row
    layer_slices: tuple[slice, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        counts = [len(layer.mesh.vertices_px) for layer in self.layers]
        ends = np.cumsum(counts).tolist()
        slices = tuple(slice(end - n, end) for end, n in zip(ends, counts, strict=True))
        vertices = np.concatenate([layer.mesh.vertices_px for layer in self.layers])
        uv = np.concatenate([_uv(layer) for layer in self.layers])
        for name, value in (("layer_slices", slices), ("vertices_px", vertices), ("uv", uv)):
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        width, height = self.canvas_px
        return f"Avatar({self.name!r}, {width}x{height}, {len(self.layers)} layers)"

    @cached_property
    def strands(self) -> Strands:
        """Find what swings, when it is first asked for: 1 ms."""
        return find_strands(self)

    @property
    def outfits(self) -> tuple[str, ...]:
        """Name the outfits, the first one first: it is worn until another is asked for."""
        return tuple(dict.fromkeys(layer.outfit for layer in self.layers if layer.outfit))

    def not_worn(self, outfit: str = "", off: Set[str] | None = None) -> frozenset[str]:
        """Name the layers that do not show: of another outfit, toggled off, or unless one is off.

        Without an outfit the first one is worn; `off` None is what begins hidden.
        """
        worn = {"", outfit or next(iter(self.outfits), "")}
        off = (self.hidden if off is None else off) - {""}
        return frozenset(
            layer.name
            for layer in self.layers
            if layer.outfit not in worn
            or layer.toggle in off
            or (layer.unless and layer.unless not in off)
        )

    def where(self, role: str, side: str | None = None) -> tuple[int, ...]:
        """Find the indexes of the layers of a role, of one side or (None) of any, back to front."""
        return tuple(
            i
            for i, layer in enumerate(self.layers)
            if layer.role == role and side in (None, layer.side)
        )


def _uv(layer: Layer) -> Float32[np.ndarray, "v 2"]:
    height, width = layer.rgba.shape[:2]
    offset = np.array(layer.offset_px, np.float32)
    return (layer.mesh.vertices_px - offset) / np.array([width, height], np.float32)
