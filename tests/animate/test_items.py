"""What a performer has at hand: shown, hidden, moved, and played at its own times."""

import numpy as np
import pytest

from tests.animate.show import SECOND, Show
from vtuber.animate.items import HOMES, MOST
from vtuber.core.command import Zoom, parse_command
from vtuber.core.errors import UserError
from vtuber.core.item import ItemPicture

DOT = np.zeros((4, 4, 4), np.uint8)
STILL = ItemPicture((DOT,))
BLINKING = ItemPicture((DOT, DOT, DOT), tuple(i * SECOND // 10 for i in (1, 2, 3)))


@pytest.fixture
def show(avatar):
    """Give a show whose performer has a mug at hand, not yet shown."""
    show = Show(avatar)
    show.performer.items.hold("mug", "mug#0", STILL, 0)
    return show


def do(show, *texts, then_s=0.0):
    """Carry out commands and give what shows after a time."""
    for text in texts:
        show.obey(parse_command(text))
    return show.play(max(then_s, 1 / 60)).items


def test_an_item_shows_in_the_hand_until_it_is_hidden(show):
    assert show.play(0.1).items == ()
    (mug,) = do(show, "item mug show over 0")
    home = HOMES["hand"]
    assert (mug.key, mug.at, mug.opacity) == ("mug#0", "hand", 1.0)
    assert (mug.x, mug.y, mug.scale, mug.rotation_deg) == (0, 0, pytest.approx(home.scale), 0)
    assert do(show, "item mug hide over 0") == ()
    assert len(do(show, "item mug show")) == 1


def test_it_fades_in_and_out_over_the_time_that_is_said(show):
    (mug,) = do(show, "item mug show over 1", then_s=0.5)
    assert mug.opacity == pytest.approx(0.5, abs=0.03)
    assert show.play(0.6).items[0].opacity == 1.0
    (mug,) = do(show, "item mug hide over 1", then_s=0.5)
    assert mug.opacity == pytest.approx(0.5, abs=0.03)
    assert show.play(0.6).items == ()


def test_it_is_moved_zoomed_and_turned_softly_or_over_a_time(show):
    do(show, "item mug show over 0")
    (mug,) = do(show, "item mug move to 0.2 -0.1 over 1", then_s=0.5)
    assert (mug.x, mug.y) == (pytest.approx(0.1, abs=0.01), pytest.approx(-0.05, abs=0.01))
    (mug,) = do(show, "item mug move 0.2", "item mug zoom to 1.5", "item mug rotate 30", then_s=1.0)
    at = (mug.x, mug.y, mug.scale, mug.rotation_deg)
    assert at == pytest.approx((0.4, -0.1, 1.5, 30.0), abs=0.01)
    (mug,) = do(show, "item mug zoom 2 over 0")
    assert mug.scale == pytest.approx(3.0)


def test_at_another_place_it_begins_at_home(show):
    do(show, "item mug show over 0", "item mug move to 0.5 0.5 over 0")
    (mug,) = do(show, "item mug show at head")
    assert (mug.at, mug.x, mug.y, mug.scale) == ("head", 0, 0, pytest.approx(HOMES["head"].scale))
    do(show, "item mug move to 0.5 0.5 over 0", "item mug hide over 0")
    (mug,) = do(show, "item mug show at head")
    assert (mug.x, mug.y) == (0.5, 0.5), "where it was"


def test_it_is_put_behind_and_before(show):
    do(show, "item mug show over 0")
    told = [do(show, f"item mug behind{word}")[0].is_behind for word in ("", "", " on", " on")]
    assert told == [True, False, True, True]


def test_an_animation_runs_at_its_times_from_the_moment_it_is_shown(show):
    show.performer.items.hold("gif", "gif#0", BLINKING, 0)
    show.play(0.25)
    show.obey(parse_command("item gif show over 0"))
    begin_ns = show.now_ns
    for _ in range(40):
        (gif,) = show.play(1 / 60).items
        assert gif.frame == (show.now_ns - begin_ns) % (3 * SECOND // 10) // (SECOND // 10)
    do(show, "item gif hide over 0")
    assert do(show, "item gif show over 0")[0].frame == 0, "and anew when it shows again"


def test_what_was_shown_last_is_nearest(show):
    show.performer.items.hold("hat", "hat#0", STILL, 0)
    items = do(show, "item hat show over 0", "item mug show over 0")
    assert [item.key for item in items] == ["hat#0", "mug#0"]
    do(show, "item hat hide over 0")
    assert [item.key for item in do(show, "item hat show over 0")] == ["mug#0", "hat#0"]


def test_another_picture_stands_where_the_old_one_did(show):
    do(show, "item mug show over 0", "item mug move to 0.5 0.5 over 0")
    assert show.performer.items.hold("mug", "mug#1", BLINKING, show.now_ns) == "mug#0"
    (mug,) = do(show, "item mug show")
    assert (mug.key, mug.x, mug.opacity) == ("mug#1", 0.5, 1.0)


def test_items_stay_when_the_avatar_changes(show, avatar):
    do(show, "item mug show over 0")
    show.performer.wear(avatar, "me#1")
    assert [item.key for item in show.play(0.1).items] == ["mug#0"]


def test_an_item_that_is_not_there_is_refused_in_words(show):
    with pytest.raises(UserError, match=r"no item called 'mgu'; did you mean mug\? There is: mug"):
        do(show, "item mgu hide")
    with pytest.raises(UserError, match="cannot zoom by"):
        do(show, "item mug zoom 0")


def test_there_is_room_for_so_many(show):
    items = show.performer.items
    for i in range(MOST - 1):
        items.check_room(f"item{i}")
        items.hold(f"item{i}", f"item{i}#0", STILL, 0)
    with pytest.raises(UserError, match=f"{MOST} items already"):
        items.check_room("one more")
    items.check_room("mug")


def test_moving_an_item_does_not_move_the_avatar(show):
    do(show, "item mug show over 0", "item mug move 0.3", "item mug zoom 2")
    assert show.play(1.0).placement.x == 0.0
    show.obey(Zoom(2.0))
    assert show.play(1.0).items[0].scale == pytest.approx(2 * HOMES["hand"].scale)
