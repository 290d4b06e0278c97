"""A live show and what reaches into it: asked through its socket, watched on its page."""

import asyncio
import json
import threading
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.shows.live.test_show import NoKeys
from tests.shows.waiting import until
from vtuber.control import places, visitor
from vtuber.control.asking import Answer
from vtuber.core.errors import UserError
from vtuber.core.picture import Picture
from vtuber.core.ports import HttpHost
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.http import HttpServers
from vtuber.runtime.meter import Meter
from vtuber.settings import Settings
from vtuber.shows.faces.intake import Performance
from vtuber.shows.live.controls import Controls, ControlWishes
from vtuber.shows.live.direction import Direction
from vtuber.shows.live.show import Announcer, LiveShow
from vtuber.shows.live.sinks import Sinks, parse_outputs


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return places.default_folder()


def nothing() -> Picture | None:
    return None


def small_show(bundle: Path, said: list[str], controls: ControlWishes) -> LiveShow:
    settings = Settings.model_validate({"avatar": str(bundle), "size": "64x64", "fps": 30})
    clock, meter = SystemClock(), Meter()
    sinks = Sinks(parse_outputs(("null",), None, 30.0), settings.size, clock, meter, said.append)
    return LiveShow(
        settings, Performance("no camera"), sinks, meter, clock,
        Announcer(said.append, lambda status: None),
        lambda end: Direction(settings, None, NoKeys, said.append, end, switch=sinks.switch),
        controls=controls,
    )  # fmt: skip


def test_a_running_show_obeys_its_socket_and_quits_by_it(bundle: Path, folder: Path) -> None:
    said: list[str] = []
    show = small_show(bundle, said, ControlWishes())
    asked: list[Answer] = []

    def visit() -> None:
        until(lambda: bool(places.shows(folder)))
        lines = ("hide on", "expression nosuch", "quit")
        asked.extend(visitor.ask(line, visitor.pick(bundle.name)) for line in lines)

    visiting = threading.Thread(target=visit)
    visiting.start()
    summary = show.run(15.0)
    visiting.join()
    assert summary["seconds"] < 14
    assert [answer.is_done for answer in asked] == [True, False, True]
    assert asked[0].said == "Test is hidden"
    assert any("/control?token=" in sentence for sentence in said)
    assert not list(folder.iterdir())


async def _watch(address: str) -> list[dict[str, Any]]:
    """Switch an output and adjust a filter and a range from the page; give what it then shows."""
    import aiohttp

    shown: list[dict[str, Any]] = []
    socket = address.replace("/control?", "/control/socket?")
    async with aiohttp.ClientSession() as session, session.ws_connect(socket) as line:

        async def see(is_so: Callable[[dict[str, Any]], bool]) -> None:
            while True:
                told = json.loads(await line.receive_str(timeout=30))
                if "now" in told and is_so(told["now"]):
                    shown.append(told["now"])
                    return

        for n, text in enumerate(
            ("output null off", "filter head beta 2", "range jawOpen 0 0.5", "output null on")
        ):
            await line.send_str(json.dumps({"id": n, "line": text}))
            state = "off" if n < 3 else "on"
            await see(lambda now, state=state: now["status"]["outputs"]["null"][0] == state)  # type: ignore[misc]
        await line.send_str(json.dumps({"id": 9, "line": "quit"}))
    return shown


def test_the_page_of_a_show_switches_outputs_and_adjusts_and_sees_what_came_of_it(
    bundle: Path, folder: Path
) -> None:
    said: list[str] = []
    show = small_show(bundle, said, ControlWishes(socket=False))
    shown: list[dict[str, Any]] = []

    def visit() -> None:
        until(lambda: any("/control?token=" in sentence for sentence in said))
        address = next(s.split()[-1] for s in said if "/control?token=" in s)
        shown.extend(asyncio.run(_watch(address)))

    visiting = threading.Thread(target=visit)
    visiting.start()
    show.run(60.0)
    visiting.join()
    tuning = shown[-1]["performers"][0]["tuning"]
    assert tuning["groups"]["head"]["beta"] == 2
    assert tuning["groups"]["gaze"]["reach"] is None  # without a limit; JSON has no infinity
    assert tuning["tuned"]["range"]["jawOpen"]["measured"] == [0, 0.5]
    assert not tuning["is_kept"]
    assert not shown[-1]["has_camera"]
    assert shown[-1]["performers"][0]["measured"]["jawOpen"] >= 0


def test_a_page_whose_address_is_taken_and_a_folder_of_others_are_said_and_end_nothing(
    folder: Path,
) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    said: list[str] = []

    def serve(host: str) -> HttpHost:
        raise UserError("no port is free")

    controls = Controls(
        ControlWishes(), "a/miro", lambda line, answered: None, nothing, said.append
    )
    assert controls.watched
    controls.open(serve)
    assert said[0] == "without the control page: no port is free"
    assert said[1].startswith("without `vtuber do`: others may enter")
    assert not controls.watched
    controls.close()


def test_a_page_for_the_network_says_both_addresses_and_the_list_has_it(folder: Path) -> None:
    said: list[str] = []
    servers = HttpServers()
    wishes = ControlWishes(host="0.0.0.0")
    controls = Controls(wishes, "a/miro", lambda line, answered: None, nothing, said.append)
    controls.open(lambda host: servers.get(host, 0))
    try:
        here, there = (sentence.split()[-1] for sentence in said)
        assert here.startswith("http://127.0.0.1:")
        for address in (here, there):
            with urllib.request.urlopen(address, timeout=5) as answer:
                assert b"page.js" in answer.read()
        (written,) = folder.glob("*.json")
        table = json.loads(written.read_text())
        assert (table["name"], table["page"]) == ("miro", here)
    finally:
        controls.close()
        servers.stop()


def test_controls_that_are_not_wished_for_open_nothing(folder: Path) -> None:
    said: list[str] = []
    controls = Controls(
        ControlWishes(page=False, socket=False), "miro", lambda line, answered: None, nothing,
        said.append,
    )  # fmt: skip
    controls.open(HttpServers().get)  # type: ignore[arg-type]
    assert not said
    assert not controls.watched
    assert not folder.exists()
    controls.close()
