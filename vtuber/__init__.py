"""A real-time virtual-streamer engine: webcam in, drawn avatar out, on a plain CPU.

    import vtuber
    picture = vtuber.still("default", {"headYaw": 20.0}, (720, 720))
    with vtuber.Engine("default", (720, 720)) as engine:
        engine.do("expression joy over 0.5")
        engine.wait(1.0)
        rgba = engine.rgba()

The names below load when they are used, so that `import vtuber` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vtuber.animate.performer import Behaviour as Behaviour
    from vtuber.avatar.avatar import Avatar as Avatar
    from vtuber.avatar.bundle import load as load_avatar  # noqa: F401
    from vtuber.core.command import parse_command as parse_command
    from vtuber.core.errors import DeviceLost as DeviceLost
    from vtuber.core.errors import UserError as UserError
    from vtuber.core.face import Face as Face
    from vtuber.core.picture import Picture as Picture
    from vtuber.core.pose import Pose as Pose
    from vtuber.core.scene import Placement as Placement
    from vtuber.runtime.clock import ManualClock as ManualClock
    from vtuber.runtime.clock import SystemClock as SystemClock
    from vtuber.script.statements import Script as Script
    from vtuber.shows.faces.track import track_faces as track_faces
    from vtuber.shows.film.perform import perform as perform
    from vtuber.shows.plays.scripted import Engine as Engine
    from vtuber.shows.still import still as still

__version__ = "0.1.0"

_HOMES = {
    "Engine": "vtuber.shows.plays.scripted:Engine",
    "ManualClock": "vtuber.runtime.clock:ManualClock",
    "SystemClock": "vtuber.runtime.clock:SystemClock",
    "Behaviour": "vtuber.animate.performer:Behaviour",
    "Placement": "vtuber.core.scene:Placement",
    "parse_command": "vtuber.core.command:parse_command",
    "Avatar": "vtuber.avatar.avatar:Avatar",
    "load_avatar": "vtuber.avatar.bundle:load",
    "UserError": "vtuber.core.errors:UserError",
    "DeviceLost": "vtuber.core.errors:DeviceLost",
    "Picture": "vtuber.core.picture:Picture",
    "Pose": "vtuber.core.pose:Pose",
    "still": "vtuber.shows.still:still",
    "track_faces": "vtuber.shows.faces.track:track_faces",  # vtuber.track is a room
    "Face": "vtuber.core.face:Face",
    "Script": "vtuber.script.statements:Script",
    "perform": "vtuber.shows.film.perform:perform",
}
__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"vtuber has no {name!r}; it has: {', '.join(_HOMES)}")
    module, _, attribute = _HOMES[name].partition(":")
    return getattr(import_module(module), attribute)
