"""OBS's scenes in, Commands out, beside a show; and a Media Source that has given up is woken.

LAW: OBS may come, go, hang and say no as it likes: that is never an error of the show. What is the
matter is said once, until it changes. A source is woken only when nobody has come for its pictures:
one that is just connecting, and that OBS 29 has to end for it, may read on for as long as pictures
come, in which OBS draws nothing and answers nobody (10 s were seen).
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vtuber.control.obs import CHANGED, CLOSING, Obs, ObsRefused
from vtuber.control.obs_address import ObsAddress
from vtuber.control.obs_scene import MEDIA, WHERE, inputs_of, position, wake
from vtuber.core.command import Command, parse_command
from vtuber.core.errors import DeviceLost, UserError, VtuberError
from vtuber.core.ports import StopEvent

PAUSES_S = (1.0, 2.0, 4.0, 8.0)  # before trying again; then the last, again and again
LISTEN_S = 0.5  # between looks at whether to stop, and at the Media Sources
LEFT_ALONE = 4  # times LISTEN_S: so long, one that was woken has time to connect
ANY_OTHER = "*"  # stands for the scenes that are not named


@dataclass(frozen=True, slots=True)
class ObsWishes:
    """What the show wants of OBS at this moment."""

    address: ObsAddress
    scenes: Mapping[str, str]  # scene: a command line
    feeds: frozenset[str]  # addresses that our pictures come from


class SceneFollower:
    """The job of one thread. `wishes` gives None as long as nobody wants anything of OBS."""

    def __init__(
        self,
        wishes: Callable[[], ObsWishes | None],
        emit: Callable[[Command], object],
        say: Callable[[str], None],
        is_missed: Callable[[str], bool],
    ) -> None:
        """`is_missed` tells of a feed whether a reader should be there, or another one."""
        self._wishes, self._emit, self._say = wishes, emit, say
        self._is_missed = is_missed
        self._stood: dict[str, int] = {}  # Media Sources, where the look before saw them
        self._alone_until_s: dict[str, float] = {}  # those that were woken
        self._said = ""
        self._scene = ""
        self.is_connected = False
        self.changes = 0  # of the scene, the first one too
        self.commands = 0
        self.woken = 0

    def run(self, stop: StopEvent) -> None:
        """Follow until asked to stop."""
        failures = 0
        while not stop.is_set():
            wishes = self._wishes()
            if wishes is None:
                stop.wait(LISTEN_S)
                continue
            try:
                with Obs(wishes.address) as obs:
                    self._follow(obs, wishes, stop)
            except VtuberError as error:
                self._say_once(f"{error}; the show goes on, and looks for it")
            finally:
                failures = 0 if self.is_connected else failures
                self.is_connected = False
            stop.wait(PAUSES_S[min(failures, len(PAUSES_S) - 1)])
            failures += 1

    def _greet(self, wishes: ObsWishes) -> None:
        self.is_connected = True
        follows = f", and {len(wishes.scenes)} of its scenes are followed" if wishes.scenes else ""
        self._say_once(f"OBS at {wishes.address} is there{follows}")

    def _say_once(self, sentence: str) -> None:
        if sentence != self._said:
            self._said = sentence
            self._say(sentence)

    def _follow(self, obs: Obs, wishes: ObsWishes, stop: StopEvent) -> None:
        """Stay with one OBS until it goes, or something else is wanted. Raises DeviceLost."""
        scene = obs.ask("GetCurrentProgramScene")["currentProgramSceneName"]
        self._greet(wishes)  # not before it answers: one that hangs lets us in, too
        self._enter(scene, wishes.scenes)
        self._stood, self._alone_until_s = {}, {}
        look_s = 0.0  # events may follow within 3 ms, in which nothing moves
        while not stop.is_set():
            if time.monotonic() >= look_s:
                self._wake_those_that_stand(obs, set(filter(self._is_missed, wishes.feeds)))
                look_s = time.monotonic() + LISTEN_S
            event = obs.next_event(max(0.0, look_s - time.monotonic()))
            now = self._wishes()
            if now is None or (now.address, now.feeds) != (wishes.address, wishes.feeds):
                return
            if event is not None and event.name == CLOSING:
                raise DeviceLost(f"OBS at {wishes.address} was closed")
            if event is not None and event.name == CHANGED:
                self._enter(event.data["sceneName"], now.scenes)

    def _enter(self, scene: str, scenes: Mapping[str, str]) -> None:
        """Carry out what a scene stands for; the one that was there already does nothing again."""
        if scene == self._scene:
            return
        self._scene = scene
        self.changes += 1
        line = scenes.get(scene, scenes.get(ANY_OTHER))
        if line:
            self.commands += 1
            self._emit(parse_command(line))

    def _wake_those_that_stand(self, obs: Obs, feeds: set[str]) -> None:
        """Wake the Media Sources of these feeds that stand where the look before saw them."""
        before, self._stood = self._stood, {}
        for name, kind in inputs_of(obs).items() if feeds else ():
            with contextlib.suppress(ObsRefused):  # removed meanwhile
                if kind != MEDIA or not _is_of(obs, name, feeds):
                    continue
                now = position(obs, name)
                if now is None or time.monotonic() < self._alone_until_s.get(name, 0.0):
                    continue
                if now == before.get(name):
                    wake(obs, name)
                    self.woken += 1
                    self._alone_until_s[name] = time.monotonic() + LEFT_ALONE * LISTEN_S
                else:
                    self._stood[name] = now


def _is_of(obs: Obs, name: str, feeds: set[str]) -> bool:
    settings = obs.ask("GetInputSettings", inputName=name)["inputSettings"]
    return not settings.get("is_local_file", True) and settings.get(WHERE[MEDIA]) in feeds


def check_scenes(scenes: Mapping[str, str]) -> None:
    """Check the commands of scenes. Raises UserError with every fault."""
    faults = []
    for scene, line in scenes.items():
        try:
            parse_command(line)
        except UserError as error:
            faults.append(f'scene "{scene}": {error}')
    if faults:
        raise UserError("; ".join(faults))
