import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from vtuber.core.pose import ARKIT, BASE
from vtuber.track.blendshapes import RAMPS, BlendshapeSolver
from vtuber.track.features import FEATURES, INDEX, NAMES, measure
from vtuber.track.head import HeadPose, solve_head

FRAME_NS = 33_333_333


@pytest.fixture
def face_cm(canonical_cm):
    """Give the canonical face with irises that look ahead and lips that are closed."""
    mesh = np.vstack((canonical_cm, np.zeros((10, 3))))
    for iris, (inner, outer) in {468: (133, 33), 473: (362, 263)}.items():
        mesh[iris : iris + 5] = (mesh[inner] + mesh[outer]) / 2 + (0, 0.09, 0)
    mesh[[14, 87, 317]] = mesh[[13, 82, 312]]
    return mesh


def solve(solver, mesh_cm, at=0, yaw_deg=0.0):
    head = HeadPose(yaw_deg, 0.0, 0.0, np.array([0.0, 0.0, -50.0]), mesh_cm)
    values = solver.solve(head, at * FRAME_NS).values
    return {name: float(values[i]) for name, i in BASE.index.items()}


def moved(mesh_cm, landmarks, by):
    mesh = mesh_cm.copy()
    mesh[list(landmarks)] += by
    return mesh


def held(solver, mesh, at, yaw_deg=0.0):
    """Show a face for longer than one lid may be before the other in a blink."""
    solve(solver, mesh, at, yaw_deg)
    return solve(solver, mesh, at + 1, yaw_deg)


def with_lids(mesh_cm, left, right):
    """Give the face with its eyes open by these fractions."""
    mesh = mesh_cm.copy()
    for upper, lower, opened in (((387, 386, 385), (373, 374, 380), left),
                                 ((160, 159, 158), (144, 145, 153), right)):  # fmt: skip
        middle = (mesh[list(upper)] + mesh[list(lower)]) / 2
        for rows in (upper, lower):
            mesh[list(rows)] = middle + (mesh[list(rows)] - middle) * opened
    return mesh


def after_looking(face_cm):
    solver = BlendshapeSolver()
    for n in range(30):
        solve(solver, face_cm, n)
    return solver


def test_every_feature_is_a_difference_of_means(face_cm):
    measured = measure(face_cm)
    for name, (axis, plus, minus) in FEATURES.items():
        column = face_cm[:, "xyz".index(axis)]
        expected = column[list(plus)].mean() - column[list(minus)].mean()
        assert measured[INDEX[name]] == pytest.approx(expected)
    assert len(measured) == len(NAMES)


def test_every_ramp_is_an_arkit_blendshape_and_read_once():
    shapes = [ramp.shape for ramp in RAMPS]
    assert len(set(shapes)) == len(shapes)
    assert set(shapes) <= set(ARKIT)


def test_a_wink_closes_one_eye_and_leaves_the_other(face_cm):
    solver = after_looking(face_cm)
    left = held(solver, with_lids(face_cm, 0.1, 0.95), 30)
    assert left["eyeBlinkLeft"] == 1.0
    assert left["eyeBlinkRight"] < 0.1
    right = held(solver, with_lids(face_cm, 0.95, 0.1), 32)
    assert right["eyeBlinkRight"] == 1.0
    assert right["eyeBlinkLeft"] < 0.1


def test_a_lid_that_is_a_frame_before_the_other_is_no_wink(face_cm):
    solver = after_looking(face_cm)
    lids = [(0.3, 0.8), (0.1, 0.1), (0.1, 0.1), (0.95, 0.4), (1.0, 1.0)]
    for n, (left, right) in enumerate(lids):
        shapes = solve(solver, with_lids(face_cm, left, right), 30 + n)
        assert shapes["eyeBlinkLeft"] == pytest.approx(shapes["eyeBlinkRight"], abs=0.01)


def test_a_lid_that_closed_opens_only_when_it_is_clearly_open(face_cm):
    solver = after_looking(face_cm)
    half = with_lids(face_cm, 0.56, 0.56)
    assert solve(solver, half, 30)["eyeBlinkLeft"] < 0.9
    assert solve(solver, with_lids(face_cm, 0.2, 0.2), 31)["eyeBlinkLeft"] == 1.0
    assert solve(solver, half, 32)["eyeBlinkLeft"] == 1.0
    assert solve(solver, face_cm, 33)["eyeBlinkLeft"] == 0.0


def test_the_far_eye_follows_the_visible_one(face_cm):
    far_left_shut = with_lids(face_cm, 0.1, 1.0)
    assert held(after_looking(face_cm), far_left_shut, 30, yaw_deg=0)["eyeBlinkLeft"] == 1.0
    turned = held(after_looking(face_cm), far_left_shut, 30, yaw_deg=40)
    assert turned["eyeBlinkLeft"] == turned["eyeBlinkRight"] == 0.0


