"""Items in shows: asked for by commands and settings, loaded beside the beat, the same in films."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, get_ident

import numpy as np
import pytest
from PIL import Image

from tests.shows.waiting import until
from vtuber.core.command import ShowItem, parse_command
from vtuber.core.errors import UserError
from vtuber.core.item import Item, ItemPicture
from vtuber.settings import ItemSettings, load
from vtuber.shows.engine import load_avatar
from vtuber.shows.live.assemble import CHECKS
from vtuber.shows.plays.scripted import Engine
from vtuber.shows.scenery.changes import MOST_WAITING, Changes
from vtuber.shows.scenery.items import ItemChange, load_item, wish_of, wishes_after
from vtuber.stage import Inputs, Stage
from vtuber.warp.rig import Rig

SIZE_PX = (160, 200)
RED, BLUE = (255, 0, 0, 255), (0, 0, 255, 255)


@pytest.fixture(autouse=True)
def items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of items: a red mug, and a red and blue lamp that blinks."""
    monkeypatch.setenv("VTUBER_ITEMS", str(tmp_path))
    red, blue = (Image.new("RGBA", (40, 40), colour) for colour in (RED, BLUE))
    red.save(tmp_path / "mug.png")
    red.save(tmp_path / "lamp.gif", save_all=True, append_images=[blue], duration=100, loop=0)
    return tmp_path


@pytest.fixture
def engine(bundle: Path) -> Iterator[Engine]:
    with Engine(str(bundle), SIZE_PX) as engine:
        yield engine


def shows(rgba: np.ndarray, colour: tuple[int, ...]) -> bool:
    return bool((np.abs(rgba.astype(int) - colour).max(axis=2) < 8).sum() > 50)


def test_a_program_shows_an_item_by_its_name_and_hides_it(engine: Engine) -> None:
    assert not shows(engine.rgba(), RED)
    assert engine.do("item mug show over 0") == ""
    assert shows(engine.rgba(), RED)
    engine.do("item mug hide over 0")
    assert not shows(engine.rgba(), RED)
    engine.do("item mug show at canvas over 0")
    assert shows(engine.rgba(), RED)


def test_an_item_may_be_called_otherwise_than_its_picture(engine: Engine, items: Path) -> None:
    for file in ("mug", "mug.png", f"'{items / 'mug.png'}'"):
        engine.do(f"item thing show {file} over 0")
        assert shows(engine.rgba(), RED)
        engine.do("item thing hide over 0")
    with pytest.raises(UserError, match=r"no picture at mgu, .* has: lamp, mug; did you mean mug"):
        engine.do("item thing show mgu")
    with pytest.raises(UserError, match="no item called 'mug'"):
        engine.do("item mug hide")


def test_another_picture_takes_the_place_of_the_old_one(engine: Engine, items: Path) -> None:
    engine.do("item mug show at canvas over 0")
    Image.new("RGBA", (40, 40), BLUE).save(items / "blue.png")
    engine.do("item mug show blue")
    rgba = engine.rgba()
    assert shows(rgba, BLUE)
    assert not shows(rgba, RED)
    assert len(engine._stage._renderer._items._held) == 1


def test_a_dropped_item_fades_and_its_textures_are_freed(engine: Engine) -> None:
    engine.do("item mug show at canvas over 0")
    engine.do("item lamp show at canvas over 0")
    engine.draw()
    held = engine._stage._renderer._items._held  # type: ignore[attr-defined]
    textures = [*held["performer:mug#0"][1]._rungs._textures.values()]
    textures.append(held["performer:lamp#1"][1]._texture)
    engine.do("@all item mug drop over 1")
    engine.do("item lamp drop over 1")
    engine.wait(0.5)
    engine.draw()
    assert len(held) == 2, "they fade"
    with pytest.raises(UserError, match="no item called 'mug'; there is: none"):
        engine.do("item mug hide")
    engine.wait(0.5)
    assert not shows(engine.rgba(), RED)
    assert held == {}
    freed = [type(texture.mglo).__name__ for texture in textures]
    assert set(freed) == {"InvalidObject"}, "OpenGL has them back"
    engine.do("item mug show over 0")
    assert shows(engine.rgba(), RED)


