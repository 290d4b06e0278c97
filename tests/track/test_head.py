import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.track import canonical
from vtuber.track.head import angles_deg, solve_head

SIZE_PX = (640, 480)
ANGLES = st.floats(-80, 80)


def rotation_of(yaw_deg, pitch_deg, roll_deg):
    """Give the rotation whose angles these are; Ry(yaw) Rx(-pitch) Rz(-roll)."""
    sy, cy = math.sin(math.radians(yaw_deg)), math.cos(math.radians(yaw_deg))
    sp, cp = math.sin(math.radians(pitch_deg)), math.cos(math.radians(pitch_deg))
    sr, cr = math.sin(math.radians(roll_deg)), math.cos(math.radians(roll_deg))
    turn = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    nod = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    tilt = np.array([[cr, sr, 0], [-sr, cr, 0], [0, 0, 1]])
    return turn @ nod @ tilt


def project(points_cm, rotation, position_cm, field_of_view_deg=63.0, size_px=SIZE_PX):
    """Give the mesh that mediapipe would: pixels, and a depth in pixels from the head's middle."""
    width, height = size_px
    focal_px = height / 2 / math.tan(math.radians(field_of_view_deg) / 2)
    seen = points_cm @ rotation.T + position_cm
    depth = -seen[:, 2]
    x = width / 2 + focal_px * seen[:, 0] / depth
    y = height / 2 - focal_px * seen[:, 1] / depth
    z = (depth + position_cm[2]) * focal_px / -position_cm[2]
    return np.column_stack((x, y, z))


def test_the_canonical_face_projected_at_known_angles_gives_them_back(canonical_cm):
    random = np.random.default_rng(1)
    errors_deg, errors_cm = [], []
    for _ in range(150):
        angles = (*random.uniform(-45, 45, 2), random.uniform(-30, 30))
        position_cm = np.array([*random.uniform(-8, 8, 2), -random.uniform(35, 90)])
        mesh = project(canonical_cm, rotation_of(*angles), position_cm)
        mesh += random.normal(0, 0.005 * np.linalg.norm(mesh[33] - mesh[263]), mesh.shape)
        head = solve_head(mesh, SIZE_PX)
        errors_deg.append(np.subtract((head.yaw_deg, head.pitch_deg, head.roll_deg), angles))
        errors_cm.append(head.position_cm - position_cm)
    print("mean error, degrees:", np.abs(errors_deg).mean(0), "cm:", np.abs(errors_cm).mean(0))
    assert np.abs(errors_deg).mean() < 0.05
    assert np.abs(errors_deg).max() < 0.25
    assert np.abs(errors_cm).max() < 1.0


def nodded(face_cm, angles=(0, 0, 0)):
    """Give by how many degrees a face is taken to be turned otherwise than it is."""
    mesh = project(face_cm, rotation_of(*angles), np.array([2.0, 1.0, -55.0]))
    head = solve_head(mesh, SIZE_PX)
    return np.subtract((head.yaw_deg, head.pitch_deg, head.roll_deg), angles)


@pytest.mark.parametrize("angles", [(0, 0, 0), (30, 0, 0), (0, 20, 10), (-20, -20, -10)])
def test_a_jaw_that_opens_does_not_nod_the_head(canonical_cm, angles):
    """15 degrees about the joints below the ears, below the mouth the whole jaw."""
    joint = np.array([0, 0.5, -1.0])
    jaw = np.clip((-4 - canonical_cm[:, 1:2]) / 2, 0, 1)
    swung = (canonical_cm - joint) @ rotation_of(0, -15, 0).T + joint
    assert np.abs(nodded(canonical_cm + jaw * (swung - canonical_cm), angles)).max() < 0.8


