"""A program's poses, commands and time in, pictures out: no device, no thread, no beat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import UInt8

from vtuber.avatar.avatar import Avatar
from vtuber.core.command import (
    CAMERA,
    EVERYBODY,
    Command,
    Quit,
    SwapAvatar,
    parse_command,
)
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.item import ItemCommand
from vtuber.core.look import SetBackground
from vtuber.core.picture import Picture
from vtuber.core.pose import BASE, PoseInput
from vtuber.core.scene import Scene
from vtuber.core.speech import Mouth, SpeechCommand
from vtuber.core.steer import ScriptCommand
from vtuber.core.tune import ShowCommand
from vtuber.image.alpha import straight
from vtuber.runtime.clock import ManualClock
from vtuber.shows.engine import PERFORMER, check_size, load_avatar, open_stage
from vtuber.shows.scenery.backdrop import Reel, open_background
from vtuber.shows.scenery.items import show_now
from vtuber.stage import Inputs
from vtuber.warp.warpers import DEFAULT

if TYPE_CHECKING:
    from vtuber.animate.performer import Behaviour
    from vtuber.core.ports import Clock


class Engine:
    """The engine of every show, moved by a program. Used by one thread: it owns OpenGL.

    Time passes when the program says so (`wait`): the same calls give the same pictures. With
    `clock=SystemClock()` it is the real time, and the same program plays live. What a pose does
    not name is idle motion's: breath, blinks, looking around.
    """

    def __init__(
        self,
        avatar: str | Avatar | None = "default",
        size_px: tuple[int, int] = (1280, 720),
        clock: Clock | None = None,
        warper: str = DEFAULT,
    ) -> None:
        """Open it with one avatar on stage, or nobody; a side of the picture is 1 to 4096 px.

        Raises UserError: no such avatar, size or warper, no OpenGL.
        """
        check_size(size_px)
        self.clock = clock or ManualClock()
        worn = None if avatar is None else _loaded(avatar)
        self._stage, self.renderer = open_stage(self.clock, size_px, warper)
        self._worn: dict[str, Avatar] = {}
        self._poses: dict[str, dict[str, float]] = {}
        self._inputs = Inputs()
        self._reel: Reel | None = None  # the video behind everybody
        if worn is not None:
            self.cast(worn)

    def cast(
        self,
        avatar: str | Avatar,
        performer: str = PERFORMER,
        behaviour: Behaviour | None = None,
        over_s: float = 0.0,
    ) -> None:
        """Give a performer an avatar: a new one, who stands in front, or one who cross-fades.

        Raises UserError for an avatar that is not there or broken, or a name that commands use.
        """
        if performer in ("", EVERYBODY, CAMERA):
            raise UserError(f"no performer can be called {performer!r}: commands mean others by it")
        worn = _loaded(avatar)
        self._stage.cast(performer, worn, behaviour, over_s, self.clock.now_ns())
        self._worn[performer] = worn
        known = BASE.extended(worn.parameters).index
        kept = self._poses.get(performer, {})
        self.pose({name: value for name, value in kept.items() if name in known}, performer)

    def pose(self, values: Mapping[str, float], performer: str = "") -> None:
        """Take a pose from now on, instead of the one before; `{}` leaves it to idle motion.

        Raises UserError for a performer or a name that is not there, or a value not finite.
        """
        scripts = dict(self._inputs.scripts)
        names = self._stage.named(performer)
        for name in names:
            scripts[name] = PoseInput.of(values, BASE.extended(self._worn[name].parameters))
        self._inputs = Inputs(scripts=scripts)
        self._poses.update((name, dict(values)) for name in names)

    def do(self, command: str | Command) -> str:
        """Carry out a command, such as "expression joy over 0.5"; give what it answers, or "".

        Raises UserError for what cannot be read or is not there.
        """
        asked = parse_command(command) if isinstance(command, str) else command
        match asked:
            case Quit():
                raise UserError("nobody quits here; close() ends the engine")
            case _ if isinstance(asked, ScriptCommand):
                raise UserError("an engine performs no script; vtuber.perform renders one")
            case _ if isinstance(asked, ShowCommand):
                raise UserError("an engine has no outputs and no tracker; a live show has")
            case _ if isinstance(asked, SpeechCommand):
                raise UserError("an engine has no voice; a live show and a script's film have")
            case SwapAvatar(name, over_s=over_s, performer=performer):
                for each in self._stage.named(performer):
                    self.cast(name, each, over_s=over_s)
                return ""
            case SetBackground(what, over_s=over_s):
                self._put_behind(what, over_s)
                return ""
            case _ if isinstance(asked, ItemCommand):
                show_now(self._stage, (asked,), self.clock.now_ns())
                return ""
            case _:
                return self._stage.obey(asked, self.clock.now_ns())

    def _put_behind(self, what: str, over_s: float) -> None:
        opened = open_background(what, self._stage.size_px, self.clock)
        now_ns = self.clock.now_ns()
        if self._reel is not None:
            self._play(self._reel, now_ns)  # the frame of this moment stays in the cross-fade
            self._reel.close()
        self._reel = opened if isinstance(opened, Reel) else None
        shown = opened.advance(now_ns) if isinstance(opened, Reel) else opened
        self._stage.behind.put(shown, now_ns, over_s)

    def _play(self, reel: Reel, now_ns: int) -> None:
        background = reel.advance(now_ns)
        if background is not None:
            self._stage.behind.play(background)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.sleep_until(self.clock.now_ns() + round(seconds * 1e9))

    def take(
        self,
        poses: Mapping[str, PoseInput],
        mouths: Mapping[str, Mouth] | None = None,
        faces: Mapping[str, Face] | None = None,
    ) -> None:
        """Take from now on what a script wants, by performer, instead of what `pose` said."""
        self._inputs = Inputs(faces or {}, poses, mouths or {})

    def draw(self) -> Picture:
        """Draw this moment. Moments are asked for in their order; those between may be left out."""
        return self.drawn(self.advance())

    def drawn(self, scene: Scene) -> Picture:
        """Draw what `advance` gave."""
        return self._stage.draw(scene)

    def advance(self) -> Scene:
        """Let this moment be, and draw nothing; give what would be drawn."""
        now_ns = self.clock.now_ns()
        if self._reel is not None:
            self._play(self._reel, now_ns)
        return self._stage.advance(now_ns, self._inputs)

    def rgba(self) -> UInt8[np.ndarray, "h w 4"]:
        """Draw this moment: sRGB with straight alpha, top row first, as picture files have it."""
        picture = self.draw()
        return straight(picture.rgba, picture.alpha_box)

    def close(self) -> None:
        """Let go of OpenGL, and of a video."""
        if self._reel is not None:
            self._reel.close()
        self._stage.close()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _loaded(avatar: str | Avatar) -> Avatar:
    return avatar if isinstance(avatar, Avatar) else load_avatar(avatar)
