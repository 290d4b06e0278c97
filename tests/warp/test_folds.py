"""No triangle that shows turns over, of any avatar that ships, whatever its controls do at once."""

from pathlib import Path

import numpy as np
import pytest

from vtuber.avatar.bundle import load
from vtuber.warp.folds import folded, triangles_of
from vtuber.warp.motion import Motion
from vtuber.warp.poses import random_controls
from vtuber.warp.trace import measure

SHIPPED = sorted(p.parent for p in (Path(__file__).parents[2] / "avatars").glob("*/avatar.toml"))
SQUARE = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], float)
TWO = np.array([[0, 1, 2], [1, 3, 2]], np.int32)


def test_a_corner_over_the_opposite_edge_is_a_fold_and_so_is_a_line() -> None:
    for corner in (0.2, 0.5):
        moved = SQUARE.copy()
        moved[3] = corner
        assert folded(SQUARE, moved, TWO, np.ones(4, np.float32)).tolist() == [False, True]
    assert not folded(SQUARE, 3 * SQUARE[:, ::-1] * (1, -1), TWO, np.ones(4, np.float32)).any()


def test_what_does_not_show_cannot_fold() -> None:
    moved = SQUARE * (1, -1)
    assert folded(SQUARE, moved, TWO, np.array([1, 0, 0, 0], np.float32)).tolist() == [True, False]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
@pytest.mark.parametrize("turned", [1.0, 1.3])
def test_nothing_of_an_avatar_that_ships_folds(path: Path, turned: float) -> None:
    avatar = load(path)
    measured, triangles = measure(avatar), triangles_of(avatar)
    motion, random = Motion(measured), np.random.default_rng(11)
    for _ in range(120):  # 1,000 take 2 s an avatar, and are as clean
        controls = random_controls(random, turned)
        displacement, alpha = motion(controls)
        folds = folded(measured.points, measured.points + displacement, triangles, alpha)
        assert not folds.any(), controls
