"""What is put right in OBS, and what is left as its user has it."""

import pytest

from vtuber.control.obs_scene import BROWSER, MEDIA, WEBCAM, ObsSource, plan
from vtuber.core.errors import UserError

URL = "tcp://127.0.0.1:9300"
NEEDED = {"is_local_file": False, "input": URL, "linear_alpha": True, "input_format": ""}
NEEDED |= {"reconnect_delay_sec": 1}
AVATAR = ObsSource("vtuber avatar", MEDIA, NEEDED, {"clear_on_media_end": True})
PAGE = ObsSource("vtuber page", BROWSER, {"url": "http://127.0.0.1:9301/"}, is_shown=False)
WEBCAM_SOURCE = ObsSource(
    "vtuber webcam", WEBCAM, {"device_id": "/dev/video10"}, is_shown=False, key_colour=(0, 255, 0)
)
ALL = (AVATAR, PAGE, WEBCAM_SOURCE)


def carried_out(model, sources=ALL, is_sending: bool = False) -> list[str]:
    planned = plan(model, "vtuber", sources, is_sending, lambda seconds: None)
    for change in planned.changes:
        change.do()
    return [change.text for change in planned.changes]


def test_a_scene_with_our_sources_is_made_once_and_a_second_run_does_nothing(model) -> None:
    assert carried_out(model) == [
        'new scene "vtuber"',
        'new Media Source "vtuber avatar" (tcp://127.0.0.1:9300)',
        'new Browser Source "vtuber page" (http://127.0.0.1:9301/, hidden)',
        'new Video Capture Device "vtuber webcam" (/dev/video10, hidden)',
    ]
    items = model.scenes["vtuber"]
    assert [item["sceneItemEnabled"] for item in items] == [True, False, False]
    assert items[0]["sceneItemTransform"]["boundsType"] == "OBS_BOUNDS_SCALE_INNER"
    assert items[0]["sceneItemTransform"]["boundsWidth"] == 1920.0
    assert model.inputs["vtuber avatar"] == (MEDIA, {**NEEDED, "clear_on_media_end": True})
    keyed = {"key_color_type": "custom", "key_color": 0x00FF00}
    assert model.filters == {"vtuber webcam": [("chroma_key_filter_v2", keyed)]}
    asked = len(model.asked)
    assert carried_out(model) == []
    assert not [r for r in model.asked[asked:] if not r.startswith("Get")]


def test_planning_changes_nothing(model) -> None:
    assert plan(model, "vtuber", ALL, is_sending=True, rest=print).changes
    assert not [request for request in model.asked if not request.startswith("Get")]


def test_what_the_user_placed_hid_grouped_and_chose_is_kept(model) -> None:
    carried_out(model)
    avatar, page, _ = model.scenes["vtuber"]
    avatar["sceneItemEnabled"], page["sceneItemEnabled"] = False, True
    avatar["sceneItemTransform"]["positionX"] = 77.0
    model.scenes["vtuber"].remove(avatar)
    model.scenes["vtuber"].append({"sourceName": "G", "isGroup": True})
    model.groups["G"] = ["vtuber avatar"]
    model.inputs["vtuber avatar"][1]["clear_on_media_end"] = False
    assert carried_out(model) == []


def test_only_the_settings_that_are_needed_are_put_right(model) -> None:
    carried_out(model)
    model.inputs["vtuber avatar"][1].update(linear_alpha=False, input_format="mpegts", mine=1)
    assert carried_out(model) == [
        '"vtuber avatar": linear_alpha = true (was false), input_format = nothing (was mpegts)'
    ]
    assert model.inputs["vtuber avatar"][1]["mine"] == 1
    assert carried_out(model) == []


def test_a_source_with_another_name_is_known_by_what_it_shows(model) -> None:
    model.inputs["my girl"] = MEDIA, {**NEEDED, "linear_alpha": False}
    model.scenes["vtuber"] = [model._item("my girl", True)]
    assert carried_out(model, (AVATAR,)) == ['"my girl": linear_alpha = true (was false)']


def test_a_source_of_another_scene_is_shown_in_ours_too(model) -> None:
    carried_out(model)
    model.scenes["vtuber"].clear()
    assert carried_out(model, (AVATAR,)) == ['"vtuber avatar" put into the scene "vtuber"']
    assert carried_out(model, (AVATAR,)) == []


def test_what_this_obs_does_not_have_is_noted(model) -> None:
    model.kinds.remove(BROWSER)
    planned = plan(model, "vtuber", ALL, is_sending=False, rest=print)
    assert planned.notes == ("this OBS has no Browser Source",)
    assert not [change for change in planned.changes if "page" in change.text]


@pytest.mark.parametrize(
    ("state", "step", "restarts", "program", "is_sending", "is_woken"),
    [
        ("PLAYING", 0, False, "S", True, True),
        ("PLAYING", 0, False, "S", False, False),  # there is nothing to show
        ("PLAYING", 400, False, "S", True, False),
        ("PLAYING", 0, True, "S", True, False),  # it waits for its scene
        ("PLAYING", 0, True, "vtuber", True, True),
        ("ENDED", 0, False, "S", True, False),  # it will try again by itself
    ],
)
def test_a_media_source_that_stands_still_is_woken(
    model, state: str, step: int, restarts: bool, program: str, is_sending: bool, is_woken: bool
) -> None:
    carried_out(model, (AVATAR,))
    model.inputs["vtuber avatar"][1]["restart_on_activate"] = restarts
    model.media, model.cursor_step, model.program = f"OBS_MEDIA_STATE_{state}", step, program
    woken = carried_out(model, (AVATAR,), is_sending)
    assert woken == ['"vtuber avatar" woken: it showed nothing of the show'] * is_woken
    assert model.set == [("vtuber avatar", {})] * is_woken


def test_a_media_source_that_waits_long_is_left_to_wait(model) -> None:
    """OBS 29 answers nobody until the delay is over: 10 s, unless somebody says otherwise."""
    carried_out(model, (AVATAR,))
    model.media = "OBS_MEDIA_STATE_PLAYING"
    bare = ObsSource("vtuber avatar", MEDIA, {"input": URL})
    model.inputs["vtuber avatar"][1].update(restart_on_activate=False)
    del model.inputs["vtuber avatar"][1]["reconnect_delay_sec"]
    assert carried_out(model, (bare,), is_sending=True) == []


def test_a_source_that_was_just_removed_is_passed_over(model) -> None:
    model.inputs["mine"] = MEDIA, {"input": URL}
    model.removed.add("mine")
    assert 'new Media Source "vtuber avatar" (tcp://127.0.0.1:9300)' in carried_out(model)


def test_names_that_are_taken_are_told(model) -> None:
    model.inputs["vtuber"] = "color_source_v3", {}
    with pytest.raises(UserError, match='"vtuber" is a source in OBS; name another scene'):
        carried_out(model)
    model.inputs = {"vtuber avatar": ("color_source_v3", {})}
    with pytest.raises(UserError, match='"vtuber avatar" of another kind; rename it'):
        carried_out(model)
    model.inputs, model.groups = {}, {"vtuber": []}
    with pytest.raises(UserError, match='"vtuber" is no scene in OBS'):
        carried_out(model)
