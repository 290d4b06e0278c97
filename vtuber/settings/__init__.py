"""One TOML file and the flags in, one frozen Settings out: checked before any device opens.

avatar = "default"            # a name, or a path
size = "1280x720"
fps = "auto"                  # 60, or 30 where the machine cannot hold 60; or a number
outputs = ["web", "virtualcam:background=#00ff00"]
[camera]
device = "auto"               # "0", "/dev/video2", a URL; auto: the first there is
[view]
zoom = 1.2
[look]
outline = "white"
[filter.head]
cutoff_hz = 0.5
[lost_groups]
mouth = "rest"
[keys]
j = "expression joy"
[hotkeys]
"ctrl+alt+h" = "hide"
[obs.scenes]
"Just chatting" = "expression joy"
"""

from vtuber.settings.file import SettingsFile, default_path, load, profile_path
from vtuber.settings.tables import (
    LARGEST_PX,
    SMALLEST_PX,
    CameraSettings,
    Checks,
    ConductSettings,
    FilterSettings,
    ItemSettings,
    LookSettings,
    ObsSettings,
    SecondSettings,
    Settings,
    ViewSettings,
    VoiceSettings,
)

__all__ = [
    "LARGEST_PX", "LIVE", "SMALLEST_PX", "CameraSettings", "Checks", "ConductSettings",
    "FilterSettings", "ItemSettings", "LookSettings", "ObsSettings", "SecondSettings", "Settings",
    "SettingsFile", "ViewSettings", "VoiceSettings", "default_path", "load", "profile_path",
]  # fmt: skip

# What a running show takes from a file that changed; the rest waits for the next start.
LIVE = frozenset(
    {
        "avatar", "background", "conduct", "filter", "head_gain", "hotkeys", "item", "keys",
        "linked_blink", "look", "lost", "lost_groups", "mirror", "mouth", "obs", "physics",
        "predict", "second", "smoothing", "view",
    }
)  # fmt: skip
