"""What OBS should have for us, and what is missing: sources in, changes out, each done on request.

LAW: what belongs to the user stays: where a source stands, whether it is visible, what it is
called, in which other scenes it is. Only what a source needs in order to show us is put right; so
a second run finds nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vtuber.control.obs import IS_THERE, Asks, ObsRefused
from vtuber.core.errors import UserError

Settings = Mapping[str, Any]
MEDIA, BROWSER, WEBCAM = "ffmpeg_source", "browser_source", "v4l2_input"
TITLES = {MEDIA: "Media Source", BROWSER: "Browser Source", WEBCAM: "Video Capture Device"}
WHERE = {MEDIA: "input", BROWSER: "url", WEBCAM: "device_id"}  # the setting that says whence
KEY = "vtuber green screen"
OBS_DELAY_S, LONGEST_DELAY_S = 10, 2  # between two tries to connect: OBS's own, and bearable
LOOK_AGAIN_S = 0.4  # between two looks at how far a stream has come: twelve pictures
LOOKS = 4  # after which one that has not moved has given up
PLAYING = "OBS_MEDIA_STATE_PLAYING"


@dataclass(frozen=True, slots=True)
class ObsSource:
    """One source that shows us."""

    name: str  # for OBS, which knows one input of a name
    kind: str
    needed: Settings  # put right whenever they differ
    at_first: Settings = field(default_factory=dict)  # the user may change these
    is_shown: bool = True  # at first
    key_colour: tuple[int, int, int] | None = None  # that is made transparent

    @property
    def title(self) -> str:
        return TITLES[self.kind]

    @property
    def address(self) -> str:
        return str(self.needed[WHERE[self.kind]])


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that OBS is told: its words, and the doing."""

    text: str
    do: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be changed, and what cannot be."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A source of ours as OBS has it."""

    name: str
    wrong: Mapping[str, tuple[Any, Any]]  # setting: what it is, what it should be


def plan(
    obs: Asks,
    scene: str,
    sources: tuple[ObsSource, ...],
    is_sending: bool,
    rest: Callable[[float], None],
) -> Plan:
    """Say what is to be done; nothing is changed yet.

    `is_sending`: a show runs, so a Media Source that gets nothing, in several looks with a `rest`
    between them, has given up. Raises UserError for a name that is taken.
    """
    changes: list[Change] = []
    notes: list[str] = []
    inputs = inputs_of(obs)
    has_scene = scene in scenes_of(obs)
    if not has_scene:
        if scene in inputs:
            raise UserError(f'"{scene}" is a source in OBS; name another scene with --scene')
        changes.append(Change(f'new scene "{scene}"', lambda: _make_scene(obs, scene)))
    there = names_in(obs, scene) if has_scene else set()
    kinds = obs.ask("GetInputKindList")["inputKinds"]
    for source in sources:
        if source.kind not in kinds:
            notes.append(f"this OBS has no {source.title}")
            continue
        found = find(obs, source, inputs)
        if found is None:
            changes.append(_new(obs, scene, source, inputs))
            continue
        changes += _mended(obs, found)
        if found.name not in there:
            changes.append(_put(obs, scene, source, found.name))
        if source.kind == MEDIA and is_sending and not found.wrong:
            changes += _woken(obs, found.name, rest)
    return Plan(tuple(changes), tuple(notes))


def scenes_of(obs: Asks) -> list[str]:
    """List the scenes, the uppermost first."""
    return [str(one["sceneName"]) for one in reversed(obs.ask("GetSceneList")["scenes"])]


def inputs_of(obs: Asks) -> dict[str, str]:
    """List all inputs by name, each with its kind."""
    return {str(i["inputName"]): str(i["inputKind"]) for i in obs.ask("GetInputList")["inputs"]}


def names_in(obs: Asks, scene: str) -> set[str]:
    """List what is in a scene, also in its groups."""
    names: set[str] = set()
    for item in obs.ask("GetSceneItemList", sceneName=scene)["sceneItems"]:
        names.add(item["sourceName"])
        if item["isGroup"]:
            group = obs.ask("GetGroupSceneItemList", sceneName=item["sourceName"])
            names |= {inner["sourceName"] for inner in group["sceneItems"]}
    return names


def find(obs: Asks, source: ObsSource, inputs: Mapping[str, str]) -> Found | None:
    """Find a source by its name, or, where the user gave it another one, by what it shows."""
    alike = [name for name, kind in inputs.items() if kind == source.kind]
    defaults = obs.ask("GetInputDefaultSettings", inputKind=source.kind)["defaultInputSettings"]
    for name in sorted(alike, key=lambda name: name != source.name):
        try:
            has = obs.ask("GetInputSettings", inputName=name)["inputSettings"]
        except ObsRefused:  # it was just removed, and OBS lists it until it has let go of it
            continue
        if name == source.name or has.get(WHERE[source.kind]) == source.address:
            wrong = {
                key: (is_now, wanted)
                for key, wanted in source.needed.items()
                if not _is_same(is_now := has.get(key, defaults.get(key)), wanted)
            }
            return Found(name, wrong)
    return None


