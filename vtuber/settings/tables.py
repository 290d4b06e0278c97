"""The tables of settings: what each may be, and what it is when nobody says. Imports pydantic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from vtuber.animate.lost import Policy
from vtuber.animate.smooth import KNOBS, GroupName
from vtuber.control.hotkeys import check_hotkeys
from vtuber.control.keys import KEYS, NAMED_KEYS
from vtuber.control.obs_follow import check_scenes
from vtuber.core.colour import parse_colour
from vtuber.core.command import parse_command
from vtuber.core.errors import UserError
from vtuber.core.item import Pin
from vtuber.core.look import BRIGHTEST, SOFTEST_SHADOW, WIDEST_OUTLINE
from vtuber.core.ranges import FIELD_OF_VIEW_DEG, SMOOTHING, Range
from vtuber.core.speech import MouthFrom
from vtuber.voice.styles import SPEEDS, style_called
from vtuber.warp.warpers import DEFAULT as DEFAULT_WARPER
from vtuber.warp.warpers import WarperName

PROFILE = r"^[A-Za-z0-9_-]{0,64}$"
SMALLEST_PX, LARGEST_PX = 64, 4096

Size = tuple[int, int]  # width, height in px
# What only other rooms know, by setting: each raises UserError for a value that cannot be.
Checks = Mapping[str, Callable[[Any], object]]


class RefusedError(ValueError):
    """What a check said: whole sentences, which hold the value."""


def _checked(name: str, value: Any, info: ValidationInfo) -> Any:
    """Put a value to the check that was handed in for its setting, if one was."""
    check = (info.context or {}).get(name)
    try:
        if check is not None:
            check(value)
    except UserError as error:
        raise RefusedError(str(error)) from error
    return value


class Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _within(range: Range) -> Any:
    return Field(range.default, ge=range.low, le=range.high)


def _knob(name: str) -> Any:
    low, high = KNOBS[name]
    return Field(None, ge=low, le=high)


class CameraSettings(Table):
    """What to ask of the camera."""

    device: str = "auto"
    width: int = Field(640, ge=16, le=8192)
    height: int = Field(480, ge=16, le=8192)
    fps: float = Field(30.0, ge=1, le=1000)
    fourcc: str = "MJPG"
    field_of_view_deg: float = _within(FIELD_OF_VIEW_DEG)

    @field_validator("device", mode="before")
    @classmethod
    def _numbers_are_devices(cls, value: object) -> object:
        return str(value) if type(value) is int else value

    @field_validator("device", "fourcc")
    @classmethod
    def _can_be(cls, value: str, info: ValidationInfo) -> Any:
        return _checked(f"camera.{info.field_name}", value, info)


class FilterSettings(Table):
    """How one group of measured values is filtered; None is as measured best (`animate/smooth`)."""

    cutoff_hz: float | None = _knob("cutoff_hz")  # at rest: lower is calmer
    beta: float | None = _knob("beta")  # what motion adds to it: more is sooner
    quiet: float | None = _knob("quiet")  # units per second that count as rest
    speed_hz: float | None = _knob("speed_hz")
    reach: float | None = _knob("reach")  # units: further behind no value stays


class ViewSettings(Table):
    """Where the avatar stands: shifts in picture heights, + = right and up."""

    x: float = Field(0.0, ge=-2, le=2)
    y: float = Field(0.0, ge=-2, le=2)
    zoom: float = Field(1.0, ge=0.1, le=10)
    rotation_deg: float = Field(0.0, ge=-360, le=360)


class LookSettings(Table):
    """How the avatar is finished; lengths in picture heights."""

    tint: str = "#ffffff"
    brightness: float = Field(1.0, ge=0, le=BRIGHTEST)
    outline: str = "off"  # or its colour
    outline_width: float = Field(0.006, gt=0, le=WIDEST_OUTLINE)
    shadow: bool = False
    shadow_x: float = Field(0.012, ge=-0.5, le=0.5)  # + = right
    shadow_y: float = Field(-0.012, ge=-0.5, le=0.5)  # + = up
    shadow_blur: float = Field(0.01, ge=0, le=SOFTEST_SHADOW)
    shadow_colour: str = "#000000"
    shadow_opacity: float = Field(0.5, gt=0, le=1)

    @field_validator("tint", "outline", "shadow_colour")
    @classmethod
    def _colours(cls, value: str, info: ValidationInfo) -> str:
        if (info.field_name, value) != ("outline", "off"):
            try:
                parse_colour(value)
            except UserError as error:
                raise RefusedError(str(error)) from error
        return value


class ItemSettings(Table):
    """A picture of the user's own and where it is; x and y + = right and up."""

    file: str = ""  # a path, or a name in the folder of items; "": the item's own name
    at: Pin = "hand"
    x: float = Field(0.0, ge=-2, le=2)  # widths of the face; on the canvas picture heights
    y: float = Field(0.0, ge=-2, le=2)
    zoom: float | None = Field(None, ge=0.1, le=10)  # 1: as long as such a unit; None: as suits
    rotation_deg: float = Field(0.0, ge=-360, le=360)
    behind: bool = False
    shown: bool = True


