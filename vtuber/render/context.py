"""Opens OpenGL without a window, and holds the law of OpenGL and the GIL (`finish`).

The one file of this room that imports moderngl at will; it does so in `open_context`.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from vtuber.core.errors import UserError

if TYPE_CHECKING:
    import moderngl

# The default on Linux is X11, which needs a display.
_SETTINGS: dict[str, Any] = {"backend": "egl"} if sys.platform.startswith("linux") else {}
_MEND = {
    "linux": "install the drivers (Debian, Ubuntu: "
    "`sudo apt install libegl1 libegl-mesa0 libgl1 libgl1-mesa-dri`)",
    "win32": "install the graphics driver of the card's maker, which has OpenGL 3.3",
    "darwin": "run it inside a desktop session: macOS gives OpenGL to no other",
}
_SOFTWARE = ("llvmpipe", "softpipe", "SWR")
_LIBRARIES = {
    "linux": ("libOpenGL.so.0", "libGL.so.1"),
    "win32": ("opengl32",),
    "darwin": ("/System/Library/Frameworks/OpenGL.framework/OpenGL",),
}


def open_context() -> moderngl.Context:
    """Open an OpenGL 3.3 core context that needs no window and, on Linux, no display.

    It belongs to the thread that opens it. Raises UserError with the commands that mend it.
    """
    import moderngl

    try:
        context = moderngl.create_context(standalone=True, require=330, **_SETTINGS)
    except Exception as error:  # glcontext raises nothing finer
        mend = _MEND.get(sys.platform, _MEND["linux"])
        raise UserError(f"cannot open OpenGL 3.3 ({error}); {mend}") from error
    context.extra = renderer_name(context).startswith(_SOFTWARE)  # asked for many times a picture
    return context


def renderer_name(context: moderngl.Context) -> str:
    """Name what draws: "llvmpipe (LLVM 15.0.6, 256 bits)", or a graphics card."""
    return str(context.info["GL_RENDERER"])


def let_go(context: moderngl.Context) -> None:
    """Wait for what is drawn so far, without the GIL, where the processor draws; else do nothing.

    LAW: call this before drawing on another surface, and before reading one that was drawn on.
    llvmpipe rasters when it is told to do either, and waits for the end of it inside the call
    (Mesa 22: `lp_setup_rasterize_scene`), which moderngl makes with the GIL held: of the default
    avatar at 720p nearly all was drawn like that, not under `finish`, and a thread woke 12 ms late
    (p95). It waits no longer for being asked before. A card works on beside us, and is not asked.
    """
    if context.extra:
        finish()


def finish() -> None:
    """Wait until everything is drawn, while the other threads of this program run.

    LAW: call this before anything that reads pixels back. moderngl holds the GIL while llvmpipe
    rasters (twelve layers at 720p: other threads woke 17 to 50 ms late, `Context.finish()` the
    same); a call through ctypes lets it go (median lateness 0.07 ms, p95 0.3 to 0.8).
    """
    _gl().glFinish()


def is_lost(texture: int) -> bool:
    """Tell whether OpenGL has let go of the current context, and of a texture that it had.

    It may when a card or its driver is reset. GL_CONTEXT_LOST would say so outright, but only to a
    context that was made with LOSE_CONTEXT_ON_RESET (OpenGL 4.6, 2.3.2), which glcontext cannot
    ask for. 2 us.
    """
    return not _gl().glIsTexture(texture)


@cache
def _gl() -> ctypes.CDLL:
    names = _LIBRARIES.get(sys.platform, _LIBRARIES["linux"])
    for name in names:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        library.glFinish.restype, library.glFinish.argtypes = None, []
        library.glIsTexture.restype = ctypes.c_ubyte  # GLboolean
        library.glIsTexture.argtypes = [ctypes.c_uint]
        return library
    raise UserError(f"no OpenGL library ({' or '.join(names)}); {_MEND['linux']}")
