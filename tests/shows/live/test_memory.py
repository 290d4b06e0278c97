"""What a show takes from OpenGL it gives back, however often avatars and items change."""

import ctypes
import gc
from pathlib import Path

import psutil
import pytest
from PIL import Image

from vtuber.render.context import _gl
from vtuber.shows.plays.scripted import Engine

KINDS = ("Texture", "Buffer", "VertexArray", "Framebuffer", "Renderbuffer", "Program")
MOST_NAMES = 2000  # OpenGL numbers its objects from 1 on, and gives freed numbers out again


def held(engine: Engine) -> dict[str, int]:
    """Count what OpenGL itself holds, by the names that it knows."""
    gl = _gl()
    with engine._stage._renderer._context:  # type: ignore[attr-defined]
        found = {}
        for kind in KINDS:
            is_there = getattr(gl, f"glIs{kind}")
            is_there.restype = ctypes.c_ubyte  # GLboolean
            found[kind] = sum(is_there(n) for n in range(1, MOST_NAMES))
        return found


def test_swaps_items_looks_and_backgrounds_leave_nothing_behind(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VTUBER_ITEMS", str(tmp_path))
    red, blue = (Image.new("RGBA", (200, 200), colour) for colour in ("red", "blue"))
    red.save(tmp_path / "mug.png")
    red.save(tmp_path / "lamp.gif", save_all=True, append_images=[blue], duration=100, loop=0)

    def play(rounds: int) -> tuple[dict[str, int], float]:
        for _ in range(rounds):
            for line in (
                "item mug show at head", "item lamp show at canvas", "outline red", "shadow on",
                "background navy", f"avatar '{bundle}' over 0.2", "item mug show lamp.gif",
                "item mug drop", "item lamp drop", "plain", "background transparent",
            ):  # fmt: skip
                engine.do(line)
                for _ in range(3):
                    engine.wait(0.15)
                    engine.draw()
        gc.collect()
        return held(engine), float(psutil.Process().memory_info().rss / 1e6)

    with Engine(str(bundle), (160, 200)) as engine:
        before, before_mb = play(2)
        after, after_mb = play(4)
    assert after == before
    assert before["Texture"] > 10, "the count counts"
    assert after_mb - before_mb < 8.0, "an avatar that stays is 1 MB, an item 2"
