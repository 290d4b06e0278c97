"""Collects what the parts draw: sheets, what the bundle says about them, and landmarks."""

from __future__ import annotations

from dataclasses import dataclass, field

from vtuber.avatar.roles import ROLES, split_role
from vtuber.design.canvas import Frame, Sheet
from vtuber.design.curves import Point


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
    toggle: str | None
    place: str  # the role at whose height it is drawn


@dataclass(eq=False)
class Board:
    """Collects the sheets and landmarks of one drawing."""

    frame: Frame
    sheets: dict[str, Sheet] = field(default_factory=dict)
    plans: dict[str, LayerPlan] = field(default_factory=dict)
    landmarks: dict[str, Point] = field(default_factory=dict)

    def layer(
        self,
        name: str,
        role: str | None = None,
        *,
        mesh: tuple[int, int] | None = None,
        depth: float = 0.0,
        turn: float = 1.0,
        clip: str | None = None,
        blend: str = "normal",
        group: str | None = None,
        toggle: str | None = None,
        place: str | None = None,
    ) -> Sheet:
        """Begin a layer; without a role it is its name, without a place it lies at its role's."""
        assert name not in self.sheets, f"two layers are called {name}"
        role = role or name
        self.plans[name] = LayerPlan(
            name, role, mesh, depth, turn, clip, blend, group, toggle, place or split_role(role)[0]
        )
        self.sheets[name] = Sheet(self.frame)
        return self.sheets[name]

    def mark(self, name: str, point: Point) -> None:
        """Set a landmark, in W."""
        self.landmarks[name] = (float(point[0]), float(point[1]))

    def ordered(self) -> list[LayerPlan]:
        """Give the layers from back to front; those of one role in the order they were drawn."""
        order = list(ROLES)
        return sorted(self.plans.values(), key=lambda plan: order.index(plan.place))
