"""The control page in real headless Chromium: a button is pressed, and the command arrives."""

import json
import shutil
import urllib.request
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tests.control.rooms import Desk
from tests.shows.waiting import until
from vtuber.animate.smooth import GROUPS, KNOBS
from vtuber.control.asking import Answer
from vtuber.control.page import ControlPage
from vtuber.core.picture import Box, Picture
from vtuber.runtime.http import HttpServer, HttpServers

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.alone,
]
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
RGBA = np.full((180, 320, 4), 255, np.uint8)
PICTURE = Picture(RGBA, Box(0, 0, 320, 180), 0, 0, 0)


def performer(name: str) -> dict[str, Any]:
    return {
        "performer": name, "avatar": "Miro", "expressions": {"joy": True, "it's": False},
        "outfits": {}, "toggles": {"glasses": False}, "items": {"mug": True},
        "is_hidden": False, "is_mirrored": True, "is_seen": True,
        "pose": {"jawOpen": 0.25, "headYaw": 3.0, "tail": 0.5},
        "measured": {"jawOpen": 0.4, "headYaw": 2.0},
        "tuning": {
            "profile": "me", "is_kept": False, "strength": 1.0,
            "groups": {group: dict.fromkeys(KNOBS, 1.0) | {"reach": None} for group in GROUPS},
            "tuned": {"filter": {"head": {"beta": 1.0}}},
        },
    }  # fmt: skip


def now(*names: str) -> dict[str, Any]:
    sinks = {"web": {"frames": 9, "dropped": 1, "delay_ms": 20.5}}
    status = {"fps": 59.9, "late_beats": 3, "track_hz": None, "latency_ms": 42.0, "draws_ms": 5.0}
    outputs = {"web": ("on", ""), "alpha": ("down", "port 9300 is taken"), "record": ("off", "")}
    return {
        "status": status | {"sinks": sinks, "outputs": outputs},
        "performers": [performer(n) for n in names],
        "has_camera": True, "hotkeys": {"F9": "hide"}, "keys": ["F2", "?", "a"],
        "hears_keys": False,
    }  # fmt: skip