def test_the_far_half_of_a_turned_face_is_guessed_from_the_near_one(face_cm):
    bent = moved(face_cm, (291,), (0.3, 0.6, 0))  # the left corner of the mouth, and the jaw
    bent = moved(bent, (152,), (0.8, 0, 0))
    ahead = solve(after_looking(face_cm), bent, 30)
    assert ahead["mouthSmileLeft"] > 0.5
    assert ahead["jawLeft"] > 0.5
    turned_left = solve(after_looking(face_cm), bent, 30, yaw_deg=40)
    assert turned_left["mouthSmileLeft"] == turned_left["mouthSmileRight"] < 0.5
    assert turned_left["jawLeft"] == 0.0
    turned_right = solve(after_looking(face_cm), bent, 30, yaw_deg=-40)
    assert turned_right["mouthSmileRight"] == turned_right["mouthSmileLeft"] > 0.5


def test_eyes_look_where_the_irises_go(face_cm):
    irises = range(468, 478)
    left = solve(after_looking(face_cm), moved(face_cm, irises, (0.4, 0, 0)), 30)
    assert left["eyeLookOutLeft"] == left["eyeLookInRight"] > 0.5
    assert left["eyeLookInLeft"] == left["eyeLookOutRight"] == 0.0
    up = solve(after_looking(face_cm), moved(face_cm, irises, (0, 0.3, 0)), 30)
    assert up["eyeLookUpLeft"] == up["eyeLookUpRight"] > 0.5
    assert up["eyeLookDownLeft"] == 0.0


def test_a_blink_does_not_move_the_gaze(face_cm):
    solver = after_looking(face_cm)
    shut = moved(with_lids(face_cm, 0.1, 0.1), range(468, 478), (0, -0.5, 0))
    assert solve(solver, shut, 30)["eyeLookDownLeft"] < 0.01


def test_the_less_of_an_eye_is_seen_the_less_its_gaze_counts(face_cm):
    aside = moved(face_cm, range(468, 478), (0.4, 0, 0))
    wide, half = (
        solve(after_looking(face_cm), with_lids(aside, opened, opened), 30)["eyeLookOutLeft"]
        for opened in (1.0, 0.56)
    )
    assert 0.1 * wide < half < 0.6 * wide
    winking = with_lids(moved(aside, range(473, 478), (-0.4, 0, 0)), 0.1, 1.0)
    assert held(after_looking(face_cm), winking, 30)["eyeLookInRight"] == pytest.approx(
        wide, abs=0.03
    )


MOVES = [
    ("jawOpen", (14,), (0, -1.5, 0)),
    ("jawLeft", (152,), (0.8, 0, 0)),
    ("jawRight", (152,), (-0.8, 0, 0)),
    ("mouthLeft", (61, 291), (0.6, 0, 0)),
    ("mouthRight", (61, 291), (-0.6, 0, 0)),
    ("mouthSmileLeft", (291,), (0.3, 0.5, 0)),
    ("mouthSmileRight", (61,), (-0.3, 0.5, 0)),
    ("mouthFrownLeft", (291,), (0, -0.6, 0)),
    ("mouthFrownRight", (61,), (0, -0.6, 0)),
    ("browInnerUp", (55, 107, 285, 336), (0, 0.6, 0)),
    ("browDownLeft", (285, 336), (0, -0.9, 0)),
    ("browDownRight", (55, 107), (0, -0.9, 0)),
    ("browOuterUpLeft", (276, 283, 293, 300), (0, 0.6, 0)),
    ("browOuterUpRight", (46, 53, 63, 70), (0, 0.6, 0)),
    ("eyeWideLeft", (387, 386, 385), (0, 0.4, 0)),
    ("eyeSquintRight", (144, 145, 153), (0, 0.2, 0)),
    ("mouthUpperUpLeft", (267, 269), (0, 0.9, 0)),
    ("mouthUpperUpRight", (37, 39), (0, 0.9, 0)),
    ("mouthLowerDownLeft", (314, 405), (0, -1.5, 0)),
    ("mouthLowerDownRight", (84, 181), (0, -1.5, 0)),
    ("mouthRollUpper", (0,), (0, -0.45, 0)),
    ("mouthRollLower", (17,), (0, 0.95, 0)),
]


@pytest.mark.parametrize(("shape", "landmarks", "by"), MOVES)
def test_each_shape_answers_to_its_own_landmarks(face_cm, shape, landmarks, by):
    rest = solve(after_looking(face_cm), face_cm, 30)
    there = solve(after_looking(face_cm), moved(face_cm, landmarks, by), 30)
    assert there[shape] > rest[shape] + 0.4
    other = next(
        (shape.removesuffix(a) + b for a, b in (("Left", "Right"), ("Right", "Left"))
         if shape.endswith(a)), None)  # fmt: skip
    if other:
        assert there[other] < rest[other] + 0.15


def test_lips_that_press_show_less_red(face_cm):
    thin = moved(moved(face_cm, (0,), (0, -0.5, 0)), (17,), (0, 0.95, 0))
    there = solve(after_looking(face_cm), thin, 30)
    assert there["mouthPressLeft"] == there["mouthPressRight"] > 0.5
    upper = solve(after_looking(face_cm), moved(face_cm, (0,), (0, -0.45, 0)), 30)
    assert upper["mouthPressLeft"] < 0.1


