"""What sinks ask of one picture, made once however many ask: a Picture in, its pixels out.

Sinks run in threads of their own and use `VIEWS`, which all of them share. The first that asks
makes the view; others that ask meanwhile wait for it; different views are made side by side.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

import numpy as np
from jaxtyping import UInt8

from vtuber.core.colour import Colour
from vtuber.core.picture import Box, Picture
from vtuber.image import alpha, convert
from vtuber.image.canvases import Canvases

_KEPT = 3  # pictures: the newest, and what slower sinks still work on


class _View:
    """One result, made under its own lock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pixels: np.ndarray | None = None

    def get(self, make: Callable[[], np.ndarray]) -> np.ndarray:
        with self._lock:
            if self._pixels is None:
                self._pixels = make()
                self._pixels.setflags(write=False)
            return self._pixels


class PictureViews:
    """Keeps the views of the last few pictures. May be called from any thread."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._canvases = Canvases()
        self._lock = threading.Lock()
        self._pictures: OrderedDict[Picture, dict[object, _View]] = OrderedDict()

    def straight(self, picture: Picture) -> UInt8[np.ndarray, "h w 4"]:
        """Give RGBA with straight alpha."""
        view = self._view(picture, "straight")
        return view.get(lambda: self._straight(picture.rgba, picture.alpha_box))

    def _straight(self, rgba: UInt8[np.ndarray, "h w 4"], box: Box) -> UInt8[np.ndarray, "h w 4"]:
        canvas, around = self._canvases.lend(rgba.shape, box)
        return alpha.straight(rgba, around, canvas)  # outside its box a picture is clear

    def over(self, picture: Picture, colour: Colour) -> UInt8[np.ndarray, "h w 3"]:
        """Give opaque RGB over a colour."""
        view = self._view(picture, ("over", colour))
        return view.get(lambda: alpha.over_colour(picture.rgba, colour, picture.alpha_box))

    def i420(self, picture: Picture, colour: Colour) -> UInt8[np.ndarray, "r w"]:
        """Give I420 planes over a colour (see `convert.i420`)."""
        view = self._view(picture, ("i420", colour))
        return view.get(lambda: convert.i420_over(picture.rgba, colour, picture.alpha_box))

    def _view(self, picture: Picture, kind: object) -> _View:
        with self._lock:
            views = self._pictures.setdefault(picture, {})  # pictures are told apart by identity
            self._pictures.move_to_end(picture)
            while len(self._pictures) > self._kept:
                self._pictures.popitem(last=False)
            return views.setdefault(kind, _View())


VIEWS = PictureViews()