def position(obs: Asks, name: str) -> int | None:
    """Say how far a Media Source has come; what gets nothing stays where it is.

    None for one that needs no help, or that nobody could help. OBS 29 calls a source `ended` that
    waits for its next try, and `playing`, at 0, one that has given up. One that restarts with its
    scene is not connected before; and while one waits for a longer delay to be over, OBS would
    answer nobody.
    """
    has = obs.ask("GetInputSettings", inputName=name)["inputSettings"]
    is_shown = obs.ask("GetSourceActive", sourceName=name)["videoActive"]
    is_idle = has.get("restart_on_activate", True) and not is_shown
    if is_idle or has.get("reconnect_delay_sec", OBS_DELAY_S) > LONGEST_DELAY_S:
        return None
    status = obs.ask("GetMediaInputStatus", inputName=name)
    return status["mediaCursor"] or 0 if status["mediaState"] == PLAYING else None


def wake(obs: Asks, name: str) -> None:
    """Make a Media Source connect anew.

    OBS 29 gave up in 11 of 21 cases when its sender was away for 6 s. RESTART did not help; setting
    what is set already did, each time.
    """
    obs.ask("SetInputSettings", inputName=name, inputSettings={}, overlay=True)


def _is_same(is_now: Any, wanted: Any) -> bool:
    """Compare as OBS does, to which a missing setting is "", 0 or false."""
    return bool(is_now == wanted or (is_now is None and not wanted))


def _make_scene(obs: Asks, scene: str) -> None:
    try:
        obs.ask("CreateScene", sceneName=scene)
    except ObsRefused as error:
        if error.code != IS_THERE:
            raise
        raise UserError(f'"{scene}" is no scene in OBS; name another one with --scene') from error


def _new(obs: Asks, scene: str, source: ObsSource, inputs: Mapping[str, str]) -> Change:
    if inputs.get(source.name, source.kind) != source.kind:
        raise UserError(
            f'OBS has a source "{source.name}" of another kind; rename it in OBS, then try again'
        )

    def make() -> None:
        made = obs.ask(
            "CreateInput",
            sceneName=scene,
            inputName=source.name,
            inputKind=source.kind,
            inputSettings={**source.at_first, **source.needed},
            sceneItemEnabled=source.is_shown,
        )
        _fill(obs, scene, made["sceneItemId"])
        if source.key_colour is not None:
            red, green, blue = source.key_colour
            obs.ask(
                "CreateSourceFilter",
                sourceName=source.name,
                filterName=KEY,
                filterKind="chroma_key_filter_v2",
                filterSettings={
                    "key_color_type": "custom",
                    "key_color": red | green << 8 | blue << 16,
                },
            )

    hidden = "" if source.is_shown else ", hidden"
    return Change(f'new {source.title} "{source.name}" ({source.address}{hidden})', make)


def _fill(obs: Asks, scene: str, item: int) -> None:
    """Let a new item fill the canvas, whatever the size of its pictures."""
    canvas = obs.ask("GetVideoSettings")
    obs.ask(
        "SetSceneItemTransform",
        sceneName=scene,
        sceneItemId=item,
        sceneItemTransform={
            "boundsType": "OBS_BOUNDS_SCALE_INNER",
            "boundsWidth": float(canvas["baseWidth"]),
            "boundsHeight": float(canvas["baseHeight"]),
        },
    )


def _mended(obs: Asks, found: Found) -> list[Change]:
    if not found.wrong:
        return []
    words = ", ".join(
        f"{key} = {_text(want)} (was {_text(was)})" for key, (was, want) in found.wrong.items()
    )
    right = {key: want for key, (_, want) in found.wrong.items()}
    return [
        Change(
            f'"{found.name}": {words}',
            lambda: obs.ask(
                "SetInputSettings", inputName=found.name, inputSettings=right, overlay=True
            ),
        )
    ]


def _text(value: Any) -> str:
    if value in (None, ""):
        return "nothing"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _put(obs: Asks, scene: str, source: ObsSource, name: str) -> Change:
    def put() -> None:
        made = obs.ask(
            "CreateSceneItem", sceneName=scene, sourceName=name, sceneItemEnabled=source.is_shown
        )
        _fill(obs, scene, made["sceneItemId"])

    return Change(f'"{name}" put into the scene "{scene}"', put)


def _woken(obs: Asks, name: str, rest: Callable[[float], None]) -> list[Change]:
    before = position(obs, name)
    for _ in range(LOOKS):  # one that has just connected shows nothing yet, and must not be woken
        if before is None:
            return []
        rest(LOOK_AGAIN_S)
        if position(obs, name) != before:
            return []
    return [Change(f'"{name}" woken: it showed nothing of the show', lambda: wake(obs, name))]
