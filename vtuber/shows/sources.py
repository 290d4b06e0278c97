"""What a user calls an input in, the plugin that reads it out. Nothing is opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from vtuber import plugins

if TYPE_CHECKING:
    from vtuber.settings import CameraSettings

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp"})
CARD = "card"


def footage(text: str) -> plugins.Plugin:
    """Read `FILE[:options]`: a clip, or a picture, shown on and on; or `card`, the test card.

    A file whose name looks like options, or is the card's, is found as it is. Raises UserError for
    options that do not exist.
    """
    path, colon, options = text.rpartition(":")
    if not colon or "=" not in options or os.path.exists(text):
        path, options = text, ""
    if path == CARD and not os.path.exists(path):
        return plugins.parse("capture", f"card:{options}")
    kind = "still" if Path(path).suffix.lower() in PICTURES else "video"
    if not options:
        return plugins.with_options("capture", kind, path=path)
    return plugins.parse("capture", f"{kind}:path={path},{options}")


def camera(settings: CameraSettings, device: str) -> plugins.Plugin:
    """Choose a camera, to be asked for what the settings say."""
    asked = {name: getattr(settings, name) for name in ("width", "height", "fps", "fourcc")}
    return plugins.with_options("capture", "camera", device=device, **asked)
