"""How the faces of a running show are filtered and stretched: settings, profiles and hands in.

The beat obeys hands; the track thread asks `smoothing` at every face. Both see whole values only.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from vtuber.animate.performer import Behaviour
from vtuber.animate.smooth import KNOBS, GroupName, Smoother, SmoothSettings
from vtuber.core.errors import UserError
from vtuber.core.face import Face
from vtuber.core.nearest import none_such
from vtuber.core.pose import BASE, PoseInput
from vtuber.core.ranges import SMOOTHING
from vtuber.core.tune import KeepTuning, SetFilter, SetRange, TuningCommand
from vtuber.shows.engine import filtered, smoothing_of

if TYPE_CHECKING:
    from vtuber.settings import Settings
    from vtuber.settings.tuning import Tuning

ALL, STRENGTH = "all", "strength"  # `filter all strength 1.5`


class Tunings:
    """Those of every performer, by their number: 1 is the first."""

    def __init__(self, settings: Settings) -> None:
        self._base = smoothing_of(settings)
        self._profiles: dict[int, tuple[str, Path]] = {}
        self._tuned: dict[int, Tuning] = {}
        self._kept: dict[int, Tuning] = {}
        self._smoothing: dict[int, SmoothSettings] = {}
        self._refused: dict[int, str] = {}  # why the file of a profile was not taken

    def read(self, number: int, profile: str, path: Path, say: Callable[[str], None]) -> None:
        """Take what a profile has kept; what is wrong with its file is said, and left out."""
        from vtuber.settings.tuning import read_tuning

        self._profiles[number] = profile, path
        try:
            self._kept[number] = read_tuning(path)
        except UserError as error:
            self._refused[number] = str(error)
            say(f"without what was adjusted for the profile {profile}: {error}")
            return
        self._take(number, self._kept[number])

    def rebase(self, settings: Settings) -> None:
        """Take other settings, over which hands have adjusted what they did."""
        self._base = smoothing_of(settings)
        for number, tuning in list(self._tuned.items()):
            self._take(number, tuning)

    def smoothing(self, number: int) -> SmoothSettings:
        """Give how the faces of a performer are filtered now; any thread may ask."""
        return self._smoothing.get(number, self._base)

    def tuned(self, behaviour: Behaviour, number: int) -> Behaviour:
        """Give a behaviour with a performer's filter and ranges."""
        ranges = self._tuned[number].stretches if number in self._tuned else ()
        return dataclasses.replace(behaviour, smoothing=self.smoothing(number), ranges=ranges)

    def obey(self, command: TuningCommand, number: int) -> str:
        """Adjust one performer's; say what the picture does not show. Raises UserError."""
        from vtuber.settings.tuning import Tuning

        if isinstance(command, KeepTuning):
            return self._keep(command.step, number)
        table = self._of(number).model_dump(exclude_none=True)
        if isinstance(command, SetFilter):
            _filter(table, command)
        else:
            _range(table, command)
        self._take(number, Tuning.of(table))
        return ""

    def standing(self, number: int) -> dict[str, Any]:
        """Say what is adjusted, for a control panel; None where no number is the limit."""
        smoothing, tuning = self.smoothing(number), self._of(number)
        groups = {
            name: {knob: _finite(getattr(group, knob)) for knob in KNOBS}
            for name, group in smoothing.groups.items()
        }
        return {
            "profile": self._profiles[number][0] if number in self._profiles else "",
            "is_kept": tuning.table() == self._kept_of(number).table(),
            "strength": smoothing.strength,
            "groups": groups,
            "tuned": tuning.table(),
        }

    def _of(self, number: int) -> Tuning:
        from vtuber.settings.tuning import Tuning

        return self._tuned.get(number) or Tuning()

    def _kept_of(self, number: int) -> Tuning:
        from vtuber.settings.tuning import Tuning

        return self._kept.get(number) or Tuning()

    def _take(self, number: int, tuning: Tuning) -> None:
        self._smoothing[number] = filtered(self._base, tuning.filter, tuning.smoothing)
        self._tuned[number] = tuning

    def _keep(self, step: str, number: int) -> str:
        from vtuber.settings.tuning import Tuning, write_tuning

        if step == "reset":
            self._take(number, Tuning())
            return "filters and ranges are as the settings say; tuning save keeps it so"
        if step != "save":
            raise UserError(none_such("the tuning", "step", step, ("save", "reset")))
        if number not in self._profiles:
            raise UserError('there is no profile to keep it in; name one: profile = "default"')
        profile, path = self._profiles[number]
        if number in self._refused:  # who wrote it by hand wants it back
            raise UserError(
                f"{self._refused[number]}; mend {path} or move it away, and start the show again: "
                "tuning save would write over it"
            )
        write_tuning(path, self._of(number))
        self._kept[number] = self._of(number)
        return f"kept for the profile {profile}"


class TunedSmoother:
    """Filters the faces of one performer as a hand adjusted it by now."""

    def __init__(self, tunings: Tunings) -> None:
        self._tunings = tunings
        self._smoother = Smoother()

    def apply(self, face: Face) -> Face:
        """Give the face with its pose filtered."""
        self._smoother.configure(self._tunings.smoothing(face.performer))
        return self._smoother.apply(face)


def _filter(table: dict[str, Any], command: SetFilter) -> None:
    """Write into a table what a command says of filters."""
    group, knob, value = command.group, command.knob, command.value
    if group == ALL:
        if knob not in ("", STRENGTH):
            raise UserError(none_such("filter all", "value", knob, (STRENGTH,)))
        if value is not None:
            SMOOTHING.check("filter all strength", value)
        table["smoothing"] = value
        if not knob:
            table["filter"] = {}
        return
    if group not in get_args(GroupName):
        raise UserError(none_such("the tracker", "filter", group, (ALL, *get_args(GroupName))))
    if knob and knob not in KNOBS:
        raise UserError(none_such(f"the filter {group}", "value", knob, KNOBS))
    knobs = table["filter"].setdefault(group, {})
    if not knob:
        knobs.clear()
    elif value is None:
        knobs.pop(knob, None)
    else:
        low, high = KNOBS[knob]
        if not low <= value <= high:
            raise UserError(f"filter {group} {knob} is {value:g}; give {low:g} to {high:g}")
        knobs[knob] = value


def _range(table: dict[str, Any], command: SetRange) -> None:
    """Write into a table what a command says of a range."""
    name, given = command.name, (command.low, command.high, command.to_low, command.to_high)
    PoseInput.of({name: 0.0})  # refuses what is unknown
    if given == (None,) * 4:
        table["range"].pop(name, None)
        return
    known = BASE.parameters[BASE.index[name]]
    own = (known.low, known.high) * 2
    low, high, *to = (each if g is None else g for g, each in zip(given, own, strict=True))
    table["range"][name] = {"measured": (low, high), "shown": tuple(to)}


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
