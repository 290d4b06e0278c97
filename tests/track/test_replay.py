import pytest

from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.pose import BASE, PoseInput
from vtuber.track.facelog import FaceLogWriter
from vtuber.track.replay import replay

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


def test_faces_come_in_order_with_their_times_from_the_start(recording):
    faces = list(replay(recording, pytest.fail))
    assert [face.captured_ns for face in faces] == list(TIMES_NS)
    assert [face.sequence for face in faces] == [0, 1, 2]
    assert [face.pose.values[BASE.index["headYaw"]] for face in faces] == [0.0, 10.0, 20.0]


@pytest.mark.parametrize(
    ("text", "said"), [(None, "no recording"), ("", "no faces"), ("x", "line 1")]
)
def test_what_is_no_recording_is_refused_before_the_first_face(tmp_path, text, said):
    path = tmp_path / "faces.jsonl"
    if text is not None:
        path.write_text(text)
    with pytest.raises(UserError, match=said):
        replay(path, pytest.fail)


def test_a_line_that_is_wrong_at_the_end_is_told_at_the_start(recording):
    with recording.open("a") as file:
        file.write("{}\n")
    with pytest.raises(UserError, match="line 4"):
        replay(recording, pytest.fail)


def test_what_a_killed_show_has_recorded_is_replayed_and_the_torn_line_said_once(recording):
    with recording.open("a") as file:
        file.write('{"frame":3,"t_s":0.2,"fou')
    said = []
    assert len(list(replay(recording, said.append))) == len(TIMES_NS)
    (sentence,) = said
    assert sentence.startswith(f"{recording}, line 4 breaks off: its recording was killed; ")
