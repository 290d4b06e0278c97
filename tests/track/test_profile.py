import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.core.frame import Frame
from vtuber.runtime.clock import SystemClock
from vtuber.track.blendshapes import BlendshapeSolver
from vtuber.track.profile import MOST_BYTES, Profile, read_profile, write_profile
from vtuber.track.trackers.mediapipe import Options, Tracker


def test_what_was_written_is_read(tmp_path):
    profile = Profile({"Left": 0.31}, {"Right": 0.4}, {"spread": 5.25})
    write_profile(tmp_path / "new" / "me.json", profile)
    assert read_profile(tmp_path / "new" / "me.json") == profile
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["me.json"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "null", '{"resting": 3}', '{"open_lids": {"Left": "wide"}}',
     '{"open_lids": {"Left": NaN, "Right": 1e999}}', "[" * 30_000, " " * 2 * MOST_BYTES + "{}"],
)  # fmt: skip
def test_a_broken_profile_is_an_empty_one(tmp_path, text):
    path = tmp_path / "me.json"
    path.write_text(text)
    assert read_profile(path) == Profile()
    assert read_profile(tmp_path / "missing.json") == Profile()


def test_where_nothing_can_be_written_the_show_ends_all_the_same(tmp_path):
    (tmp_path / "file").write_text("")
    write_profile(tmp_path / "file" / "me.json", Profile())


@given(st.dictionaries(st.sampled_from(["Left", "Right", "spread"]), st.floats(-1e6, 1e6)))
def test_whatever_a_profile_says_what_is_learnt_stays_within_bounds(table):
    kept = BlendshapeSolver(Profile(table, table, table)).profile
    assert all(0.1 < lid < 0.5 for lid in kept.open_lids.values())
    assert all(0.1 < lid < 0.6 for lid in kept.shut_lids.values())
    assert 4.0 < kept.resting["spread"] < 6.0


def test_a_tracker_leaves_its_profile_for_the_next(clip, tmp_path, selfie):
    path = tmp_path / "me.json"
    tracker = Tracker(Options(profile=path), SystemClock())
    tracker.open()
    for frame in selfie.frames[:40]:
        tracker.find(frame)
    tracker.calibrate("shut")
    tracker.find(selfie.frames[13])  # shut
    tracker.close()
    kept = json.loads(path.read_text())
    assert kept["open_lids"]["Left"] != 0.27
    assert kept["shut_lids"]["Left"] < 0.4
    nobody = Tracker(Options(profile=path), SystemClock())
    nobody.open()
    nobody.find(Frame(selfie.frames[0].rgb * 0, 0, 0))
    nobody.close()
    assert json.loads(path.read_text()) == kept  # who saw nobody has learnt nothing
    again = Tracker(Options(profile=path), SystemClock())
    again.open()
    again.find(selfie.frames[0])
    again.close()
    learnt = json.loads(path.read_text())
    assert learnt["shut_lids"] == kept["shut_lids"]  # as calibrated in the show before
    assert learnt["resting"]["spread"] == pytest.approx(kept["resting"]["spread"], abs=0.05)
    assert learnt["open_lids"] != {"Left": 0.27, "Right": 0.27}