def test_a_face_that_looks_another_way_is_not_a_head_that_is_turned(canonical_cm):
    x, y, _ = canonical_cm.T

    def near(at_x, at_y, size):
        return np.exp(-(((np.abs(x) - at_x) ** 2 + (y - at_y) ** 2) / size**2))[:, None]

    faces = {
        "wide": canonical_cm * (1.08, 1, 1),
        "long": canonical_cm * (1, 1.08, 1),
        "flat": canonical_cm * (1, 1, 0.92),
        "eyes shut": canonical_cm - near(3.15, 3.0, 0.5) * (0, 0.7, 0),
        "brows up": canonical_cm + near(3.6, 4.7, 1.2) * (0, 0.6, 0),
        "smile": canonical_cm + near(2.5, -4.3, 1.5) * (0, 0.5, -0.3),
        "jaw to the left": canonical_cm + np.clip((-3 - y) / 4, 0, 1)[:, None] * (0.6, 0, 0),
    }
    errors = {name: np.abs(nodded(face, (15, -10, 5))).max() for name, face in faces.items()}
    print({name: round(float(error), 2) for name, error in errors.items()})
    assert max(errors.values()) < 0.3


def test_another_lens_gives_the_same_angles_when_it_is_named(canonical_cm):
    mesh = project(canonical_cm, rotation_of(20, -10, 5), np.array([5.0, 2.0, -60.0]), 40.0)
    head = solve_head(mesh, SIZE_PX, 40.0)
    assert (head.yaw_deg, head.pitch_deg, head.roll_deg) == pytest.approx((20, -10, 5), abs=1.0)
    assert head.position_cm == pytest.approx((5, 2, -60), abs=1.5)


def test_turning_the_head_does_not_change_the_face(canonical_cm):
    for yaw in (-40, 0, 40):
        mesh = project(canonical_cm, rotation_of(yaw, 15, 10), np.array([3.0, -2.0, -50.0]))
        assert np.abs(solve_head(mesh, SIZE_PX).points_cm - canonical_cm).max() < 0.7


@given(ANGLES, ANGLES, st.floats(-170, 170))
def test_angles_and_rotations_are_two_names_for_one_thing(yaw, pitch, roll):
    rotation = rotation_of(yaw, pitch, roll)
    assert rotation @ rotation.T == pytest.approx(np.eye(3), abs=1e-9)
    assert angles_deg(rotation) == pytest.approx((yaw, pitch, roll), abs=1e-6)


def test_the_signs_are_those_of_the_pose():
    x, y, z = np.eye(3)
    assert (rotation_of(30, 0, 0) @ z)[0] > 0.4  # yaw: the nose goes to the performer's left
    assert (rotation_of(0, 30, 0) @ z)[1] > 0.4  # pitch: the nose goes up
    assert (rotation_of(0, 0, 30) @ y)[0] > 0.4  # roll: the crown goes to the left shoulder
    assert canonical.POINTS_CM[263] @ x > 4  # the left eye


def hand_of(points):
    """Tell how four points wind: a rotation leaves it as it is, a reflection turns it round."""
    return np.sign(np.linalg.det(points[1:] - points[0]))


def test_a_face_inside_out_is_never_turned_by_a_reflection(canonical_cm):
    mesh = project(canonical_cm, rotation_of(10, 5, 0), np.array([0.0, 0.0, -50.0]))
    mesh[:, 2] *= -1.5
    head = solve_head(mesh, SIZE_PX)
    corners = [33, 263, 152, 4]  # eyes, chin, tip of the nose
    seen, turned_back = (mesh * (1, -1, -1))[corners], head.points_cm[corners]
    assert hand_of(turned_back) == hand_of(seen) != hand_of(canonical_cm[corners])


@pytest.mark.parametrize(
    "mesh",
    [np.zeros((478, 3)), np.full((478, 3), np.nan), np.full((478, 3), np.inf),
     np.full((478, 3), 1e30), np.arange(1434.0).reshape(478, 3)],
)  # fmt: skip
def test_what_is_no_face_is_none_or_finite(mesh):
    head = solve_head(mesh.astype(np.float32), SIZE_PX)
    assert head is None or np.isfinite(head.points_cm).all()
