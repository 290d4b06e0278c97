"""What a show takes out of its settings for each performer."""

import pytest

from vtuber.settings import Settings
from vtuber.shows.engine import behaviour_of
from vtuber.shows.live.assemble import Wishes, assemble
from vtuber.track.trackers.mediapipe import Tracker


@pytest.mark.parametrize(
    ("table", "name", "value"),
    [
        ({"linked_blink": True}, "linked_blink", True),
        ({"lost": "hide"}, "lost", "hide"),
        ({"lost_groups": {"mouth": "rest"}}, "lost_groups", {"mouth": "rest"}),
        ({"predict": False}, "predict", False),
        ({"mirror": False}, "mirror", False),
        ({"physics": 0.5}, "physics", 0.5),
        ({"head_gain": 2.0}, "head_gain", 2.0),
        ({"seed": 3}, "seed", 3),
    ],
)
def test_a_setting_reaches_the_performer(
    table: dict[str, object], name: str, value: object
) -> None:
    assert getattr(behaviour_of(Settings()), name) != value
    assert getattr(behaviour_of(Settings.model_validate(table)), name) == value


def test_a_filter_of_a_group_reaches_the_performer() -> None:
    settings = Settings.model_validate({"filter": {"head": {"cutoff_hz": 0.7}}, "smoothing": 2})
    smoothing = behaviour_of(settings).smoothing
    assert smoothing.groups["head"].cutoff_hz == 0.7
    assert smoothing.strength == 2


def trackers(**wishes: object) -> list[Tracker]:
    """Give the trackers of a show that nobody starts."""
    flags = {"faces": 2, "camera.device": "0", "outputs": ("null",), **wishes}
    video = flags.pop("video", None)
    show = assemble(Wishes(flags, video=video), pytest.fail, pytest.fail)  # type: ignore[arg-type]
    made = show._intake._make_trackers()  # type: ignore[attr-defined]
    assert all(isinstance(tracker, Tracker) for tracker in made)
    return list(made)


def test_a_cameras_show_keeps_a_profile_of_each_performer_and_a_clips_none() -> None:
    kept = [tracker._options.profile for tracker in trackers(profile="me")]
    assert [path.name for path in kept if path] == ["me.json", "second.json"]
    assert trackers(profile="")[0]._options.profile is None
    assert [t._options.profile for t in trackers(video="card")] == [None, None]


def test_the_first_performer_is_who_the_show_has_on_the_left() -> None:
    for mirror in (True, False):
        first, second = trackers(mirror=mirror)
        assert first._seeker._company[0] is (second if mirror else first)._seeker
