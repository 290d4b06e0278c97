"""Puts stage, renderer, warper and avatar together: the same engine for every kind of show."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vtuber.animate.performer import Behaviour
from vtuber.animate.smooth import GroupName, SmoothSettings
from vtuber.core.colour import parse_colour
from vtuber.core.errors import UserError
from vtuber.core.look import Look, Outline, Shadow
from vtuber.core.ports import Clock
from vtuber.core.scene import Placement
from vtuber.stage import Stage
from vtuber.warp.warpers import DEFAULT, warper_called

if TYPE_CHECKING:
    from vtuber.avatar.avatar import Avatar
    from vtuber.settings import FilterSettings, LookSettings, Settings

PERFORMER, SECOND = PERFORMERS = ("performer", "second")  # as commands call them
WIDE = 0.8  # of a picture's height: what an avatar of scale 1 takes beside another
LARGEST_PX = 4096


def load_avatar(name: str) -> Avatar:
    """Load an avatar by name or path. Raises UserError when there is none, or it is broken."""
    from vtuber.avatar.bundle import load
    from vtuber.resources import avatar_path

    return load(avatar_path(name))


def check_size(size_px: tuple[int, int]) -> None:
    """Raise UserError for a picture that nothing could draw."""
    if not all(1 <= side <= LARGEST_PX for side in size_px):
        raise UserError(f"size_px={size_px}: a side has 1 to {LARGEST_PX} px")


def open_stage(clock: Clock, size_px: tuple[int, int], warper: str = DEFAULT) -> tuple[Stage, str]:
    """Open OpenGL and an empty stage; give it and the name of what draws. Raises UserError."""
    from vtuber.render.renderer import GlRenderer

    make_warper = warper_called(warper)
    renderer = GlRenderer(clock)
    return Stage(renderer, make_warper, size_px), renderer.name


def behaviour_of(settings: Settings) -> Behaviour:
    """Pick out of the settings what a performer needs."""
    view = settings.view
    outline, shadow = _outline_and_shadow_of(settings.look)
    look = Look(
        parse_colour(settings.look.tint),
        settings.look.brightness,
        outline if settings.look.outline != "off" else None,
        shadow if settings.look.shadow else None,
    )
    return Behaviour(
        settings.mirror,
        settings.predict,
        settings.lost,
        Placement(view.x, view.y, view.zoom, view.rotation_deg),
        settings.seed,
        settings.head_gain,
        settings.physics,
        look,
        outline,
        shadow,
        settings.lost_groups,
        smoothing_of(settings),
        settings.linked_blink,
        settings.mouth,
    )


@dataclass(frozen=True, slots=True)
class Role:
    """Whom a performer plays, and how."""

    avatar: str
    behaviour: Behaviour


def role_of(settings: Settings, performer: str, faces: int) -> Role:
    """Give the role of one of so many performers: of two, the first stands on the left."""
    behaviour = behaviour_of(settings)
    if faces == 1:
        return Role(settings.avatar, behaviour)
    is_second = performer == SECOND
    view = settings.second.view if is_second else settings.view
    wide = settings.size[0] / settings.size[1]
    place = Placement(
        view.x + wide / 4 * (1 if is_second else -1),
        view.y,
        view.zoom * min(1.0, wide / 2 / WIDE),
        view.rotation_deg,
    )
    seed = settings.seed + is_second  # they do not breathe as one
    behaviour = dataclasses.replace(behaviour, view=place, seed=seed)
    return Role(settings.second.avatar if is_second else settings.avatar, behaviour)


def smoothing_of(settings: Settings) -> SmoothSettings:
    """Give how faces are filtered: what the settings do not say is as it was measured best."""
    return filtered(SmoothSettings(), settings.filter, settings.smoothing)


def filtered(
    base: SmoothSettings, told: Mapping[GroupName, FilterSettings], strength: float | None
) -> SmoothSettings:
    """Lay what is told of filters over others; None is as before."""
    chosen = {
        name: dataclasses.replace(base.groups[name], **knobs.model_dump(exclude_none=True))
        for name, knobs in told.items()
    }
    return SmoothSettings(
        {**base.groups, **chosen}, base.strength if strength is None else strength
    )


def _outline_and_shadow_of(look: LookSettings) -> tuple[Outline, Shadow]:
    """Give what shows when they are on."""
    outline = Outline(look.outline_width)
    if look.outline != "off":
        outline = Outline(look.outline_width, parse_colour(look.outline))
    return outline, Shadow(
        look.shadow_x,
        look.shadow_y,
        look.shadow_blur,
        parse_colour(look.shadow_colour),
        look.shadow_opacity,
    )