class VoiceSettings(Table):
    """Who speaks, how, and where it is heard."""

    engine: str = ""  # as --voice; "": the bundled one, which starts with the first line
    speaker: str = "default"  # or silent, mic, a device's name
    style: str = ""  # of lines that name none
    speed: float = Field(1.0, ge=SPEEDS[0], le=SPEEDS[1])
    lost: Literal["again", "drop"] = "again"  # the line that was said when the voice died
    most_waiting: int = Field(32, ge=1, le=1000)  # lines
    oldest_s: float = Field(60.0, gt=0, le=3600)  # then a line that waits is left out
    # how much longer pictures take than sound: the sound waits; below 0 the mouth waits
    av_offset_ms: float = Field(0.0, ge=-500, le=500)

    @field_validator("engine")
    @classmethod
    def _can_be(cls, value: str, info: ValidationInfo) -> Any:
        return _checked(f"voice.{info.field_name}", value, info)

    @field_validator("style")
    @classmethod
    def _styles(cls, value: str) -> str:
        try:
            style_called(value)
        except UserError as error:
            raise RefusedError(str(error)) from error
        return value


class ConductSettings(Table):
    """What lines pass before they are spoken."""

    file: str = ""  # of rules; "": none
    policy: Literal["", "block", "bleep", "replace"] = ""  # of rules that name none; "": the file's
    log_words: bool = True  # what was blocked or bleeped is told in clear; else only by which rule