class Show:
    """A control page on a server, and what it was asked for."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.server = HttpServer("127.0.0.1", 0)
        self.server.start()
        facts = {
            "avatars": {"default": "Miro", "juno": "Juno", "a": "Twin",
                        "b": "Twin"}, "items": ["lamp"], "strength": (0, 10),
            "parameters": {"jawOpen": (0, 1), "headYaw": (-90, 90)}, "knobs": dict(KNOBS),
        }  # fmt: skip
        self.looks = 0
        self.page = ControlPage(self.desk.ask, lambda: PICTURE, lambda: facts, self._look)
        self.address = self.page.open(self.server)
        self.page.tell(now("performer"))

    def _look(self) -> bytes:
        self.looks += 1
        return self.page.jpeg()

    def close(self) -> None:
        self.page.close()
        self.server.stop()


@pytest.fixture
def show() -> Iterator[Show]:
    show = Show()
    yield show
    show.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any, show: Show) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(show.address)
    page.wait_for_function("vtuber.connected && vtuber.pictures > 1")
    yield page
    assert not page.faults
    context.close()


def answered(page: Any, count: int) -> None:
    page.wait_for_function(f"vtuber.answers >= {count}")


def test_buttons_send_commands_and_what_comes_of_them_is_said(page: Any, show: Show) -> None:
    for name in ("joy", "it's", "glasses", "mug", "lamp", "Juno", "b", "Hide", "Calibrate"):
        page.get_by_role("button", name=name, exact=True).click()
    answered(page, 9)
    assert show.desk.lines == [
        "expression joy", """expression 'it'"'"'s'""", "toggle glasses", "item mug hide",
        "item lamp show", "avatar juno", "avatar b", "hide", "calibrate",
    ]  # fmt: skip
    assert page.inner_text("#answer") == "heard calibrate"


def test_pressed_buttons_and_figures_show_what_is_the_case(page: Any, show: Show) -> None:
    pressed = page.locator("button[aria-pressed=true]").all_inner_texts()
    assert pressed == ["Mirror", "joy", "mug", "Miro"]
    assert "59.9" in page.inner_text("#figures")
    hidden = now("performer")
    hidden["performers"][0]["is_hidden"] = True
    show.page.tell(hidden)
    page.get_by_role("button", name="Hidden: show again").wait_for()


def test_outputs_say_how_they_are_and_a_switch_turns_each(page: Any, show: Show) -> None:
    rows = [" ".join(text.split()) for text in page.locator("#outputs li").all_inner_texts()]
    assert rows == [
        "web on 9 pictures · 1 left out · 21 ms after the camera",
        "alpha down port 9300 is taken", "record off",
    ]  # fmt: skip
    for name in ("web", "alpha", "record"):
        page.get_by_role("switch", name=name, exact=True).click()
    answered(page, 3)
    assert show.desk.lines == ["output web off", "output alpha off", "output record on"]
    states = [page.get_by_role("switch", name=n).is_checked() for n in ("web", "record")]
    assert states == [True, False]


def test_a_filter_is_drawn_and_given_back_and_kept(page: Any, show: Show) -> None:
    page.click("#filters summary")
    slider = page.get_by_label("Head, turns, at rest, Hz")
    slider.focus()
    assert slider.get_attribute("aria-valuetext") == "1"
    page.keyboard.press("End")
    answered(page, 1)
    assert show.desk.lines == ["filter head cutoff_hz 100"]
    page.get_by_role("button", name="as the settings say").click()  # of what is tuned only
    page.locator("#filters").get_by_role("button", name="Save for the profile me").click()
    page.locator("#filters").get_by_role("button", name="All as in the settings").click()
    answered(page, 4)
    assert show.desk.lines[1:] == ["filter head beta", "tuning save", "tuning reset"]
    kept = now("performer")
    kept["performers"][0]["tuning"]["is_kept"] = True
    show.page.tell(kept)
    page.wait_for_function("document.querySelector('#filters .keep').disabled")


def test_a_parameter_is_seen_live_and_its_range_is_adjusted(page: Any, show: Show) -> None:
    page.click("#values summary")
    row = page.get_by_role("button", name="jawOpen 0.25")
    row.click()
    page.get_by_label("measured from").fill("0.1")
    page.keyboard.press("Tab")
    answered(page, 1)
    page.get_by_role("button", name="is the highest").click()  # 0.4 is measured
    page.get_by_role("button", name="As measured").click()
    hold = page.get_by_label("Hold at")
    hold.focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Let go").click()
    page.wait_for_function("vtuber.answers >= 5")
    assert show.desk.lines[:3] == [
        "range jawOpen 0.1 1 0 1", "range jawOpen 0.1 0.4 0 1", "range jawOpen",
    ]  # fmt: skip
    assert sorted(show.desk.lines[3:]) == ["set jawOpen", "set jawOpen 0"]
    show.desk.answers_at_once = False
    page.get_by_label("measured from").fill("7")
    page.keyboard.press("Tab")
    until(lambda: bool(show.desk.waiting))
    show.desk.waiting.pop()(Answer(False, "measure from a lower to a higher number"))
    answered(page, 6)
    show.page.tell(now("performer"))
    page.wait_for_function("document.querySelector('.editor input').value === '0'")
    exact = now("performer")
    ranges = {"jawOpen": {"measured": [0.12345, 0.6789], "shown": [0.0004321, 0.98765]}}
    exact["performers"][0]["tuning"]["tuned"]["range"] = ranges
    show.page.tell(exact)
    page.wait_for_function("document.querySelector('.editor input').value === '0.123'")
    page.get_by_label("measured from").fill("0.2")
    page.keyboard.press("Tab")
    until(lambda: show.desk.lines[-1] == "range jawOpen 0.2 0.6789 0.0004321 0.98765")
    page.get_by_label("Search a parameter").fill("yaw")
    assert page.locator("#parameters li:visible").all_inner_texts()[0].split()[0] == "headYaw"
    page.get_by_label("Search a parameter").fill("tail")
    page.get_by_role("button", name="tail 0.50").click()
    assert page.get_by_label("Hold at").is_visible()
    assert not page.get_by_label("measured from").is_visible()  # nobody measures a tail


def test_the_camera_is_looked_at_only_while_its_panel_is_open(page: Any, show: Show) -> None:
    assert show.looks == 0
    page.click("#seen summary")
    page.wait_for_function("vtuber.looks > 1")
    page.click("#seen summary")
    looks = show.looks
    pictures = page.evaluate("vtuber.pictures")
    page.wait_for_function(f"vtuber.pictures > {pictures + 8}")  # longer than two looks take
    assert show.looks <= looks + 1


def test_a_key_of_the_script_is_a_button_and_a_key(page: Any, show: Show) -> None:
    page.get_by_role("button", name="F2").click()
    page.keyboard.press("F2")
    answered(page, 2)
    heard = now("performer")
    heard["hears_keys"] = True  # a hotkey brings it
    heard["hotkeys"]["F10"] = "mirror"  # is seen when all of it has come
    show.page.tell(heard)
    page.locator("#hotkeys", has_text="F10").wait_for(state="attached")
    page.keyboard.press("F2")
    page.get_by_role("button", name="F2").click()
    answered(page, 3)
    heard["hears_keys"] = False
    heard["hotkeys"]["F11"] = "hide"
    show.page.tell(heard)
    page.locator("#hotkeys", has_text="F11").wait_for(state="attached")
    page.keyboard.press("Shift+A")
    page.keyboard.press("Shift+?")
    answered(page, 4)
    assert show.desk.lines == ["key F2", "key F2", "key F2", "key ?"]
    assert "F9" in page.text_content("#hotkeys")


def test_any_command_can_be_typed_and_a_refusal_is_told(page: Any, show: Show) -> None:
    page.get_by_label("Any command").fill("expression nosuch")
    page.keyboard.press("Enter")
    answered(page, 1)
    assert show.desk.lines == ["expression nosuch"]
    assert page.get_attribute("#answer", "class") == "refused"


def test_dragging_moves_by_picture_heights_and_wheel_and_keys_work(page: Any, show: Show) -> None:
    box = page.locator("#stage").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + box["height"] / 4, y - box["height"] / 8, steps=4)
    page.mouse.up()

    def moved(axis: int) -> float:
        return sum(float(line.split()[axis]) for line in show.desk.lines)

    until(lambda: moved(1) == pytest.approx(0.25, abs=0.02))  # in one command or several
    until(lambda: moved(2) == pytest.approx(0.125, abs=0.02))
    moves = [line.split() for line in show.desk.lines]
    assert {tuple(words[:1] + words[3:]) for words in moves} == {("move", "over", "0")}
    answered(page, len(moves))
    show.desk.lines.clear()
    page.mouse.wheel(0, -100)
    page.focus("#stage")
    page.keyboard.press("ArrowUp")
    page.wait_for_function(f"vtuber.answers >= {len(moves) + 2}")
    assert sorted(show.desk.lines) == ["move 0 0.02", "zoom 1.0618 over 0"]


def test_it_fits_a_phone_and_everything_has_a_name_for_the_keyboard(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    unnamed = """() => [...document.querySelectorAll("button, select, input, a, [tabindex]")]
        .filter(e => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length))
        .map(e => e.outerHTML)"""
    assert page.evaluate(unnamed) == []
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.innerText"))
    assert {"stage", "hide", "line", "Calibrate", "joy", "language"} <= reached


def test_it_speaks_the_languages_of_the_browser_and_can_be_told_another(
    browser: Any, show: Show
) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(show.address)
    page.get_by_role("button", name="隐藏").wait_for()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.select_option("#language", "en")
    page.get_by_role("button", name="Hide", exact=True).wait_for()
    page.reload()
    page.get_by_role("button", name="Hide", exact=True).wait_for()
    keys = "Object.keys(WORDS.en).sort().join() === Object.keys(WORDS.zh).sort().join()"
    assert page.evaluate(keys)
    context.close()


def test_with_two_performers_commands_go_to_the_one_who_is_chosen(page: Any, show: Show) -> None:
    show.page.tell(now("performer", "second"))
    page.select_option("#performer", "second")
    page.get_by_role("button", name="Hide", exact=True).click()
    answered(page, 1)
    assert show.desk.lines == ["@second hide"]


def test_a_wrong_token_is_refused_and_so_is_another_site(browser: Any, show: Show) -> None:
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(show.address + "x")
    others = HttpServers()
    foreign = others.get("127.0.0.1", 0)
    foreign.add_page("/", "text/html", lambda: b"<!DOCTYPE html><title>other</title>")
    try:
        page = browser.new_page()
        page.goto(foreign.url)
        opened = (
            "u => new Promise(done => { const s = new WebSocket(u);"
            " s.onopen = () => { s.send(JSON.stringify({id: 1, line: 'hide'})); done('in'); };"
            " s.onerror = () => done('refused'); })"
        )
        socket = show.address.replace("http", "ws").replace("/control?", "/control/socket?")
        assert page.evaluate(opened, socket) == "refused"
        own = json.dumps(socket + "x")
        page.goto(show.address)
        assert page.evaluate(f"({opened})({own})") == "refused"
        page.close()
    finally:
        others.stop()
    assert not show.desk.lines


def test_when_the_show_has_gone_the_page_says_so_and_comes_back(page: Any, show: Show) -> None:
    port = show.server.port
    show.server.stop()
    page.wait_for_function("state.className === 'lost'")
    again = HttpServer("127.0.0.1", port)
    again.start()
    try:
        show.page.open(again)
        page.wait_for_function("vtuber.connected && state.className === ''", timeout=8000)
    finally:
        again.stop()
