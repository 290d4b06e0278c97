"""Filters and ranges of a running show: adjusted by hand, kept for a profile, taken back."""

import stat
from pathlib import Path

import pytest

from vtuber.animate.performer import Behaviour
from vtuber.animate.smooth import GROUPS, Smoother
from vtuber.core.command import parse_command
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.pose import BASE, PoseInput
from vtuber.core.tune import TuningCommand
from vtuber.settings import Settings
from vtuber.settings.tuning import read_tuning, tuning_path
from vtuber.shows.live.tunings import TunedSmoother, Tunings


def nobody(sentence: str) -> None:
    raise AssertionError(sentence)


def told(tunings: Tunings, text: str, number: int = 1) -> str:
    command = parse_command(text)
    assert isinstance(command, TuningCommand)
    return tunings.obey(command, number)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tuning_path(tmp_path / "profiles" / "me.json")


def test_a_filter_is_adjusted_over_the_settings_and_given_back_to_them() -> None:
    settings = Settings.model_validate({"smoothing": 2, "filter": {"head": {"beta": 0.5}}})
    tunings = Tunings(settings)
    told(tunings, "filter head cutoff_hz 0.25")
    told(tunings, "filter all strength 0.5")
    head = tunings.smoothing(1).groups["head"]
    assert (head.cutoff_hz, head.beta, tunings.smoothing(1).strength) == (0.25, 0.5, 0.5)
    assert tunings.smoothing(2).groups["head"].cutoff_hz == GROUPS["head"].cutoff_hz
    told(tunings, "filter head")
    told(tunings, "filter all")
    assert tunings.smoothing(1).groups["head"].cutoff_hz == GROUPS["head"].cutoff_hz
    assert tunings.smoothing(1).strength == 2


def test_other_settings_are_taken_and_what_a_hand_adjusted_stays() -> None:
    tunings = Tunings(Settings())
    told(tunings, "filter mouth beta 3")
    tunings.rebase(Settings.model_validate({"filter": {"mouth": {"beta": 9, "cutoff_hz": 2}}}))
    assert (tunings.smoothing(1).groups["mouth"].beta) == 3
    assert (tunings.smoothing(1).groups["mouth"].cutoff_hz) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("filter haed", "did you mean head"),
        ("filter head cutof_hz 1", "did you mean cutoff_hz"),
        ("filter head beta 1000", "filter head beta is 1000; give 0 to 100"),
        ("filter head cutoff_hz 0", "give 0.01 to 100"),
        ("filter all strength 11", "give 0 to 10"),
        ("filter all beta 1", "has: strength"),
        ("range jawOpne 0 1", "did you mean jawOpen"),
        ("range jawOpen 0.5 0.5", "0.01 apart"),
        ("range jawOpen 0 1 0 900", "from -200 to 200"),
        ("tuning sav", "did you mean save"),
        ("tuning save", "there is no profile"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(text: str, says: str) -> None:
    tunings = Tunings(Settings())
    before = tunings.standing(1)
    with pytest.raises(UserError, match=says):
        told(tunings, text)
    assert tunings.standing(1) == before


def test_a_range_reaches_the_performer_and_a_missing_number_is_the_parameters_own() -> None:
    tunings = Tunings(Settings())
    told(tunings, "range jawOpen 0.1 0.6")
    (stretch,) = tunings.tuned(Behaviour(), 1).ranges
    assert (stretch.low, stretch.high, stretch.to_low, stretch.to_high) == (0.1, 0.6, 0, 1)
    assert tunings.tuned(Behaviour(), 2).ranges == ()
    told(tunings, "range headYaw -20 20 30 -30")
    assert len(tunings.tuned(Behaviour(), 1).ranges) == 2
    told(tunings, "range jawOpen")
    assert [each.name for each in tunings.tuned(Behaviour(), 1).ranges] == ["headYaw"]


def test_what_is_kept_is_there_at_the_next_start_and_a_reset_goes_back(path: Path) -> None:
    tunings = Tunings(Settings())
    tunings.read(1, "me", path, nobody)
    told(tunings, "filter gaze cutoff_hz 1.5")
    told(tunings, "range mouthSmileLeft 0 0.6")
    assert not tunings.standing(1)["is_kept"]
    assert told(tunings, "tuning save") == "kept for the profile me"
    assert tunings.standing(1)["is_kept"]
    again = Tunings(Settings())
    again.read(1, "me", path, nobody)
    assert again.standing(1) == tunings.standing(1)
    assert again.smoothing(1).groups["gaze"].cutoff_hz == 1.5
    told(again, "tuning reset")
    assert again.standing(1)["tuned"] == {}
    assert read_tuning(path).filter["gaze"].cutoff_hz == 1.5  # until it is kept so
    told(again, "tuning save")
    assert path.read_text() == ""


def test_a_folder_that_takes_no_file_is_said_and_the_kept_one_stays_whole(path: Path) -> None:
    tunings = Tunings(Settings())
    tunings.read(1, "me", path, nobody)
    told(tunings, "filter gaze beta 1")
    told(tunings, "tuning save")
    before = path.read_bytes()
    path.with_name(path.name + ".part").mkdir()
    told(tunings, "filter gaze beta 2")
    with pytest.raises(UserError, match="cannot keep the tuning"):
        told(tunings, "tuning save")
    assert path.read_bytes() == before
    assert stat.S_ISREG(path.stat().st_mode)


@pytest.mark.parametrize(
    "text",
    ["[filter.hed]\nbeta = 1", "smoothing = 99", "[range.nose]\nmeasured = [0, 1]\nshown = [0, 1]",
     "x", "a = 1\n" * 20_000, "[range.jawOpen]\nmeasured = [1, 0]\nshown = [0, 1]"],
)  # fmt: skip
def test_a_file_with_a_fault_is_said_and_the_show_goes_on_without(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    said: list[str] = []
    tunings = Tunings(Settings())
    tunings.read(1, "me", path, said.append)
    assert len(said) == 1
    assert said[0].startswith("without what was adjusted for the profile me: ")
    assert tunings.standing(1)["tuned"] == {}
    told(tunings, "filter head beta 2")
    with pytest.raises(UserError, match="tuning save would write over it"):
        told(tunings, "tuning save")
    assert path.read_text() == text


def test_faces_are_filtered_as_adjusted_from_the_next_one_on() -> None:
    tunings = Tunings(Settings())
    tuned, plain = TunedSmoother(tunings), Smoother()
    faces = [
        Face(n * 33_000_000, n, True, PoseInput.of({"jawOpen": float(n % 2)})) for n in range(6)
    ]
    assert [f.pose.values.tolist() for f in map(tuned.apply, faces[:3]) if f.pose] == [
        f.pose.values.tolist() for f in map(plain.apply, faces[:3]) if f.pose
    ]
    told(tunings, "filter all strength 0")
    after = tuned.apply(faces[3]).pose
    assert after is not None
    assert after.values[BASE.index["jawOpen"]] == 1.0
