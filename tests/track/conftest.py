"""Real clips tracked once for all tests, and the canonical face as a mesh that can be turned."""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.core.pose import BASE

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
import tracking_scenes as scenes


@dataclass(frozen=True)
class Take:
    """A clip, and the face of each of its frames."""

    frames: list[Frame]
    faces: list[Face]

    def __getitem__(self, name: str) -> np.ndarray:
        return np.array([face.pose.values[BASE.index[name]] for face in self.faces])


def track(frames: list[Frame]) -> list[Face]:
    return scenes.live(frames)[0]


def _take(path: Path, most: int = 10**6) -> Take:
    frames = scenes.frames_of(path, most)
    return Take(frames, track(frames))


@pytest.fixture(scope="session")
def tracked():
    """Give the function that finds faces in frames with a fresh tracker."""
    return track


@pytest.fixture(scope="session")
def selfie(data) -> Take:
    return _take(data / "video" / "lp_d9.mp4")


@pytest.fixture(scope="session")
def shout(data) -> Take:
    return _take(data / "video" / "lp_d18.mp4")


@pytest.fixture(scope="session")
def turning(data) -> Take:
    return _take(data / "video" / "head-pose-face-detection-female.gif")


@pytest.fixture(scope="session")
def canonical_cm(data) -> np.ndarray:
    """Give all 468 points of the canonical face, in cm."""
    lines = (data / "canonical_face" / "canonical_face_model.obj").read_text().splitlines()
    return np.array([line.split()[1:4] for line in lines if line.startswith("v ")], float)
