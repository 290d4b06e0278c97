"""Collects what the parts draw: sheets, what the bundle says about them, and landmarks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

from vtuber.avatar.roles import ROLES, split_role
from vtuber.design.canvas import Sheet, Warp
from vtuber.design.curves import Point
from vtuber.design.look import Look

Ground = Literal["head", "body", "paper"]

# what a role's points are drawn for; all others are drawn for this very face ("paper")
_HEAD = frozenset(
    ["back_hair", "hair_shadow", "side_hair", "front_hair", "front_locks", "headwear",
     "back_accessory", "accessory"]
)  # fmt: skip
_BODY = frozenset(["body", "item"])


@dataclass(frozen=True, slots=True)
class LayerPlan:
    """What the bundle says about one layer besides its picture."""

    name: str
    role: str  # with _left or _right where the role has two sides
    mesh: tuple[int, int] | None  # columns, rows; None: what the role gets
    depth: float  # W, + towards the viewer
    turn: float  # 1 follows the head, 0 stays with the body
    clip: str | None
    blend: str
    group: str | None
    outfit: str | None
    toggle: str | None  # shown only while it is on
    unless: str | None  # shown only while this toggle is off
    place: str  # the role at whose height it is drawn


@dataclass(eq=False)
class Board:
    """Collects the sheets and landmarks of one drawing.

    `outfit`, `toggle` and `unless`, set by `wearing`, go to every layer that is begun inside.
    """

    look: Look
    sheets: dict[str, Sheet] = field(default_factory=dict)
    plans: dict[str, LayerPlan] = field(default_factory=dict)
    landmarks: dict[str, Point] = field(default_factory=dict)
    _outfit: str | None = None
    _toggle: str | None = None
    _unless: str | None = None

    def layer(
        self,
        name: str,
        role: str | None = None,
        *,
        on: Ground | None = None,
        mesh: tuple[int, int] | None = None,
        depth: float | None = None,
        turn: float | None = None,
        clip: str | None = None,
        blend: str = "normal",
        group: str | None = None,
        place: str | None = None,
    ) -> Sheet:
        """Begin a layer; without a role it is its name, without a place it lies at its role's.

        `on` says for which head or body the points are given: "head" and "body" are the standard
        ones, moved to this character's; "paper" takes points as they are. By default hair and hats
        are on the head, clothes on the body, the face on paper.
        """
        role = role or name
        if name in self.sheets:  # another outfit's, or hair that is called as an extra
            name = f"{name}_{self._outfit or self._toggle}"
        assert name not in self.sheets, f"two layers are called {name}"
        stem = split_role(role)[0]
        known = ROLES[stem]
        worn = f"{clip}_{self._toggle}"
        self.plans[name] = LayerPlan(
            name,
            role,
            mesh,
            known.depth if depth is None else depth,
            known.turn if turn is None else turn,
            worn if worn in self.sheets else clip,
            blend,
            group,
            self._outfit,
            self._toggle,
            self._unless,
            place or stem,
        )
        ground = on or ("head" if stem in _HEAD else "body" if stem in _BODY else "paper")
        self.sheets[name] = Sheet(self._warp(ground), self.look.design.pen.shading)
        return self.sheets[name]

    def _warp(self, ground: Ground) -> Warp | None:
        return {"head": self.look.on_head, "body": self.look.on_body, "paper": None}[ground]

    @contextmanager
    def wearing(
        self, *, outfit: str | None = None, toggle: str | None = None, unless: str | None = None
    ) -> Iterator[None]:
        """Give every layer begun inside to an outfit or a toggle, or to be seen without one."""
        before = self._outfit, self._toggle, self._unless
        self._outfit, self._toggle = outfit or before[0], toggle or before[1]
        self._unless = unless or before[2]
        yield
        self._outfit, self._toggle, self._unless = before

    def exchange(self, name: str, toggle: str, sheet: Sheet) -> None:
        """Show another sheet in place of a layer while a toggle is on: hair under a hat."""
        first, second = self.plans[name], f"{name}_{toggle}"
        clip = f"{first.clip}_{toggle}"
        other = replace(first, name=second, toggle=toggle)
        self.sheets[second] = sheet
        self._put(replace(first, unless=toggle))
        self._put(replace(other, clip=clip) if clip in self.sheets else other, after=name)

    def _put(self, plan: LayerPlan, after: str = "") -> None:
        """Change a layer's plan, or add one right above another layer."""
        self.plans[plan.name] = plan
        if after:
            names = [name for name in self.plans if name != plan.name]
            names.insert(names.index(after) + 1, plan.name)
            self.plans = {name: self.plans[name] for name in names}

    def seen_without(self, toggle: str) -> None:
        """Hide each layer that was drawn once more for a toggle while that is on."""
        for name in tuple(self.plans):
            if f"{name}_{toggle}" in self.plans:
                self._put(replace(self.plans[name], unless=toggle))

    def mark(self, name: str, point: Point) -> None:
        """Set a landmark, in W."""
        self.landmarks[name] = (float(point[0]), float(point[1]))

    def ordered(self) -> list[LayerPlan]:
        """Give the layers from back to front; those of one role in the order they were drawn."""
        order = list(ROLES)
        return sorted(self.plans.values(), key=lambda plan: order.index(plan.place))
