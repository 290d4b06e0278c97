"""Whatever is broken off, what is said later moves the mouth as if nothing had been."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vtuber.core.speech import SAMPLE_RATE_HZ, Utterance, Viseme
from vtuber.shows.talk.mouths import Mouths

US = ("performer",)
SECOND = 1_000_000_000
NAMES = ("PP", "aa", "ou", "ih", "E")


def piece(seconds, visemes, style=""):
    shapes = tuple(Viseme(t_s, name) for t_s, name in visemes)
    return Utterance(
        np.zeros(round(seconds * SAMPLE_RATE_HZ), np.float32), 0.0, shapes, style=style
    )


LINE = piece(1.0, [(0.0, "aa"), (0.3, "PP"), (0.5, "ou"), (0.8, "ih")], "happy")


def poses(mouths, begin):
    """Give the mouth all along LINE, which begins at this count, at 50 pictures a second."""
    begin_ns = round(begin * SECOND / SAMPLE_RATE_HZ)

    def heard(ns):
        return min(ns * SAMPLE_RATE_HZ / SECOND, begin + len(LINE.samples))

    found = []
    for step in range(-15, 80):  # 0.3 s before, so that the mouth has gone by then
        now_ns = begin_ns + step * SECOND // 50
        mouth = mouths.at(now_ns, heard).get(US[0])
        if step >= 10:
            found.append((mouth.pose.values, mouth.pose.weights) if mouth else None)
    return found


def alike(one, other):
    return all(
        (a is None) == (b is None) and (a is None or np.allclose(a, b, atol=1e-5))
        for a, b in zip(one, other, strict=True)
    )


lines = st.lists(
    st.tuples(
        st.floats(0.05, 1.0),  # seconds of it
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=4),
        st.floats(0.0, 1.2),  # of its seconds: where it is broken off
    ),
    max_size=4,
)


@given(lines)
@settings(max_examples=50, deadline=None)
def test_a_line_after_any_interruptions_moves_the_mouth_as_the_first_would(broken):
    mouths, count = Mouths(), 0
    for seconds, names, cut_s in broken:
        step_s = seconds / len(names)
        said = piece(seconds, [(i * step_s, name) for i, name in enumerate(names)], "sad")
        mouths.add(US, said, count)
        end = count + min(len(said.samples), round(cut_s * SAMPLE_RATE_HZ))
        mouths.at(round(end * SECOND / SAMPLE_RATE_HZ), lambda ns, end=end: float(end))
        mouths.cut(end)
        count = end + SAMPLE_RATE_HZ  # a second later
    fresh = Mouths()
    for each in (mouths, fresh):
        each.add(US, LINE, count)
    assert alike(poses(mouths, count), poses(fresh, count))


def test_a_face_lasts_as_long_as_its_words():
    mouths = Mouths()
    mouths.add(US, LINE, 0)
    mouths.add(US, piece(1.0, [(1.0, "aa")]), SAMPLE_RATE_HZ)
    for at_s, expression in ((0.5, "joy"), (0.99, "joy"), (1.01, "")):
        found = mouths.at(round(at_s * SECOND), lambda ns: ns * SAMPLE_RATE_HZ / SECOND)
        assert found[US[0]].expression == expression


def test_a_cut_takes_the_face_along():
    mouths = Mouths()
    mouths.add(US, LINE, 0)
    mouths.cut(SAMPLE_RATE_HZ // 10)
    found = mouths.at(SECOND // 2, lambda ns: float(SAMPLE_RATE_HZ // 10))
    assert US[0] not in found or found[US[0]].expression == ""


def test_a_style_that_there_is_not_is_no_face():
    from vtuber.core.errors import UserError

    with pytest.raises(UserError, match="no style called"):
        Mouths().add(US, piece(0.1, [], "xyz"), 0)