class ObsSettings(Table):
    """What a show has to do with OBS; its password is OBS's own or VTUBER_OBS_PASSWORD."""

    on: bool = False  # wake our Media Source when OBS has given it up; scenes imply it
    host: str = ""  # "", 0: as OBS's own file on this machine says
    port: int = Field(0, ge=0, le=65535)
    scenes: Mapping[str, str] = {}  # scene: the command that it stands for; "*": any other

    @field_validator("scenes")
    @classmethod
    def _commands(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        try:
            check_scenes(value)
        except UserError as error:
            raise RefusedError(str(error)) from error
        return value


class ControlSettings(Table):
    """What reaches into a running show from outside."""

    page: bool = True  # the control page
    socket: bool = True  # `vtuber do`
    host: str = "127.0.0.1"  # that the page listens on; 0.0.0.0: for your whole network


class SecondSettings(Table):
    """The second performer of a show with two; what is not said here is as for the first."""

    avatar: str = "juno"
    profile: str = Field("second", pattern=PROFILE)
    view: ViewSettings = ViewSettings()

    @field_validator("avatar")
    @classmethod
    def _can_be(cls, value: str, info: ValidationInfo) -> Any:
        return _checked("avatar", value, info)


class Settings(Table):
    """Everything that a show can be told before it starts."""

    avatar: str = "default"
    size: Size = (1280, 720)
    fps: float | Literal["auto"] = "auto"
    mirror: bool = True
    # under which a camera's show keeps what it learns of a face; "": it forgets
    profile: str = Field("default", pattern=PROFILE)
    faces: Literal[1, 2] = 1  # who perform in one camera's picture
    tracker: str = "mediapipe"  # who finds them
    smoothing: float = _within(SMOOTHING)
    head_gain: float = Field(1.3, ge=0, le=3)  # degrees of the avatar's head per degree of yours
    linked_blink: bool = False  # both lids as one: no winks, and none by mistake
    mouth: MouthFrom = "sound"  # what moves it while there is sound
    microphone: str = ""  # that moves the mouth: default, or a device's name; "": none
    physics: float = Field(1.0, ge=0, le=2)  # how far hair and cloth swing; 0: not at all
    warper: WarperName = DEFAULT_WARPER  # what moves the avatar's vertices
    predict: bool = True  # lead the head to the time at which it is seen
    lost: Literal["idle", "hold", "rest", "hide"] = "idle"
    lost_groups: Mapping[GroupName, Policy] = {}  # instead of `lost`
    filter: Mapping[GroupName, FilterSettings] = {}
    seed: int = 0
    background: str = "transparent"  # or a colour, a picture's or a video's path
    outputs: tuple[str, ...] | None = None  # None: the web page, OBS, a virtual camera if any
    camera: CameraSettings = CameraSettings()
    view: ViewSettings = ViewSettings()
    second: SecondSettings = SecondSettings()
    look: LookSettings = LookSettings()
    item: Mapping[str, ItemSettings] = {}
    voice: VoiceSettings = VoiceSettings()
    conduct: ConductSettings = ConductSettings()
    keys: Mapping[str, str] = {}
    hotkeys: Mapping[str, str] = {}  # keys that are heard whoever has the focus
    obs: ObsSettings = ObsSettings()
    control: ControlSettings = ControlSettings()

    @field_validator("size", mode="before")
    @classmethod
    def _size(cls, value: object) -> object:
        words = value.lower().split("x") if isinstance(value, str) else value
        try:
            size = tuple(int(word) for word in words)  # type: ignore[attr-defined]
        except (TypeError, ValueError):
            size = ()
        if len(size) != 2 or not all(SMALLEST_PX <= px <= LARGEST_PX for px in size):
            span = f"{SMALLEST_PX} to {LARGEST_PX} px a side"
            raise ValueError(f"give WIDTHxHEIGHT such as 1280x720, {span}")
        return size

    @field_validator("fps", mode="before")
    @classmethod
    def _fps(cls, value: object) -> object:
        if value == "auto":
            return value
        try:
            fps = 0.0 if isinstance(value, bool) else float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            fps = 0.0
        if not 1 <= fps <= 240:
            raise ValueError("give auto, or 1 to 240")
        return fps

    @field_validator("avatar", "background", "outputs", "item", "tracker", "conduct")
    @classmethod
    def _can_be(cls, value: Any, info: ValidationInfo) -> Any:
        return _checked(str(info.field_name), value, info)

    @field_validator("keys")
    @classmethod
    def _keys(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        faults = []
        for key, text in value.items():
            if len(key) != 1 and key not in NAMED_KEYS:
                faults.append(f"no key {key!r}; give one character, or {', '.join(NAMED_KEYS)}")
            try:
                parse_command(text)
            except UserError as error:
                faults.append(f"key {key}: {error}")
        if faults:
            raise ValueError("; ".join(faults))
        return value

    @field_validator("hotkeys")
    @classmethod
    def _hotkeys(cls, value: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
        try:
            check_hotkeys(value, {**KEYS, **info.data.get("keys", {})})
        except UserError as error:
            raise RefusedError(str(error)) from error
        return value
