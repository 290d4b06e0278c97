"""A renderer for all tests of this room, and golden pictures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.metrics import psnr_db
from vtuber.core.picture import Picture
from vtuber.image.alpha import premultiplied, straight
from vtuber.render.renderer import GlRenderer

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


class _Clock:
    def now_ns(self) -> int:
        return time.perf_counter_ns()

    def sleep_until(self, deadline_ns: int) -> None:
        raise AssertionError("a renderer does not sleep")


@pytest.fixture(scope="session")
def renderer() -> Iterator[GlRenderer]:
    renderer = GlRenderer(_Clock())
    yield renderer
    renderer.close()


@pytest.fixture
def check_golden(update_golden: bool) -> Callable[[str, Picture], None]:
    """Give `check(name, picture)`: it must look like tests/golden/NAME.png."""

    def check(name: str, picture: Picture) -> None:
        path = GOLDEN / f"{name}.png"
        if update_golden:
            _write(path, straight(picture.rgba))
        golden = premultiplied(_read(path))
        # Another version of Mesa rounds differently; a pixel's shift of any layer is below 40 dB.
        if golden.shape == picture.rgba.shape and psnr_db(golden, picture.rgba) >= 45.0:
            return
        failed = GOLDEN / "failed"
        _write(failed / f"{name}.png", straight(picture.rgba))
        if golden.shape == picture.rgba.shape:
            difference = np.abs(golden.astype(int) - picture.rgba)
            difference[..., :3] += difference[..., 3:]
            difference[..., 3] = 255
            _write(failed / f"{name}.difference.png", np.minimum(difference, 255).astype(np.uint8))
        pytest.fail(f"{name} differs from {path}; see {failed}, or run with --update-golden")

    return check


def _write(path: Path, rgba: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGRA))


def _read(path: Path) -> np.ndarray:
    bgra = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert bgra is not None, f"no {path}; run with --update-golden"
    return cv2.cvtColor(bgra, cv2.COLOR_BGRA2RGBA)
