"""A tracker for each performer."""

from pathlib import Path

import pytest

from vtuber.core.errors import UserError
from vtuber.runtime.clock import ManualClock
from vtuber.shows.faces.trackers import check_tracker, make_trackers
from vtuber.track.trackers.mediapipe import Tracker


def test_each_performer_has_a_profile_and_all_know_each_other_from_left_or_right() -> None:
    for from_right in (False, True):
        profiles = [Path("one.json"), None]
        first, second = make_trackers(
            "mediapipe", 50.0, ManualClock(), profiles, from_right=from_right
        )
        assert isinstance(first, Tracker)
        assert isinstance(second, Tracker)
        assert [t._options.profile for t in (first, second)] == profiles
        assert [t._options.field_of_view_deg for t in (first, second)] == [50.0, 50.0]
        order = first._seeker._company
        assert order == second._seeker._company
        assert (order[0] is second._seeker) == from_right


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dlib", "no tracker called 'dlib'; choose one of: face_landmarker, mediapipe"),
        ("mediapip", "did you mean mediapipe"),
        ("face_landmarker:modle=x", "did you mean model"),
        ("face_landmarker:model=/none.task", "no model at /none.task"),
    ],
)
def test_a_tracker_that_cannot_be_is_refused_before_anything_opens(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        check_tracker(text)


def test_the_default_tracker_is_one_of_them() -> None:
    check_tracker("mediapipe")
