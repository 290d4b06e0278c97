"""A script tracks faces with `import vtuber` and nothing else."""

import contextlib
import inspect
import io
import json
import textwrap
import threading
from pathlib import Path

import pytest

import vtuber
from vtuber.shows.faces.track import write_faces


def test_the_example_of_the_docstring_runs_as_it_stands(clip: Path) -> None:
    text = inspect.getdoc(vtuber.track_faces) or ""
    example = textwrap.dedent(text[text.index("    for") : text.index("Unmirrored")])
    assert "me.mp4" in example
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(
            example.replace("me.mp4", str(clip)).replace("seconds=10", "seconds=1"),
            {"vtuber": vtuber},
        )
    rows = [line.split() for line in printed.getvalue().splitlines()]
    assert len(rows) == 30
    assert all(-90 < float(yaw) < 90 for _, yaw in rows)
    assert [int(ns) for ns, _ in rows] == sorted(int(ns) for ns, _ in rows)


def test_a_face_is_what_a_still_takes_and_a_picture_is_one_face(data: Path) -> None:
    picture = data / "stills" / "stock-emotions-a-1.jpg"
    (face,) = vtuber.track_faces(picture)
    assert isinstance(face, vtuber.Face)
    assert face.found
    assert face.as_dict()["headZ"] < -10  # cm from the camera
    drawn = vtuber.still("default", face.as_dict(), (120, 120))
    assert drawn.rgba.any()


def test_it_ends_when_it_is_told_to(clip: Path) -> None:
    stop, faces = threading.Event(), []
    for face in vtuber.track_faces(str(clip), stop=stop):
        faces.append(face)
        if len(faces) == 3:
            stop.set()
    assert len(faces) == 3
    assert not list(vtuber.track_faces(str(clip), stop=stop))


def test_a_head_is_led_and_the_filter_can_be_switched_off(data: Path) -> None:
    turning = data / "video" / "head-pose-face-detection-female.gif"

    def yaws(**options: float) -> list[float]:
        faces = vtuber.track_faces(turning, **options)  # type: ignore[arg-type]
        return [face.as_dict()["headYaw"] for face in faces]

    plain = yaws()
    assert yaws() == plain
    assert yaws(smoothing=0.0) != plain
    assert yaws(predict_s=0.05) != plain
    assert len(plain) == 23


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"smoothing": -1.0}, "smoothing is -1; give 0 to 10"),
        ({"smoothing": float("nan")}, "smoothing is nan"),
        ({"predict_s": 50.0}, "predict_s is 50; give 0 to 1"),
        ({"field_of_view_deg": 0.0}, "give 5 to 150"),
        ({"faces": 3}, "faces is 3; give 1 or 2"),
        ({"tracker": "dlib"}, "no tracker called 'dlib'"),
    ],
)
def test_a_value_that_cannot_be_is_refused_at_once(wrong: dict[str, float], said: str) -> None:
    with pytest.raises(vtuber.UserError, match=said):
        vtuber.track_faces("none.mp4", **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["none.mp4", Path("none.png"), 97])
def test_an_input_that_is_not_there_is_the_users_error(given: str | Path | int) -> None:
    with pytest.raises(vtuber.UserError):
        next(iter(vtuber.track_faces(given)))


def test_a_camera_goes_by_its_name_and_one_that_is_not_there_is_said_as_in_a_show() -> None:
    with pytest.raises(vtuber.UserError, match="no camera called 'brio'") as refusal:
        vtuber.track_faces("brio")
    assert str(refusal.value).startswith("no file 'brio', and no camera called 'brio'; give a")


def test_two_performers_give_two_faces_a_frame(data: Path) -> None:
    clip = data / "video" / "lp_d18.mp4"
    faces = list(vtuber.track_faces(clip, faces=2, seconds=0.2))
    assert [face.performer for face in faces] == [1, 2] * 6
    assert [face.found for face in faces] == [True, False] * 6  # nobody else is there
    text = io.StringIO()
    assert write_faces(faces, text, lambda frames: None) == (6, 6, "")
    rows = [json.loads(line) for line in text.getvalue().splitlines()]
    assert [row.get("performer") for row in rows] == [None, 2] * 6
    assert [row["frame"] for row in rows] == [n for n in range(6) for _ in "ab"]