def test_what_is_dropped_while_somebody_leaves_stays_for_them(engine: Engine, bundle: Path) -> None:
    engine.do("item mug show at head over 0")
    engine.draw()
    engine.cast(str(bundle), over_s=1.0)
    engine.do("item mug drop over 0")
    engine.draw()
    engine.wait(1.0)
    engine.draw()
    assert engine._stage._renderer._items._held == {}  # type: ignore[attr-defined]


def test_who_leaves_takes_along_what_is_on_head_and_hand_and_not_what_is_on_the_canvas(
    engine: Engine, bundle: Path
) -> None:
    engine.do("item mug show at head over 0")
    engine.do("item lamp show at canvas over 0")
    engine.draw()
    engine.cast(str(bundle), over_s=1.0)
    leaving, coming = engine._stage.advance(engine.clock.now_ns(), Inputs()).actors
    assert [item.at for item in leaving.items] == ["head"]
    assert [item.at for item in coming.items] == ["head", "canvas"]


def test_who_leaves_with_a_picture_goes_at_once_when_it_is_replaced(
    engine: Engine, bundle: Path, items: Path
) -> None:
    Image.new("RGBA", (40, 40), BLUE).save(items / "blue.png")
    engine.do("item mug show at head over 0")
    engine.draw()
    engine.cast(str(bundle), over_s=1.0)
    engine.do("item mug show blue")
    assert not shows(engine.rgba(), RED)
    assert len(engine._stage._renderer._models) == 1


def film(bundle: Path, skip: int = 0) -> list[np.ndarray]:
    with Engine(str(bundle), SIZE_PX) as engine:
        engine.do("item lamp show at head over 0.3")
        pictures = []
        for beat in range(24):
            engine.pose({"headYaw": 2.0 * beat})
            engine.wait(1 / 24)
            if beat == 8:
                engine.do("item lamp rotate 90 over 0.5")
            scene = engine._stage.advance(engine.clock.now_ns(), engine._inputs)
            if beat >= skip:
                pictures.append(engine._stage.draw(scene).rgba.copy())
    return pictures


def test_a_film_with_a_moving_item_is_the_same_every_time_and_may_begin_anywhere(
    bundle: Path,
) -> None:
    whole, again, part = film(bundle), film(bundle), film(bundle, skip=15)
    assert np.array_equal(whole, again)
    assert np.array_equal(whole[15:], part)
    seen = [shows(rgba, RED) - shows(rgba, BLUE) for rgba in whole[10:]]
    assert {1, -1} <= set(seen), "it blinks"


def test_everybody_may_have_the_same_item(engine: Engine, bundle: Path) -> None:
    engine.cast(str(bundle), "you")
    engine.do("@all item mug show over 0")
    engine.do("@you item mug hide over 0")
    me, you = engine._stage.advance(10**9, Inputs()).actors
    assert (len(me.items), len(you.items)) == (1, 0)
    with pytest.raises(UserError, match="nobody is called 'alice'"):
        engine.do("@alice item mug show")


