"""OpenGL opens without a display, and drawing leaves the other threads of Python alone."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from tests.render.figures import actor_of, avatar_of, oval, scene_of, still
from vtuber.avatar.bundle import load
from vtuber.core.errors import UserError
from vtuber.core.look import AS_DRAWN, Look, Outline, Shadow
from vtuber.core.pose import Pose
from vtuber.render import context, looks, passes, targets
from vtuber.render import renderer as renderer_module
from vtuber.render.renderer import GlRenderer
from vtuber.resources import avatar_path
from vtuber.warp.rig import Rig

pytestmark = pytest.mark.alone

ROUNDS, DRAWS = 4, 25


def test_the_renderer_says_what_draws(renderer: GlRenderer) -> None:
    assert renderer.name


def test_without_opengl_the_user_learns_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "_SETTINGS", {"backend": "egl", "libegl": "libNone.so"})
    with pytest.raises(UserError, match=r"cannot open OpenGL 3\.3 .*libNone.*(install|run it)"):
        context.open_context()


def test_other_threads_wake_in_time_while_a_picture_is_drawn(
    renderer: GlRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The law of `context.finish`, on a scene that takes llvmpipe some 20 ms."""
    layers = [oval(f"o{i}", (256, 256), (250, 250), (9 * i, 90, 90), 0.5) for i in range(12)]
    renderer.load("a", avatar_of(*layers, canvas_px=(512, 512)))
    field = still(renderer._models["a"].avatar)
    scene = scene_of(actor_of(), size_px=(720, 720))

    def p95_ms() -> float:
        return _p95_lateness_ms(lambda: renderer.draw(scene, (field,)))

    # The machine may be busy with something else, so the best of some rounds counts.
    lawful = p95_ms()
    for _ in range(ROUNDS):
        lawful = lawful if lawful < 1.0 else min(lawful, p95_ms())
    monkeypatch.setattr(renderer_module, "finish", lambda: None)
    lawless = p95_ms()
    # 0.1 against 40 ms on a free machine; on a busy one both grow, the second first.
    said = f"p95 {lawful:.2f} ms late; without finish() {lawless:.2f}"
    assert lawful < max(2.0, lawless / 10), said
    if "llvmpipe" in renderer.name:  # a card rasters elsewhere, and this shows nothing there
        assert lawless > 2 * lawful, f"this scene is too light to show anything: {said}"


@pytest.mark.parametrize("look", [AS_DRAWN, Look(outline=Outline(), shadow=Shadow())])
def test_hardly_anything_of_an_avatar_with_masks_is_rastered_under_the_gil(
    renderer: GlRenderer, monkeypatch: pytest.MonkeyPatch, look: Look
) -> None:
    """The law of `context.let_go`, as a share of the time: a busy machine does not change it."""
    if "llvmpipe" not in renderer.name:
        pytest.skip("a card rasters elsewhere")
    avatar = load(avatar_path("default"))
    renderer.load("a", avatar)
    field = Rig(avatar).warp(Pose.of({"headYaw": 12.0}))
    actor = replace(actor_of(hidden=avatar.not_worn()), look=look)
    scene = scene_of(actor, size_px=(720, 720))

    def held() -> float:
        """Give the share of a draw that is spent elsewhere than where the GIL is let go."""
        shares = []
        for _ in range(12):
            free_s.clear()
            began = time.perf_counter()
            renderer.draw(scene, (field,))
            shares.append(1 - sum(free_s) / (time.perf_counter() - began))
        return float(np.median(shares))

    free_s: list[float] = []

    def timed() -> None:
        began = time.perf_counter()
        finish()
        free_s.append(time.perf_counter() - began)

    finish = context.finish
    monkeypatch.setattr(renderer_module, "finish", timed)
    monkeypatch.setattr(context, "finish", timed)
    held()
    lawful = held()
    for _ in range(ROUNDS):
        lawful = lawful if lawful < 0.3 else min(lawful, held())
    for module in (looks, passes, targets):
        monkeypatch.setattr(module, "let_go", lambda _: None)
    lawless = held()
    assert lawful < 0.3, "0.05 on a free machine, 0.15 on one with ten jobs, rarely 0.3"
    assert lawless > 0.5, "else this scene shows nothing"


def test_a_card_is_not_waited_for_between_its_surfaces(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[bool] = []
    monkeypatch.setattr(context, "finish", lambda: waited.append(True))
    with context.open_context() as gl:
        assert gl.extra == context.renderer_name(gl).startswith(("llvmpipe", "softpipe", "SWR"))
        for is_software in (True, False):
            gl.extra = is_software
            context.let_go(gl)
    assert waited == [True]


def _p95_lateness_ms(draw: object) -> float:
    """Draw some pictures while another thread asks to be woken every millisecond."""
    done, late_ms = threading.Event(), list[float]()

    def watch() -> None:
        while not done.is_set():
            began = time.perf_counter()
            done.wait(0.001)
            late_ms.append((time.perf_counter() - began - 0.001) * 1e3)

    thread = threading.Thread(target=watch)
    thread.start()
    for _ in range(DRAWS):
        draw()  # type: ignore[operator]
    done.set()
    thread.join()
    return float(np.percentile(late_ms[:-1], 95))
