"""A window on the desktop, transparent where the desktop can: a preview, or what OBS captures.

Settings: fps, background (#rrggbb; empty: see-through, or black where the desktop cannot), on_top.

The picture keeps its shape whatever the window's, its bottom edge at the window's. Dragging moves
the avatar, the wheel zooms it, and keys do what they do in the terminal. Closing the window ends
this output and nothing else. Not on macOS, which gives windows to the main thread only.
"""

from __future__ import annotations

import math
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from vtuber.core.command import Move, Zoom
from vtuber.core.errors import UserError
from vtuber.core.picture import Picture
from vtuber.core.ports import SinkContext
from vtuber.core.tune import SwitchOutput
from vtuber.image.convert import resized
from vtuber.output._opaque import parse_colour
from vtuber.resources import shader

_PLATFORM: str = sys.platform
VERSION = "#version 330 core\n#line 1\n"
NOTCH = 1.1  # what a notch of the wheel zooms by


@dataclass(frozen=True)
class Options:
    """Settings of `--output window`."""

    fps: int = 30
    background: str = ""
    on_top: bool = False


class Output:
    """One window. All its calls come from one thread, which owns the window's OpenGL."""

    eats = frozenset({"picture"})
    runs_on = "thread"
    delivery: Literal["newest", "paced"] = "newest"
    _is_taken = False  # GLFW ends for the whole program: a second window would draw on nothing

    def __init__(self, options: Options, context: SinkContext) -> None:
        if _PLATFORM == "darwin":
            raise UserError("there is no window on macOS yet; use --output web")
        colour = parse_colour(options.background) if options.background else None
        self._clear = (*(c / 255 for c in colour), 1.0) if colour else (0.0, 0.0, 0.0, 0.0)
        self._options, self._context = options, context
        self._glfw: Any = None
        self._window: Any = None
        self._gl: Any = None

    def open(self) -> None:
        """Open the window. Raises UserError where there is no desktop, or no OpenGL 3.3."""
        if Output._is_taken:
            raise UserError("there can be one window only; give --output window once")
        glfw = self._glfw = _glfw()
        if not glfw.init():
            raise UserError(f"cannot open a window: {_reason(glfw)}; use --output web")
        glfw.window_hint(glfw.CONTEXT_VERSION_MAJOR, 3)
        glfw.window_hint(glfw.CONTEXT_VERSION_MINOR, 3)
        glfw.window_hint(glfw.OPENGL_PROFILE, glfw.OPENGL_CORE_PROFILE)
        glfw.window_hint(glfw.TRANSPARENT_FRAMEBUFFER, not self._options.background)
        glfw.window_hint(glfw.FLOATING, self._options.on_top)
        self._window = glfw.create_window(*self._context.size_px, "vtuber", None, None)
        if not self._window:
            reason = _reason(glfw)
            glfw.terminate()
            raise UserError(f"cannot open a window: {reason}; use --output web")
        Output._is_taken = True
        with ExitStack() as on_failure:
            on_failure.callback(self.close)
            self._hand = Hand(glfw, self._window)
            glfw.make_context_current(self._window)
            glfw.swap_interval(0)  # the show has its own beat
            self._prepare()
            on_failure.pop_all()

    def _prepare(self) -> None:
        import moderngl

        gl = self._gl = moderngl.create_context(require=330)
        self._texture = self._texture_of(self._context.size_px)
        self._program = gl.program(
            vertex_shader=VERSION + shader("window.vert"),
            fragment_shader=VERSION + shader("window.frag"),
        )
        corners = np.array([(0, 0), (1, 0), (0, 1), (1, 1)], np.float32)
        self._quad = gl.vertex_array(self._program, [(gl.buffer(corners), "2f", "in_position")])
        gl.enable(moderngl.BLEND)
        gl.blend_func = moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA  # premultiplied

    def _texture_of(self, size_px: tuple[int, int]) -> Any:
        texture = self._gl.texture(size_px, 4)
        texture.repeat_x = texture.repeat_y = False  # else its last row shows over its first, too
        return texture

    def send(self, picture: Picture) -> None:
        """Show one picture and answer the desktop."""
        if self._window is None:
            return
        glfw = self._glfw
        glfw.poll_events()
        self._act(picture.size_px)
        if glfw.window_should_close(self._window):
            self.close()
            self._context.announce("the window was closed; the show goes on")
            self._context.act(SwitchOutput("window", on=False))  # a hand may switch it on again
            return
        width, height = glfw.get_framebuffer_size(self._window)
        place = fitted(picture.size_px, (width, height))
        self._upload(picture, place[2:])
        self._gl.screen.use()
        self._gl.clear(*self._clear, viewport=(0, 0, width, height))
        self._gl.viewport = place
        self._quad.render(mode=self._gl.TRIANGLE_STRIP)
        glfw.swap_buffers(self._window)  # through ctypes: the beat runs while it draws

    def _upload(self, picture: Picture, shown_px: tuple[int, int]) -> None:
        """Hand a picture to OpenGL; averaged first where it is shown at half its size or less.

        Else thin lines break into dots and sparkle: 1080p at 640x360 has a PSNR of 30 dB.
        """
        size_px = averaged_px(picture.size_px, shown_px)
        if self._texture.size != size_px:
            self._texture.release()
            self._texture = self._texture_of(size_px)
        self._texture.write(np.ascontiguousarray(resized(picture.rgba, size_px)))
        self._texture.use(0)

    def _act(self, picture_px: tuple[int, int]) -> None:
        """Tell the show what was done to the window since the last picture."""
        window_px = self._glfw.get_window_size(self._window)  # in the units of the cursor
        _, _, _, height = fitted(picture_px, window_px)
        x, y, notches, keys = self._hand.take()
        if x or y:
            self._context.act(Move(x / height, -y / height))
        if notches:
            self._context.act(Zoom(NOTCH**notches))
        for key in keys:
            self._context.press(key)

    def close(self) -> None:
        if self._window is not None:
            self._glfw.destroy_window(self._window)
            self._glfw.terminate()
            self._window = self._gl = None
            Output._is_taken = False


