"""One avatar and one pose in, one RGBA picture out."""

from __future__ import annotations

from pathlib import Path

from vtuber.core.errors import UserError
from vtuber.core.picture import Picture
from vtuber.core.pose import BASE, Pose
from vtuber.core.scene import Actor, Scene
from vtuber.runtime.clock import ManualClock
from vtuber.shows.engine import check_size, load_avatar
from vtuber.shows.files import write_whole
from vtuber.warp.warpers import DEFAULT, warper_called


def still(
    avatar: str,
    pose: dict[str, float],
    size_px: tuple[int, int],
    expression: str = "",
    warper: str = DEFAULT,
) -> Picture:
    """Draw one picture: the avatar's expression, if one is named, under the given values.

    Raises UserError for an avatar, an expression, a parameter or a warper that is not there, or a
    size that cannot be drawn.
    """
    from vtuber.render.renderer import GlRenderer

    check_size(size_px)
    make_warper = warper_called(warper)
    loaded = load_avatar(avatar)
    if expression not in ("", "neutral", *loaded.expressions):
        known = ", ".join(dict.fromkeys(["neutral", *loaded.expressions]))
        raise UserError(f"{loaded.name} has no expression {expression!r}; choose one of: {known}")
    values = {**loaded.expressions.get(expression, {}), **pose}
    posed = Pose.of(values, BASE.extended(loaded.parameters))
    actor = Actor("still", "still", posed, hidden_layers=loaded.not_worn())
    renderer = GlRenderer(ManualClock())
    try:
        renderer.load("still", loaded)
        scene = Scene(0, 0, 0, size_px, (actor,))
        return renderer.draw(scene, (make_warper(loaded).warp(posed),))
    finally:
        renderer.close()


def write_png(picture: Picture, path: Path) -> None:
    """Write a picture as RGBA PNG with straight alpha, whole or not at all. Raises UserError."""
    import cv2

    from vtuber.image.alpha import straight

    rgba = straight(picture.rgba, picture.alpha_box)
    is_done, data = cv2.imencode(".png", cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGRA))
    assert is_done, "OpenCV writes every RGBA picture as PNG"
    write_whole(path, data.tobytes())
