"""Commands that change an actor's look in, the look of each moment out: it goes there softly."""

from __future__ import annotations

from vtuber.animate.fade import Fade
from vtuber.core.colour import Colour
from vtuber.core.errors import UserError
from vtuber.core.look import (
    AS_DRAWN,
    BRIGHTEST,
    WIDEST_OUTLINE,
    Look,
    LookCommand,
    LookPlain,
    Outline,
    SetBrightness,
    SetOutline,
    SetShadow,
    SetTint,
    Shadow,
)

CHANGE_S = 0.3  # into the look of new settings

Numbers = tuple[float, ...]


class _Way:
    """Some numbers on their way to others; with `fades`, the first says how much there is of it."""

    def __init__(self, numbers: Numbers, *, fades: bool = False) -> None:
        self._from = self._to = numbers
        self._share, self._fades = Fade(1.0), fades

    @property
    def is_there(self) -> bool:
        """Tell whether there is, or will be, anything of what fades."""
        return self._to[0] > 0

    def to(self, target: Numbers, now_ns: int, over_s: float) -> None:
        now = self.at(now_ns)
        if self._fades and not now[0]:
            now = (0.0, *target[1:])  # of what is not there yet only the amount can change
        if self._fades and not target[0]:
            target = (0.0, *self._to[1:])  # what goes keeps its colour
        if target == self._to:
            return
        self._from, self._to, self._share = now, target, Fade()
        self._share.to(1.0, now_ns, over_s)

    def at(self, now_ns: int) -> Numbers:
        share = self._share.at(now_ns)
        if share == 1.0:
            return self._to
        return tuple(a + (b - a) * share for a, b in zip(self._from, self._to, strict=True))


class Looks:
    """The look of one actor, on its way to where it was sent."""

    def __init__(
        self, home: Look = AS_DRAWN, outline: Outline | None = None, shadow: Shadow | None = None
    ) -> None:
        """Begin with a look; `outline` and `shadow` are what commands put on that say no more."""
        self._ways = {
            name: _Way(numbers, fades=name in ("outline", "shadow"))
            for name, numbers in _numbers(home).items()
        }
        self._know(home, outline or Outline(), shadow or Shadow())

    def settle_at(self, home: Look, outline: Outline, shadow: Shadow, now_ns: int) -> None:
        """Go to another look: that of settings that have changed."""
        self._know(home, outline, shadow)
        for name, numbers in _numbers(home).items():
            self._ways[name].to(numbers, now_ns, CHANGE_S)

    def _know(self, home: Look, outline: Outline, shadow: Shadow) -> None:
        self._width = (home.outline or outline).width
        self._shadow = home.shadow or shadow

    def obey(self, command: LookCommand, now_ns: int) -> None:
        """Carry out one command. Raises UserError for a number out of its range."""
        match command:
            case SetTint(colour, over_s=over_s):
                self._ways["tint"].to(colour or AS_DRAWN.tint, now_ns, over_s)
            case SetBrightness(factor, over_s=over_s):
                if not 0 <= factor <= BRIGHTEST:
                    raise UserError(f"brightness {factor:g}: give 0 to {BRIGHTEST:g}")
                self._ways["brightness"].to((factor,), now_ns, over_s)
            case SetOutline(colour, width, over_s=over_s):
                self._ways["outline"].to(self._line(colour, width), now_ns, over_s)
            case SetShadow(on, over_s=over_s):
                way = self._ways["shadow"]
                shadow = self._shadow if (not way.is_there if on is None else on) else None
                way.to(_of_shadow(shadow), now_ns, over_s)
            case LookPlain(over_s=over_s):
                for name, numbers in _numbers(AS_DRAWN).items():
                    self._ways[name].to(numbers, now_ns, over_s)

    def _line(self, colour: Colour | None, width: float | None) -> Numbers:
        if width is not None and not 0 <= width <= WIDEST_OUTLINE:
            raise UserError(
                f"an outline {width:g} wide: give 0 to {WIDEST_OUTLINE:g} picture heights"
            )
        if colour is None:
            return _of_outline(None)
        self._width = width or self._width
        return _of_outline(Outline(self._width if width is None else width, colour))

    def at(self, now_ns: int) -> Look:
        """Give the look of this beat."""
        now = {name: way.at(now_ns) for name, way in self._ways.items()}
        (brightness,), (width, *line) = now["brightness"], now["outline"]
        opacity, x, y, blur, *shade = now["shadow"]
        return Look(
            _colour(now["tint"]),
            brightness,
            Outline(width, _colour(line)) if width > 0 else None,
            Shadow(x, y, blur, _colour(shade), opacity) if opacity > 0 else None,
        )


def _numbers(look: Look) -> dict[str, Numbers]:
    return {
        "tint": look.tint,
        "brightness": (look.brightness,),
        "outline": _of_outline(look.outline),
        "shadow": _of_shadow(look.shadow),
    }


def _of_outline(outline: Outline | None) -> Numbers:
    shown = outline or Outline(0.0)
    return (shown.width, *shown.colour)


def _of_shadow(shadow: Shadow | None) -> Numbers:
    shown = shadow or Shadow(opacity=0.0)
    return (shown.opacity, shown.x, shown.y, shown.blur, *shown.colour)


def _colour(numbers: tuple[float, ...] | list[float]) -> Colour:
    red, green, blue = (round(number) for number in numbers)
    return red, green, blue