class Hand:
    """What mouse and keyboard do to a window, from one look to the next."""

    def __init__(self, glfw: Any, window: Any) -> None:
        self._glfw = glfw
        self._at = glfw.get_cursor_pos(window)  # then as events say: the cursor itself is further
        self._is_dragging = False
        self._x = self._y = self._notches = 0.0
        self._keys: list[str] = []
        codes = {"up": glfw.KEY_UP, "down": glfw.KEY_DOWN, "left": glfw.KEY_LEFT,
                 "right": glfw.KEY_RIGHT}  # fmt: skip
        codes |= {f"F{number}": glfw.KEY_F1 + number - 1 for number in range(1, 25)}
        self._names = {code: name for name, code in codes.items()}
        glfw.set_mouse_button_callback(window, self._button)
        glfw.set_cursor_pos_callback(window, self._moved)
        glfw.set_scroll_callback(window, self._scrolled)
        glfw.set_char_callback(window, lambda _, code: self._keys.append(chr(code)))
        glfw.set_key_callback(window, self._key)

    def take(self) -> tuple[float, float, float, list[str]]:
        """Give the way that was dragged (px, y down), the wheel's notches and the keys."""
        taken = self._x, self._y, self._notches, self._keys
        self._x = self._y = self._notches = 0.0
        self._keys = []
        return taken

    def _button(self, _: Any, button: int, action: int, __: int) -> None:
        if button == self._glfw.MOUSE_BUTTON_LEFT:
            self._is_dragging = action == self._glfw.PRESS

    def _moved(self, _: Any, x: float, y: float) -> None:
        if self._is_dragging:
            self._x += x - self._at[0]
            self._y += y - self._at[1]
        self._at = x, y

    def _scrolled(self, _: Any, __: float, notches: float) -> None:
        self._notches += notches

    def _key(self, _: Any, code: int, __: int, action: int, ___: int) -> None:
        """Keep keys that have no character; the others come as what they write."""
        if code in self._names and action != self._glfw.RELEASE:
            self._keys.append(self._names[code])


def fitted(picture_px: tuple[int, int], window_px: tuple[int, int]) -> tuple[int, int, int, int]:
    """Fit a picture into a window: left, bottom, width, height in px, its shape kept.

    >>> fitted((1280, 720), (640, 640))
    (0, 0, 640, 360)
    """
    scale = min(window_px[0] / picture_px[0], window_px[1] / picture_px[1])
    width, height = round(picture_px[0] * scale), round(picture_px[1] * scale)
    return (window_px[0] - width) // 2, 0, max(width, 1), max(height, 1)


def averaged_px(picture_px: tuple[int, int], shown_px: tuple[int, int]) -> tuple[int, int]:
    """Give a whole part of a picture's size that is no smaller than what is shown of it.

    Only parts without a rest: OpenCV averages 1080p by 2 to 8 in 2 to 4 ms of CPU time, which the
    upload saves, and takes 10 to 19 for other sizes.

    >>> averaged_px((1280, 720), (400, 225)), averaged_px((1280, 720), (641, 361))
    ((640, 360), (1280, 720))
    """
    most = min(whole // part for whole, part in zip(picture_px, shown_px, strict=True))
    common = math.gcd(*picture_px)
    step = max((n for n in range(1, most + 1) if common % n == 0), default=1)
    return picture_px[0] // step, picture_px[1] // step


def _glfw() -> Any:
    import glfw

    glfw.ERROR_REPORTING = "ignore"  # what goes wrong is said in our errors
    return glfw


def _reason(glfw: Any) -> str:
    """Say why GLFW could not, in its own words."""
    _, text = glfw.get_error()
    return text.decode(errors="replace") if text else "there is no desktop here"
