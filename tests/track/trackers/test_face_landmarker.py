"""Google's FaceLandmarker. Its model is not here: one of the wheel's stands in where it can."""

import zipfile
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.core.pose import ARKIT, BASE, PoseInput
from vtuber.runtime.clock import SystemClock
from vtuber.track.trackers import mediapipe
from vtuber.track.trackers.face_landmarker import MOST_BYTES, Options, Tracker, replaced


class WithoutShapes(Tracker):
    SHAPES = False


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a bundle of the wheel's detector and mesh, without a model of blendshapes."""
    path = tmp_path_factory.mktemp("model") / "face_landmarker.task"
    models = files("mediapipe") / "modules"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        for name, model in (
            ("face_detector", "face_detection/face_detection_short_range"),
            ("face_landmarks_detector", "face_landmark/face_landmark"),
        ):
            file.writestr(f"{name}.tflite", (models / f"{model}.tflite").read_bytes())
    return path


def test_a_model_that_is_missing_is_said_with_where_to_get_it(tmp_path):
    with pytest.raises(UserError, match=r"no model at .*none.task: get .*https://ai.google.dev/"):
        Tracker(Options(tmp_path / "none.task"), SystemClock())


@pytest.mark.parametrize("size", [0, MOST_BYTES + 1])
def test_a_file_that_is_empty_or_much_too_large_is_refused_unread(tmp_path, size):
    path = tmp_path / "a.task"
    with path.open("wb") as file:
        file.truncate(size)
    with pytest.raises(UserError, match=f"has {size:,} bytes; the model has about 4 MB"):
        Tracker(Options(path), SystemClock())


@pytest.mark.parametrize(
    ("what", "why"), [("text", "Unable to open zip"), ("zip", "face_detector"), ("torn", "")]
)
def test_a_file_that_is_no_model_is_refused_in_one_sentence(tmp_path, bundle, what, why, capfd):
    path = tmp_path / "a.task"
    if what == "text":
        path.write_bytes(b"nothing of the kind" * 100)
    elif what == "zip":
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("letter.txt", "hello")
    else:
        path.write_bytes(bundle.read_bytes()[:100_000])
    tracker = Tracker(Options(path), SystemClock())
    with pytest.raises(UserError, match="is not the model of Google's FaceLandmarker") as refusal:
        tracker.open()
    tracker.close()
    assert why in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert "--tracker mediapipe" in str(refusal.value)


def test_a_model_without_blendshapes_is_refused(bundle):
    tracker = Tracker(Options(bundle), SystemClock())
    with pytest.raises(UserError, match="blendshapes"):
        tracker.open()
    tracker.close()


def test_pictures_go_through_it_with_its_landmarks_or_without(bundle, selfie):
    """The stand-in's numbers are not the real model's, so only their way is tested."""
    tracker = WithoutShapes(Options(bundle), SystemClock())
    tracker.open()
    meshes = [tracker._fit(frame.rgb) for frame in selfie.frames[:5]]
    assert {mesh.shape for mesh in meshes if mesh is not None} == {(478, 3)}
    assert all(isinstance(tracker.find(frame), Face) for frame in selfie.frames[:5])
    dark = Frame(np.zeros((48, 64, 3), np.uint8), 10**10, 9)
    assert not tracker.find(dark).found
    tracker.close()
    tracker.close()
    assert isinstance(tracker, mediapipe.Tracker)  # head, search and lock are the same


def test_the_models_shapes_take_the_place_of_ours_and_the_head_stays():
    ours = PoseInput.of({"headYaw": 12.0, "jawOpen": 0.9, "tongueOut": 0.5, "mouthPucker": 0.4})
    pose = replaced(ours, {"_neutral": 0.9, "jawOpen": 0.25, "mouthPucker": 0.0, "cheekPuff": 0.7})
    given = {n: float(pose.values[BASE.index[n]]) for n in ("headYaw", "jawOpen", "cheekPuff")}
    assert given == pytest.approx({"headYaw": 12.0, "jawOpen": 0.25, "cheekPuff": 0.7})
    weighted = {n for n in ARKIT if pose.weights[BASE.index[n]]}
    assert weighted == {"jawOpen", "mouthPucker", "cheekPuff"}
    assert pose.values[BASE.index["tongueOut"]] == 0
    assert ours.values[BASE.index["jawOpen"]] == pytest.approx(0.9)
    assert replaced(ours, {}) is ours
