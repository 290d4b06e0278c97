"""Nobody named a camera: the first that opens is taken, and what was left out is said."""

from pathlib import Path

import pytest

from vtuber.animate.smooth import Smoother, SmoothSettings
from vtuber.capture.camera import Camera, CameraShut
from vtuber.capture.card import Capture, Options
from vtuber.core.errors import UserError
from vtuber.core.ports import FaceSource
from vtuber.runtime.clock import ManualClock
from vtuber.runtime.meter import Meter
from vtuber.shows.faces.anycamera import AnyCamera
from vtuber.shows.faces.facelog import FaceLog
from vtuber.shows.faces.tracked import Tracked

BUILT_IN, SECOND = Camera(0, "Built-in"), Camera(2, "Capture card")
FORBIDDEN = Camera(1, "Shut", problem="no permission")


class Webcam(Capture):
    """A camera that another program may hold."""

    def __init__(self, *, is_busy: bool) -> None:
        super().__init__(Options(), ManualClock())
        self._is_busy = is_busy
        self.is_open = False

    def open(self) -> None:
        if self._is_busy:
            raise CameraShut("cannot open camera; close other programs that use it")
        super().open()
        self.is_open = True

    def close(self) -> None:
        super().close()
        self.is_open = False


class Machine:
    """Cameras, some of them busy, and the intake that chooses among them."""

    def __init__(
        self, *cameras: Camera, busy: tuple[int, ...] = (), faces: Path | None = None
    ) -> None:
        self.webcams = {c.index: Webcam(is_busy=c.index in busy) for c in cameras}
        self._faces = faces
        self.intake = AnyCamera(lambda: cameras, self._track, must_be_there=faces is not None)

    def _track(self, camera: Camera) -> Tracked:
        log = FaceLog(self._faces, pytest.fail) if self._faces else None
        webcam = self.webcams[camera.index]
        return Tracked(
            webcam, _no_tracker, lambda: Smoother(SmoothSettings()), Meter(), ManualClock(), log
        )


def _no_tracker() -> list[FaceSource]:
    raise AssertionError("nothing is tracked before the first beat")


def test_the_first_is_taken_and_named() -> None:
    machine = Machine(BUILT_IN, SECOND)
    machine.intake.open()
    assert machine.intake.greeting == "camera 0 (Built-in)"
    assert [w.name for w in machine.intake.watched] == ["test card", "the tracker"]
    assert machine.webcams[0].is_open
    assert not machine.webcams[2].is_open
    machine.intake.close()
    assert not machine.webcams[0].is_open


def test_one_that_is_busy_is_left_for_the_next() -> None:
    machine = Machine(BUILT_IN, FORBIDDEN, SECOND, busy=(0,))
    machine.intake.open()
    assert machine.intake.greeting == (
        "camera 2 (Capture card), not 0 (Built-in) [does not open: close other programs that use "
        "it], 1 (Shut) [no permission]"
    )
    assert machine.webcams[2].is_open
    assert len(machine.intake.watched) == 2


@pytest.mark.parametrize("busy", [(0,), (0, 2)])
def test_when_none_opens_the_built_in_performance_plays(busy: tuple[int, ...]) -> None:
    cameras = [camera for camera in (BUILT_IN, SECOND) if camera.index in busy]
    machine = Machine(*cameras, busy=busy)
    machine.intake.open()
    assert machine.intake.greeting.startswith("no camera (0 (Built-in) [does not open: close")
    assert "a built-in performance plays; give --camera or --video" in machine.intake.greeting
    assert machine.intake.watched == ()
    assert machine.intake.is_ready
    face = machine.intake.face(5)
    assert face is not None
    assert face.found
    assert not machine.intake.has_ended


def test_without_any_camera_the_performance_says_so() -> None:
    machine = Machine()
    machine.intake.open()
    assert machine.intake.greeting.startswith("no camera: a built-in performance plays")


def test_a_performance_is_not_recorded_as_somebodys_face(tmp_path: Path) -> None:
    machine = Machine(BUILT_IN, busy=(0,), faces=tmp_path / "faces.jsonl")
    with pytest.raises(
        UserError, match=r"--record-faces needs a camera .* \(0 \(Built-in\) \[does"
    ):
        machine.intake.open()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_no_reason_for_another_camera(tmp_path: Path) -> None:
    machine = Machine(BUILT_IN, SECOND, faces=tmp_path / "none" / "faces.jsonl")
    with pytest.raises(UserError, match="cannot write"):
        machine.intake.open()
    assert not machine.webcams[2].is_open
    machine.intake.close()
    assert not machine.webcams[0].is_open
