"""What OBS shows of us: OBS asked, a status with what would help out. Changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vtuber.control.obs import Asks, ObsRefused
from vtuber.control.obs_scene import (
    LOOK_AGAIN_S,
    MEDIA,
    PLAYING,
    ObsSource,
    find,
    inputs_of,
    names_in,
    scenes_of,
)

LATE_SHARE = 0.01  # of OBS's own pictures that may be late unnoticed


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source of ours."""

    title: str
    name: str
    address: str
    is_there: bool
    is_in_scene: bool = False
    is_shown: bool = False  # its eye in the scene is open
    is_live: bool = False  # in what OBS sends
    wrong: tuple[str, ...] = ()  # settings that `vtuber obs setup` would put right
    state: str = ""  # of a Media Source: "receives", "stalls" or "waits"
    size_px: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class ObsStatus:
    """OBS, its scene of ours, and the sources in it."""

    version: str
    fps: float  # that it draws now
    fps_wanted: float
    size_px: tuple[int, int]
    late_share: float  # of the pictures that it drew
    program_scene: str
    scene: str
    has_scene: bool
    is_streaming: bool
    is_recording: bool
    sources: tuple[SourceStatus, ...]


def look(
    obs: Asks, scene: str, sources: tuple[ObsSource, ...], rest: Callable[[float], None]
) -> ObsStatus:
    """Ask OBS for everything; `rest` waits for so many seconds."""
    stats, video = obs.ask("GetStats"), obs.ask("GetVideoSettings")
    has_scene = scene in scenes_of(obs)
    kinds = obs.ask("GetInputKindList")["inputKinds"]
    known = tuple(source for source in sources if source.kind in kinds)
    return ObsStatus(
        version=obs.ask("GetVersion")["obsVersion"],
        fps=round(stats["activeFps"], 1),
        fps_wanted=round(video["fpsNumerator"] / video["fpsDenominator"], 2),
        size_px=(video["baseWidth"], video["baseHeight"]),
        late_share=stats["renderSkippedFrames"] / max(stats["renderTotalFrames"], 1),
        program_scene=obs.ask("GetCurrentProgramScene")["currentProgramSceneName"],
        scene=scene,
        has_scene=has_scene,
        is_streaming=obs.ask("GetStreamStatus")["outputActive"],
        is_recording=obs.ask("GetRecordStatus")["outputActive"],
        sources=tuple(_source(obs, scene, has_scene, source, rest) for source in known),
    )


def _source(
    obs: Asks, scene: str, has_scene: bool, source: ObsSource, rest: Callable[[float], None]
) -> SourceStatus:
    found = find(obs, source, inputs_of(obs))
    if found is None:
        return SourceStatus(source.title, source.name, source.address, is_there=False)
    item = _item(obs, scene, found.name) if has_scene else None
    place = item["sceneItemTransform"] if item else {}
    return SourceStatus(
        source.title,
        found.name,
        source.address,
        is_there=True,
        is_in_scene=has_scene and found.name in names_in(obs, scene),
        is_shown=bool(item and item["sceneItemEnabled"]),
        is_live=obs.ask("GetSourceActive", sourceName=found.name)["videoActive"],
        wrong=tuple(found.wrong),
        state=_state(obs, found.name, rest) if source.kind == MEDIA else "",
        size_px=(round(place.get("sourceWidth", 0)), round(place.get("sourceHeight", 0))),
    )


def _item(obs: Asks, scene: str, name: str) -> dict[str, Any] | None:
    """Find the item of a source; None for one that is in a group, whose eye is another."""
    items = obs.ask("GetSceneItemList", sceneName=scene)["sceneItems"]
    return next((item for item in items if item["sourceName"] == name), None)


def _state(obs: Asks, name: str, rest: Callable[[float], None]) -> str:
    """Look twice: what receives has come further meanwhile."""
    try:
        before = obs.ask("GetMediaInputStatus", inputName=name)
        rest(LOOK_AGAIN_S)
        after = obs.ask("GetMediaInputStatus", inputName=name)
    except ObsRefused:  # removed meanwhile
        return "waits"
    if after["mediaState"] != PLAYING or not after["mediaCursor"]:
        return "waits"
    return "receives" if after["mediaCursor"] != before["mediaCursor"] else "stalls"


def advice(status: ObsStatus, is_sending: bool, fps: float, start: str) -> list[str]:
    """Say what would help, the most urgent first.

    `is_sending`: a show runs, with `fps`; `start` is the command that starts one.
    """
    found: list[str] = []
    is_set_up = status.has_scene and all(
        s.is_there and s.is_in_scene and not s.wrong for s in status.sources
    )
    if not is_set_up:
        found.append("run `vtuber obs setup`: something is missing or set otherwise")
    if not is_sending:
        found.append(f"no show sends to OBS: `{start}`")
    found += [
        f'"{source.name}" gets nothing: `vtuber obs setup` wakes it'
        for source in status.sources
        if source.state in ("waits", "stalls") and is_sending and is_set_up
    ]
    if is_set_up and not any(s.is_shown for s in status.sources):
        found.append(f'all our sources are hidden in the scene "{status.scene}": open an eye there')
    elif is_set_up and not any(s.is_live for s in status.sources):
        found.append(f'OBS shows "{status.program_scene}": choose the scene "{status.scene}"')
    if sum(s.is_shown for s in status.sources) > 1:
        found.append("more than one of our sources is visible: the avatar is drawn twice")
    if status.fps_wanted < fps:
        found.append(f"OBS draws {status.fps_wanted:g} pictures a second, the show sends {fps:g}")
    if status.late_share > LATE_SHARE:
        found.append(
            f"OBS is late with {status.late_share:.0%} of its pictures: give it less to do"
        )
    return found
