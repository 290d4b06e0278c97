"""What of one avatar is worn: outfits and toggles in, how opaque its layers are out.

What comes is there before what goes begins to go: nobody stands there undressed, and nothing shines
through from behind.
"""

from __future__ import annotations

from vtuber.animate.fade import Fade
from vtuber.avatar.avatar import Avatar
from vtuber.core.errors import UserError
from vtuber.core.nearest import none_such


class Clothes:
    """What one avatar wears, on its way to what it shall wear."""

    def __init__(self, avatar: Avatar, before: Clothes | None = None) -> None:
        """Dress an avatar, as the one before it was in what both of them have."""
        self._avatar = avatar
        self._toggles = {layer.toggle for layer in avatar.layers} - {""}
        self._off = set(avatar.hidden & self._toggles)
        self._outfit = next(iter(avatar.outfits), "")
        if before is not None:
            shared = before._toggles & self._toggles
            self._off = (self._off - shared) | (before._off & shared)
            if before._outfit in avatar.outfits:
                self._outfit = before._outfit
        hidden = avatar.not_worn(self._outfit, self._off)
        self._shown = {n: Fade(float(n not in hidden)) for n in _names(avatar)}

    @property
    def outfits(self) -> dict[str, bool]:
        """Name the outfits, and say which is worn."""
        return {name: name == self._outfit for name in self._avatar.outfits}

    @property
    def toggles(self) -> dict[str, bool]:
        """Name the parts that can be taken off, and say which are on."""
        return {name: name not in self._off for name in sorted(self._toggles)}

    def toggle(self, name: str, on: bool | None, now_ns: int, over_s: float) -> None:
        """Show or take off a part; without `on` the other than now. Raises UserError."""
        if name not in self._toggles:
            raise UserError(none_such(self._avatar.name, "part", name, sorted(self._toggles)))
        if name in self._off if on is None else on:
            self._off.discard(name)
        else:
            self._off.add(name)
        self._change(now_ns, over_s)

    def wear(self, outfit: str, now_ns: int, over_s: float) -> None:
        """Change into an outfit; without a name, into the next one. Raises UserError."""
        known = self._avatar.outfits
        if not known:
            raise UserError(f"{self._avatar.name} has one outfit only")
        if outfit and outfit not in known:
            raise UserError(none_such(self._avatar.name, "outfit", outfit, known))
        self._outfit = outfit or known[(known.index(self._outfit) + 1) % len(known)]
        self._change(now_ns, over_s)

    def _change(self, now_ns: int, over_s: float) -> None:
        """Let what comes appear in the first half of the time, and what goes fade in the second."""
        hidden = self._avatar.not_worn(self._outfit, self._off)
        comes = [fade for name, fade in self._shown.items() if name not in hidden]
        goes = [fade for name, fade in self._shown.items() if name in hidden]
        is_swap = any(f.at(now_ns) < 1.0 for f in comes) and any(f.at(now_ns) > 0.0 for f in goes)
        half_s = over_s / 2 if is_swap else over_s
        for fade in comes:  # also what is still whole, but was about to go
            fade.to(1.0, now_ns, half_s)
        for fade in goes:
            fade.to(0.0, now_ns, half_s, half_s if is_swap else 0.0)

    def at(self, now_ns: int) -> tuple[frozenset[str], dict[str, float]]:
        """Name the layers that do not show, and give how opaque those are that come or go."""
        opacities = {name: fade.at(now_ns) for name, fade in self._shown.items()}
        hidden = frozenset(name for name, opacity in opacities.items() if opacity == 0.0)
        return hidden, {name: o for name, o in opacities.items() if 0.0 < o < 1.0}


def _names(avatar: Avatar) -> list[str]:
    return [layer.name for layer in avatar.layers]
