import io
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.pose import ARKIT, BASE, HEAD_CM, HEAD_DEG, Pose, PoseInput
from vtuber.track.facelog import LONGEST_LINE, FaceLogWriter, face_row, read_faces

LINE = '{"frame": 0, "t_s": 0.5, "found": true, "pose": {"jawOpen": 0.25}, "track_ms": 5.2}'


def face_at(captured_ns, sequence=0, **values):
    return Face(captured_ns, sequence, True, PoseInput.of(values), track_ns=5_250_000)


def saved(tmp_path, text):
    path = tmp_path / "faces.jsonl"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_line_holds_every_name_of_the_pose_and_times_from_the_start():
    row = face_row(face_at(3_500_000_000, 7, headYaw=-12.5), 3_000_000_000)
    assert (row["frame"], row["t_s"], row["found"], row["track_ms"]) == (7, 0.5, True, 5.25)
    assert tuple(row["pose"]) == BASE.names
    assert row["pose"]["headYaw"] == -12.5


def test_a_lost_face_has_no_pose():
    row = face_row(Face.lost(0, 1), 0)
    assert (row["found"], row["pose"]) == (False, None)


@given(st.lists(st.tuples(st.booleans(), st.lists(st.floats(-1, 2), min_size=len(BASE),
                                                  max_size=len(BASE))), max_size=5))  # fmt: skip
def test_what_was_written_is_read(tmp_path_factory, rows):
    faces = [
        face_at(n * 40_000_000, n, **dict(zip(BASE.names, values, strict=True)))
        if found else Face.lost(n * 40_000_000, n)
        for n, (found, values) in enumerate(rows)
    ]  # fmt: skip
    text = io.StringIO()
    writer = FaceLogWriter(text)
    for face in faces:
        writer.write(face)
    read = list(read_faces(saved(tmp_path_factory.mktemp("log"), text.getvalue())))
    for face, again in zip(faces, read, strict=True):
        assert (again.captured_ns, again.sequence, again.found) == (
            face.captured_ns, face.sequence, face.found)  # fmt: skip
        if face.found:
            before, after = (f.pose.over(Pose.rest()).values for f in (face, again))
            assert np.abs(before - after).max() < 1e-4


def test_what_a_tracker_does_not_see_is_not_pinned_by_its_recording(tmp_path):
    text = io.StringIO()
    writer = FaceLogWriter(text)
    faces = [face_at(n, n, headYaw=5.0, jawOpen=0.0) for n in range(3)]
    for face in faces:
        writer.write(face)
    assert text.getvalue().count("unmeasured") == 1
    for face in read_faces(saved(tmp_path, text.getvalue())):
        assert face.pose.weights.tolist() == faces[0].pose.weights.tolist()


def test_what_no_camera_measures_is_left_to_others_where_the_recording_does_not_say(tmp_path):
    row = face_row(face_at(0, blush=0.5, jawOpen=0.0), 0)  # every name, as `vtuber track` writes
    (face,) = read_faces(saved(tmp_path, json.dumps(row)))
    given = {name for name, weight in zip(BASE.names, face.pose.weights, strict=True) if weight}
    assert given == {*ARKIT, *HEAD_DEG, *HEAD_CM, "blush"}  # the blush is somebody's own


def test_a_recording_that_says_what_was_measured_is_believed(tmp_path):
    everything = face_at(0, **dict.fromkeys(BASE.names, 0.0))
    text = io.StringIO()
    FaceLogWriter(text).write(everything)
    (face,) = read_faces(saved(tmp_path, text.getvalue()))
    assert face.pose.weights.all()


def test_names_that_a_line_leaves_out_are_not_measured(tmp_path):
    (face,) = read_faces(saved(tmp_path, LINE + "\n\n"))
    assert face.captured_ns == 500_000_000
    assert face.pose.values[BASE.index["jawOpen"]] == 0.25
    assert face.pose.weights.sum() == 1.0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("nonsense", "not JSON"),
        ("[" * 9000, "not JSON"),
        ("[]", "not an object"),
        ("x" * (LONGEST_LINE + 1), "longer than"),
        (b"\xff\xfe", "not a text file"),
        (LINE.replace("jawOpen", "jawOpne"), "no pose parameter called 'jawOpne'"),
        (LINE.replace("0.25", "NaN"), "'jawOpen' is nan: out of range; jawOpen goes from 0 to 1"),
        (LINE.replace("0.25", "1e999"), "'jawOpen' is inf: out of range"),
        (LINE.replace('"jawOpen": 0.25', '"headYaw": 1e9'), "headYaw goes from -90 to 90"),
        (LINE.replace("0.25", "1" + "0" * 400), "jawOpen"),
        (LINE.replace("0.25", '"wide"'), "jawOpen"),
        (LINE.replace("0.25", "true"), "jawOpen"),
        (LINE.replace("0.5", "-1"), "t_s is -1"),
        (LINE.replace("0.5", "NaN"), "t_s is nan"),
        (LINE.replace("0.5", "1e300"), "t_s is"),
        (LINE.replace('"frame": 0', '"frame": null'), "frame is None"),
        (LINE.replace("5.2}", "-3}"), "track_ms is -3"),
        (LINE.replace("true", "1"), "found is 1"),
        (LINE.replace('{"jawOpen": 0.25}', "null"), "pose is no object"),
        (LINE.replace("0.5", "0.1"), "backwards"),
        (LINE.replace("5.2}", '5.2, "unmeasured": ["nose"]}'), "no pose parameter called 'nose'"),
        (LINE.replace("5.2}", '5.2, "unmeasured": [[]]}'), "not a list of names"),
    ],
)
def test_a_wrong_line_is_named_by_its_number(tmp_path, wrong, said):
    text = wrong if isinstance(wrong, bytes) else wrong.encode()
    with pytest.raises(UserError, match=f"line 2.*{said}"):
        list(read_faces(saved(tmp_path, LINE.encode() + b"\n" + text + b"\n")))


@pytest.mark.parametrize("length", range(1, len(LINE)))
def test_a_last_line_that_breaks_off_is_dropped_and_its_place_is_told(tmp_path, length):
    told = []
    path = saved(tmp_path, f"{LINE}\n{LINE}\n{LINE[:length]}")
    assert len(list(read_faces(path, told.append))) == 2
    assert told == [f"{path}, line 3"]


def test_a_last_line_that_lacks_only_its_end_is_kept(tmp_path):
    assert len(list(read_faces(saved(tmp_path, f"{LINE}\n{LINE}"), pytest.fail))) == 2


@pytest.mark.parametrize(
    "text", [LINE[:9], f"{LINE[:9]}\n", f"{LINE}\n{LINE[:9]}\n", f"{LINE[:9]}\n{LINE}\n"]
)
def test_a_line_that_breaks_off_elsewhere_is_no_recording(tmp_path, text):
    with pytest.raises(UserError, match="not JSON"):
        list(read_faces(saved(tmp_path, text), pytest.fail))


def test_a_missing_recording_is_the_users_error(tmp_path):
    with pytest.raises(UserError, match="cannot read"):
        list(read_faces(tmp_path / "none.jsonl"))
