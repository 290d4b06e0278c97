"""What stands behind everybody cross-fades into what comes, on the way to another, too."""

import numpy as np

from vtuber.animate.behind import MOST, Behind
from vtuber.core.look import Background

RED, NAVY, GREY = (Background.of(c) for c in ((255, 0, 0), (0, 0, 128), (90, 90, 90)))
SECOND = 10**9


def colour(behind: Behind, now_s: float) -> list[float]:
    """Mix what shows, as the renderer does: premultiplied, with alpha."""
    background, fading = behind.at(round(now_s * SECOND))
    stack = [*(below for below, _ in fading), background]
    premultiplied = [
        np.zeros(4) if one is None else np.array([*one.rgb[0, 0], 255.0]) for one in stack
    ]
    shown = premultiplied[0]
    for above, (_, share) in zip(premultiplied[1:], fading, strict=True):
        shown = above * share + shown * (1 - share)
    return [round(float(value), 6) for value in shown]


def test_one_goes_as_the_next_comes_and_is_forgotten() -> None:
    behind = Behind()
    behind.put(RED, 0)
    assert behind.at(0) == (RED, ())
    behind.put(None, SECOND, 2.0)
    assert behind.at(2 * SECOND) == (None, ((RED, 0.5),))
    assert colour(behind, 2.0) == [127.5, 0, 0, 127.5]
    assert behind.at(3 * SECOND) == (None, ())


def test_a_change_on_the_way_to_another_is_no_jump() -> None:
    behind = Behind()
    behind.put(RED, 0, 1.0)
    before = colour(behind, 0.5)
    behind.put(NAVY, SECOND // 2, 1.0)
    assert colour(behind, 0.5) == before == [127.5, 0, 0, 127.5]
    assert colour(behind, 1.5) == [0, 0, 128, 255]
    assert behind.at(2 * SECOND) == (NAVY, ())


def test_a_video_plays_on_while_it_comes() -> None:
    behind = Behind()
    behind.put(RED, 0, 1.0)
    behind.play(GREY)
    assert behind.at(SECOND // 2) == (GREY, ((None, 0.5),))


def test_who_changes_it_all_the_time_does_not_pile_pictures_up() -> None:
    behind = Behind()
    for n in range(20):
        behind.put(Background.of((n, n, n)), n, 9.0)
        assert len(behind.at(n)[1]) < MOST