def test_cheeks_squint_where_a_smile_lifts_the_lower_lids(face_cm):
    lids = moved(face_cm, (373, 374, 380), (0, 0.2, 0))
    smiling = moved(lids, (291,), (0.3, 0.5, 0))
    there = solve(after_looking(face_cm), smiling, 30)
    assert there["cheekSquintLeft"] > 0.3 > there["cheekSquintRight"] + 0.2
    assert solve(after_looking(face_cm), lids, 30)["cheekSquintLeft"] < 0.2


def test_narrow_lips_pucker_when_closed_and_funnel_when_open(face_cm):
    narrow = moved(moved(face_cm, (291,), (-0.6, 0, 0)), (61,), (0.6, 0, 0))
    closed = solve(after_looking(face_cm), narrow, 30)
    assert closed["mouthPucker"] > 0.5
    assert closed["mouthFunnel"] == 0.0
    opened = solve(after_looking(face_cm), moved(narrow, (14,), (0, -1.6, 0)), 30)
    assert opened["mouthFunnel"] > 0.4
    assert opened["mouthPucker"] < 0.2


def test_what_is_not_measured_has_no_weight(face_cm):
    head = HeadPose(0.0, 0.0, 0.0, np.array([0.0, 0.0, -50.0]), face_cm)
    pose = BlendshapeSolver().solve(head, 0)
    for name in ("tongueOut", "cheekPuff", "noseSneerLeft", "breath", "blush", "bodyYaw"):
        assert pose.weights[BASE.index[name]] == 0.0
        assert pose.values[BASE.index[name]] == BASE.default[BASE.index[name]]
    for name in ("eyeBlinkLeft", "jawOpen", "headYaw", "headZ"):
        assert pose.weights[BASE.index[name]] == 1.0


@st.composite
def meshes(draw):
    """Give any 478 points: NaN and far too large ones, and noise of all sizes."""
    if draw(st.booleans()):
        return draw(arrays.arrays(np.float32, (478, 3), elements=st.floats(width=32)))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    sizes = [draw(st.floats(1e-6, 400.0)) for _ in "xyz"]
    return (random.normal(0, 1, (478, 3)) * sizes + (320, 240, 0)).clip(-350).astype(np.float32)


@settings(deadline=None, max_examples=150)
@given(meshes(), meshes(), st.integers(-(2**40), 2**40))
def test_no_landmarks_whatever_give_a_pose_out_of_range(one, other, now_ns):
    solver = BlendshapeSolver()
    for mesh in (one, other, one):
        head = solve_head(mesh, (640, 480))
        if head is None:
            continue
        now_ns += FRAME_NS
        pose = solver.solve(head, now_ns)
        assert np.isfinite(pose.values).all()
        assert (pose.values >= BASE.low).all()
        assert (pose.values <= BASE.high).all()


def test_a_profile_is_known_from_the_first_face_on(face_cm):
    smiling = moved(moved(face_cm, (291,), (0.2, 0.25, 0)), (61,), (-0.2, 0.25, 0))  # at rest
    narrow = with_lids(smiling, 0.7, 0.7)
    first = BlendshapeSolver()
    for n in range(300):
        solve(first, narrow, n)
    known = BlendshapeSolver(first.profile)
    stranger = solve(BlendshapeSolver(), narrow)
    friend = solve(known, narrow)
    assert stranger["mouthSmileLeft"] > friend["mouthSmileLeft"] + 0.08
    assert friend["eyeBlinkLeft"] == 0.0


def test_a_neutral_face_is_what_was_said_to_be_one(face_cm):
    solver = after_looking(face_cm)
    raised = moved(face_cm, (285, 336, 55, 107), (0, 0.5, 0))
    assert solve(solver, raised, 31)["browInnerUp"] > 0.5
    solver.calibrate("neutral")
    assert solve(solver, raised, 32)["browInnerUp"] < 0.1
    assert solve(solver, face_cm, 33)["browDownLeft"] > 0.5


def test_eyes_are_open_and_shut_as_was_said(face_cm):
    solver = after_looking(face_cm)
    half = with_lids(face_cm, 0.55, 0.55)  # as some people's eyes stay when they are shut
    assert solve(solver, half, 31)["eyeBlinkLeft"] < 0.8
    solver.calibrate("shut")
    assert solve(solver, half, 32)["eyeBlinkLeft"] == 1.0
    assert solve(solver, face_cm, 33)["eyeBlinkLeft"] == 0.0
    solver = after_looking(face_cm)
    solve(solver, with_lids(face_cm, 0.75, 0.75), 31)
    solver.calibrate("open")
    assert solve(solver, with_lids(face_cm, 0.75, 0.75), 32)["eyeBlinkLeft"] == 0.0
    for n in range(33, 200):  # a wide look moves it by a fifth at most
        solve(solver, face_cm, n)
    assert solve(solver, with_lids(face_cm, 0.8, 0.8), 200)["eyeBlinkLeft"] == 0.0


def test_nothing_is_calibrated_before_a_face_was_there():
    solver = BlendshapeSolver()
    solver.calibrate("neutral")
    assert solver.profile == BlendshapeSolver().profile
