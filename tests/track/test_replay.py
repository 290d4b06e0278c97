import pytest

from vtuber.core.errors import SourceEnded, UserError
from vtuber.core.face import Face
from vtuber.core.pose import BASE, PoseInput
from vtuber.runtime.clock import ManualClock
from vtuber.track.facelog import FaceLogWriter
from vtuber.track.replay import Replay

TIMES_NS = (0, 40_000_000, 100_000_000)


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "faces.jsonl"
    with path.open("w") as file:
        writer = FaceLogWriter(file)
        for n, time_ns in enumerate(TIMES_NS):
            pose = PoseInput.of({"headYaw": 10.0 * n})
            writer.write(Face(7_000 + time_ns, n, True, pose))
    return path


def test_faces_come_at_their_times_and_then_it_ends(recording):
    clock = ManualClock(500)
    replay = Replay(recording, clock)
    replay.open()
    for n, time_ns in enumerate(TIMES_NS):
        face = replay.read()
        assert face.captured_ns == clock.now_ns() == 500 + time_ns
        assert face.sequence == n
        assert face.pose.values[BASE.index["headYaw"]] == 10.0 * n
    with pytest.raises(SourceEnded):
        replay.read()
    replay.close()


def test_a_loop_goes_on_and_on(recording):
    clock = ManualClock()
    replay = Replay(recording, clock, loop=True)
    replay.open()
    faces = [replay.read() for _ in range(7)]
    assert [face.sequence for face in faces] == list(range(7))
    times_ns = [face.captured_ns for face in faces]
    assert times_ns[3] == 150_000_000  # one mean step of 50 ms after the last face
    assert times_ns[4] - times_ns[3] == 40_000_000


def test_a_loop_of_one_face_lets_time_pass(recording):
    recording.write_text(recording.read_text().splitlines(keepends=True)[0])
    replay = Replay(recording, ManualClock(), loop=True)
    replay.open()
    assert replay.read().captured_ns < replay.read().captured_ns


def test_unpaced_faces_do_not_wait(recording):
    clock = ManualClock(3)
    replay = Replay(recording, clock, paced=False)
    replay.open()
    assert [replay.read().captured_ns - 3 for _ in TIMES_NS] == list(TIMES_NS)
    assert clock.now_ns() == 3


@pytest.mark.parametrize(
    ("text", "said"), [(None, "no recording"), ("", "no faces"), ("x", "line 1")]
)
def test_what_is_no_recording_is_refused_on_opening(tmp_path, text, said):
    path = tmp_path / "faces.jsonl"
    if text is not None:
        path.write_text(text)
    with pytest.raises(UserError, match=said):
        Replay(path, ManualClock()).open()
