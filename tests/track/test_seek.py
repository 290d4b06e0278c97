"""Who is followed. People are rectangles of one colour each, so that a fake mesh can see them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vtuber.track.seek import DETECT_EVERY, FORGET_NS, Box, Seeker, box_of

FRAME_NS = 33_333_333
ANN, BEN = 100, 200  # colours


def picture(*people, size=(640, 480)):
    """Draw people, each (colour, x, y, size): a square face about its middle."""
    rgb = np.zeros((size[1], size[0], 3), np.uint8)
    for colour, x, y, side in people:
        top, left = max(0, y - side // 2), max(0, x - side // 2)
        rgb[top : y + side // 2, left : x + side // 2] = colour
    return rgb


def boxes_in(rgb):
    found = {}
    for colour in (ANN, BEN):
        rows, columns = np.nonzero(rgb[..., 0] == colour)
        if len(rows):
            left, top = columns.min(), rows.min()
            width, height = columns.max() - left + 1, rows.max() - top + 1
            found[colour] = Box(float(left), float(top), float(width), float(height))
    return found


class Models:
    """A mesh that stays with whom it has and finds large faces only; a detector of all."""

    prefers = None  # whose face is clearer

    def __init__(self):
        self.has = None
        self.detections = 0

    def fit(self, rgb):
        faces = boxes_in(rgb)
        if self.has not in faces:
            large = {c: b for c, b in faces.items() if b.size > 0.15 * min(rgb.shape[:2])}
            self.has = max(large, key=lambda c: (c == self.prefers, large[c].size), default=None)
        return mesh_on(faces[self.has], rgb) if self.has else None

    def detect(self, rgb):
        self.detections += 1
        return list(boxes_in(rgb).values())


def mesh_on(box, rgb):
    height, width = rgb.shape[:2]
    mesh = np.zeros((478, 3), np.float32)
    mesh[:, :2] = box.centre
    mesh[[107, 336], 1], mesh[152, 1] = box.top, box.top + box.height
    mesh[234, 0], mesh[454, 0] = box.left, box.left + box.width
    return mesh / (width, height, width)


@pytest.fixture
def models():
    return Models()


@pytest.fixture
def seeker(models):
    return Seeker(models.fit, models.detect)


def whom(seeker, *frames, start=0):
    """Give the colour of who is followed in each picture; 0 is nobody."""
    followed = []
    for n, rgb in enumerate(frames, start):
        landmarks = seeker.seek(rgb, n * FRAME_NS)
        if landmarks is None:
            followed.append(0)
            continue
        x, y = box_of(landmarks).centre
        followed.append(int(rgb[round(y), round(x), 0]))
    return followed


def test_landmarks_are_in_pixels_of_the_whole_picture(seeker):
    for x, y, side in ((320, 240, 200), (100, 400, 30), (600, 60, 24)):
        landmarks = Seeker(Models().fit, Models().detect).seek(picture((ANN, x, y, side)), 0)
        box = box_of(landmarks)
        assert box.centre == pytest.approx((x, y), abs=1.5)
        assert box.size == pytest.approx(side, abs=2)


def test_a_face_too_small_for_the_mesh_is_found_and_followed_across_the_picture(seeker, models):
    frames = [picture((ANN, 60 + 5 * n, 200, 28)) for n in range(100)]
    assert whom(seeker, *frames) == [ANN] * 100
    assert models.detections == 1  # its window goes with it: it is not lost and found again


def test_a_face_that_comes_near_and_goes_away_is_followed(seeker):
    sides = [*range(24, 240, 4), *range(240, 24, -4)]
    followed = whom(seeker, *(picture((ANN, 320, 240, side)) for side in sides))
    assert followed.count(ANN) >= len(sides) - 3


def test_who_sits_nearest_is_the_performer(seeker):
    both = picture((ANN, 150, 240, 90), (BEN, 500, 240, 120))
    assert whom(seeker, both, both) == [BEN, BEN]


def test_who_sits_nearest_performs_though_another_face_is_clearer(seeker, models):
    models.prefers = BEN
    both = picture((ANN, 150, 240, 190), (BEN, 480, 240, 170))
    assert whom(seeker, *[both] * 20) == [ANN] * 20


def test_a_mesh_that_hops_to_somebody_else_is_called_back(seeker, models):
    alone, both = picture((ANN, 150, 240, 150)), picture((ANN, 152, 240, 150), (BEN, 480, 240, 140))
    assert whom(seeker, alone, both) == [ANN, ANN]
    models.has = BEN  # as after two blurred frames
    assert whom(seeker, *[both] * 5, start=2) == [ANN] * 5


def test_who_was_beside_the_performer_never_takes_over(seeker):
    both = picture((ANN, 150, 240, 120), (BEN, 480, 240, 100))
    alone = picture((BEN, 480, 240, 100))
    followed = whom(seeker, *[both] * 3, *[alone] * 60, *[both] * 5)
    assert followed[:3] == [ANN] * 3
    assert followed[3:63] == [0] * 60
    assert followed[-1] == ANN


def test_a_bystander_may_walk_about_while_the_performer_is_away(seeker):
    both = picture((ANN, 150, 240, 120), (BEN, 480, 240, 100))
    walk = [picture((BEN, 480 - 6 * n, 240, 100)) for n in range(50)]
    assert whom(seeker, both, both, *walk) == [ANN, ANN] + [0] * 50


def test_after_ten_seconds_whoever_is_there_performs(seeker):
    both = picture((ANN, 150, 240, 120), (BEN, 480, 240, 100))
    alone = picture((BEN, 480, 240, 100))
    whom(seeker, both, alone)
    frames = FORGET_NS // FRAME_NS + DETECT_EVERY + 2
    assert whom(seeker, alone, start=frames) == [BEN]


def test_a_performer_who_jumps_is_found_in_the_same_frame(seeker, models):
    frames = [picture((ANN, 120, 240, 90))] * 3 + [picture((ANN, 540, 240, 90))] * 2
    models.has = None
    assert whom(seeker, *frames) == [ANN] * 5


def test_after_darkness_the_performer_is_back_at_once(seeker):
    here, dark = picture((ANN, 320, 240, 100)), picture()
    assert whom(seeker, here, *[dark] * 30, here) == [ANN, *[0] * 30, ANN]


def test_nobody_is_looked_for_every_third_frame_and_never_while_somebody_is_there(seeker, models):
    whom(seeker, *[picture((ANN, 320, 240, 120))] * 30)
    assert models.detections == 1
    whom(seeker, *[picture()] * 30, start=30)
    assert models.detections <= 2 + 30 / DETECT_EVERY


def company():
    seekers = [Seeker(m.fit, m.detect) for m in (Models(), Models())]
    for seeker in seekers:
        seeker.meet(seekers)
    return seekers


def test_of_two_performers_the_left_one_is_the_first_though_the_other_sits_nearer():
    both = picture((ANN, 150, 240, 90), (BEN, 480, 240, 120))
    assert [whom(seeker, both) for seeker in company()] == [[ANN], [BEN]]


def test_who_comes_first_is_the_first_performer_wherever_the_second_comes():
    first, second = company()
    alone, both = picture((BEN, 480, 240, 120)), picture((ANN, 150, 240, 150), (BEN, 480, 240, 120))
    assert (whom(first, alone), whom(second, alone)) == ([BEN], [0])
    for n in range(1, 4):  # nobody is looked for in every third picture
        assert whom(first, both, start=n) == [BEN]
        found = whom(second, both, start=n)
    assert found == [ANN]


def test_of_three_people_the_two_nearest_perform():
    three = picture((ANN, 120, 240, 110), (BEN, 520, 240, 120))
    three[200:260, 300:340] = 40  # no face to the models
    small = picture((ANN, 120, 240, 110), (BEN, 520, 240, 120))
    assert [whom(seeker, small) for seeker in company()] == [[ANN], [BEN]]


def test_another_size_of_picture_is_no_trouble(seeker):
    whom(seeker, picture((ANN, 600, 440, 26)))
    small = picture((ANN, 50, 40, 24), size=(100, 80))
    assert whom(seeker, small, start=1) == [ANN]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.booleans(), st.integers(0, 639), st.integers(0, 479), st.integers(4, 500),
            st.booleans(),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_whoever_comes_and_goes_nothing_fails_and_landmarks_are_finite(steps):
    models = Models()
    seeker = Seeker(models.fit, models.detect)
    for n, (is_there, x, y, side, other) in enumerate(steps):
        people = [(ANN, x, y, side)] * is_there + [(BEN, 639 - x, y, side)] * other
        landmarks = seeker.seek(picture(*people), n * FRAME_NS)
        assert landmarks is None or np.isfinite(landmarks).all()
