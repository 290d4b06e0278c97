"""Takes an OpenGL context away from under its renderer, as the reset of a graphics card does."""

from __future__ import annotations

import ctypes
from typing import Any


def lose(context: Any) -> None:
    """Destroy a moderngl context of EGL behind its back, with all that was on it. Linux only."""
    egl = ctypes.CDLL("libEGL.so.1")
    for name in ("eglGetCurrentDisplay", "eglGetCurrentContext"):
        getattr(egl, name).restype = ctypes.c_void_p
    egl.eglDestroyContext.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    with context:
        display, itself = egl.eglGetCurrentDisplay(), egl.eglGetCurrentContext()
    assert egl.eglDestroyContext(display, itself), "EGL does not know it"
