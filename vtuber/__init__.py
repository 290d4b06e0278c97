"""A real-time virtual-streamer engine: webcam in, drawn avatar out, on a plain CPU.

    import vtuber
    picture = vtuber.still("default", {"headYaw": 20.0}, (720, 720))

The names below load when they are used, so that `import vtuber` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vtuber.avatar.avatar import Avatar as Avatar
    from vtuber.avatar.bundle import load as load_avatar  # noqa: F401
    from vtuber.core.errors import UserError as UserError
    from vtuber.core.picture import Picture as Picture
    from vtuber.core.pose import Pose as Pose
    from vtuber.shows.still import still as still
    from vtuber.shows.track import track as track_faces  # noqa: F401
    from vtuber.stage import Stage as Stage

__version__ = "0.1.0"

_HOMES = {
    "Avatar": "vtuber.avatar.avatar:Avatar",
    "load_avatar": "vtuber.avatar.bundle:load",
    "UserError": "vtuber.core.errors:UserError",
    "Picture": "vtuber.core.picture:Picture",
    "Pose": "vtuber.core.pose:Pose",
    "still": "vtuber.shows.still:still",
    "track_faces": "vtuber.shows.track:track",  # vtuber.track is a room
    "Stage": "vtuber.stage:Stage",
}
__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"vtuber has no {name!r}; it has: {', '.join(_HOMES)}")
    module, _, attribute = _HOMES[name].partition(":")
    return getattr(import_module(module), attribute)