class Undrawn:
    """A renderer that draws nothing, takes items in two steps, and remembers what it holds."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self.prepared_in: list[int] = []
        self.may_prepare = Event()
        self.may_prepare.set()
        self.is_broken = False

    def prepare(self, avatar: object) -> object:
        return avatar

    def load_by_steps(self, key: str, prepared: object) -> Iterator[None]:
        yield from ()

    def unload(self, key: str) -> None: ...

    def prepare_item(self, picture: ItemPicture) -> ItemPicture:
        self.prepared_in.append(get_ident())
        assert self.may_prepare.wait(20.0)
        if self.is_broken:
            raise MemoryError
        return picture

    def load_item_by_steps(self, key: str, prepared: object) -> Iterator[None]:
        yield
        self.held.append(key)

    def unload_item(self, key: str) -> None:
        self.held.remove(key)


class Live:
    """A stage and what changes its items, moved beat by beat."""

    def __init__(self, bundle: Path) -> None:
        self.said: list[str] = []
        self.renderer = Undrawn()
        self.stage = Stage(self.renderer, Rig, SIZE_PX)  # type: ignore[arg-type]
        self.stage.cast("me", load_avatar(str(bundle)))
        self.changes = Changes(self.said.append)
        self.changes.watched.worker.start()
        self.now_ns = 0

    def ask(self, *texts: str) -> None:
        for text in texts:
            wish = (parse_command(text),)
            waiting = self.changes.waiting("items")
            self.changes.ask("items", ItemChange(self.stage, wish, waiting), self.now_ns)  # type: ignore[arg-type]

    def beat(self) -> tuple[Item, ...]:
        self.now_ns += 10**9 // 60
        self.changes.go_on(self.now_ns)
        return self.stage.advance(self.now_ns, Inputs()).actors[0].items


@pytest.fixture
def live(bundle: Path) -> Iterator[Live]:
    live = Live(bundle)
    yield live
    live.renderer.may_prepare.set()
    worker = live.changes.watched.worker
    worker.ask_to_stop()
    live.changes.close()
    assert worker.join(10.0)


def test_a_picture_is_loaded_beside_the_beat_and_taken_in_steps(live: Live) -> None:
    live.renderer.may_prepare.clear()
    live.ask("item mug show over 0")
    until(lambda: bool(live.renderer.prepared_in))
    assert live.renderer.prepared_in != [get_ident()]
    assert live.beat() == ()
    live.renderer.may_prepare.set()
    until(lambda: live.changes._lanes["items"][0].ready.done())
    assert live.beat() == (), "the first step"
    assert [item.key for item in live.beat()] == live.renderer.held == ["me:mug#0"]


def test_what_is_said_of_an_item_on_its_way_waits_for_it(live: Live) -> None:
    live.renderer.may_prepare.clear()
    live.ask(
        "item mug show over 0", "item mug move to 0.5 0 over 0", "item mug show at head over 0"
    )
    live.renderer.may_prepare.set()
    until(lambda: live.beat() != ())
    live.ask("item mug behind on")  # behind what still waits
    until(lambda: (items := live.beat())[0].at == "head" and items[0].is_behind)
    assert len(live.renderer.prepared_in) == 1, "its picture was loaded once"
    assert live.said == []


def test_a_known_item_obeys_at_once(live: Live) -> None:
    live.ask("item mug show over 0")
    until(lambda: live.beat() != ())
    live.ask("item mug hide over 0")
    assert live.beat() == ()


def test_what_was_dropped_is_loaded_again_when_it_is_shown_again(live: Live) -> None:
    live.ask("item mug show over 0", "item mug drop over 0", "item mug show at head over 0")
    until(lambda: (items := live.beat()) != () and items[0].at == "head")
    assert len(live.renderer.prepared_in) == 2
    assert len(live.renderer.held) == 1
    assert live.said == []


def test_a_broken_picture_is_said_and_the_show_goes_on(live: Live, items: Path) -> None:
    (items / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    live.ask("item bad show", "item bad hide", "item none show", "item mug show over 0")
    until(lambda: live.beat() != ())
    assert len(live.said) == 3
    assert "bad.png is no picture" in live.said[0]
    assert {"no item called 'bad'", "no picture at none"} == {
        said.split(";")[0].split(",")[0] for said in live.said[1:]
    }


def test_an_item_begins_when_it_is_there_however_long_its_steps_take(live: Live) -> None:
    live.ask("item lamp show over 1")
    until(lambda: live.changes._lanes["items"][0].ready.done())
    assert live.beat() == (), "the first step"
    live.now_ns += 10**9 * 3 // 4
    assert live.beat() == (), "the last step, where its fade begins"
    (lamp,) = live.beat()
    assert lamp.opacity < 0.01
    assert lamp.frame == 0


def test_what_waits_behind_a_picture_that_breaks_the_thread_goes_on(live: Live) -> None:
    live.ask("item mug show over 0")
    until(lambda: live.beat() != ())
    live.renderer.is_broken = True
    live.ask("item lamp show", "item mug hide over 0")
    until(lambda: live.changes.watched.worker.error is not None)
    live.renderer.is_broken = False
    live.changes.watched.worker.start()
    until(lambda: live.beat() == ())
    live.ask("item mug show over 0")
    assert live.beat() != (), "nothing waits any more"


def test_a_flood_of_items_is_refused(live: Live) -> None:
    live.renderer.may_prepare.clear()
    live.ask("item mug show")
    until(lambda: bool(live.renderer.prepared_in))
    live.ask(*["item mug show mug"] * (MOST_WAITING - 1))
    with pytest.raises(UserError, match="too much at once"):
        live.ask("item mug show mug")


def test_items_of_the_settings_are_where_they_say(engine: Engine) -> None:
    item = ItemSettings(at="head", x=0.2, y=-0.1, zoom=0.8, rotation_deg=10.0, behind=True)
    for command in wish_of("mug", item):
        engine.do(command)
    (mug,) = engine._stage.advance(10**9, Inputs()).actors[0].items
    assert (mug.at, mug.is_behind, mug.opacity) == ("head", True, 1.0)
    at = (mug.x, mug.y, mug.scale, mug.rotation_deg)
    assert at == pytest.approx((0.2, -0.1, 0.8, 10.0))
    for command in wish_of("mug", ItemSettings(at="head", shown=False)):
        engine.do(command)
    assert engine._stage.advance(2 * 10**9, Inputs()).actors[0].items == ()


def test_changed_settings_change_only_the_items_that_they_change() -> None:
    mug, hat = ItemSettings(), ItemSettings(at="head")
    wishes = wishes_after({"mug": mug, "hat": hat}, {"mug": mug, "lamp": hat}, {"mug", "hat"})
    assert [type(wish[0]).__name__ for wish in wishes] == ["DropItem", "ShowItem"]
    assert [wish[0].name for wish in wishes] == ["hat", "lamp"]
    assert wishes_after({"mug": mug}, {"mug": mug}, {"mug"}) == []


def test_what_a_command_dropped_is_loaded_again_when_its_settings_change() -> None:
    mug, moved = ItemSettings(file="a.png"), ItemSettings(file="a.png", x=0.5)
    (wish,) = wishes_after({"mug": mug}, {"mug": moved}, set())
    assert isinstance(wish[0], ShowItem)
    assert wish[0].file == "a.png"
    assert wishes_after({"mug": mug}, {}, set()) == []


@pytest.mark.parametrize(
    ("old", "new", "file"),
    [
        (ItemSettings(file="a.png"), ItemSettings(file="b.png"), "b.png"),
        (ItemSettings(file="a.png"), ItemSettings(), "mug"),
        (ItemSettings(file="a.png"), ItemSettings(file="a.png", x=0.5), ""),
    ],
)
def test_a_picture_is_loaded_again_only_when_the_settings_name_another(
    old: ItemSettings, new: ItemSettings, file: str
) -> None:
    (wish,) = wishes_after({"mug": old}, {"mug": new}, {"mug"})
    show = wish[0]
    assert isinstance(show, ShowItem)
    assert show.file == file


def test_settings_name_items_and_what_cannot_be_is_told_before_the_show(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[item.mug]\nat = 'hand'\nzoom = 0.5\n[item.lamp]\nat = 'canvas'\nx = 0.4\n")
    settings = load(file, {}, CHECKS)
    assert settings.item["mug"] == ItemSettings(zoom=0.5)
    assert settings.item["lamp"].x == 0.4
    for text, says in (
        ("[item.cup]\nfile = 'cup.png'", "item cup: no picture at cup.png"),
        ("[item.mug]\nat = 'foot'", r"item\.mug\.at is 'foot'.*'head', 'hand' or 'canvas'"),
        ("[item.mug]\nsize = 2", r"item\.mug\.size.*no such setting"),
        ("[item.mug]\nzoom = 0", r"item\.mug\.zoom"),
    ):
        file.write_text(text)
        with pytest.raises(UserError, match=says):
            load(file, {}, CHECKS)


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no picture at"):
        load_item(ShowItem("thing", str(tmp_path)))
