"""`vtuber obs`: a scene in OBS that shows the avatar, and what OBS makes of it."""

from __future__ import annotations

import argparse
import dataclasses
import getpass
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vtuber.control.obs import Obs
    from vtuber.control.obs_status import ObsStatus, SourceStatus
    from vtuber.shows.live.obs import Studio

ASK = object()  # `--password` without one
FINISH = "now choose the scene {scene} in OBS, and start the show: {start}"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "OBS 28 or newer, with Tools, WebSocket Server Settings, Enable WebSocket server. For an "
        "OBS on this machine port and password are found; else VTUBER_OBS_PASSWORD has it."
    )
    verbs = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    made = {
        name: verbs.add_parser(name, help=text, description=text) for name, text in VERBS.items()
    }
    for verb in made.values():
        verb.add_argument("--scene", default="", metavar="NAME", help="default: vtuber")
        verb.add_argument("--host", default="", help="default: 127.0.0.1")
        verb.add_argument("--port", type=_port, default=0, help="default: OBS's own, or 4455")
        verb.add_argument(
            "--password", nargs="?", const=ASK, metavar="WORD", help="asks for it without a WORD"
        )
        verb.add_argument("--settings", type=Path, metavar="FILE", help="a settings file (TOML)")
    made["setup"].add_argument(
        "--dry-run", action="store_true", help="only say what would be changed"
    )
    made["status"].add_argument("--json", action="store_true", help="print one JSON object")


VERBS = {
    "setup": "Make or mend a scene with the avatar's sources; a second run changes nothing.",
    "status": "Say what OBS shows of us, and what would help.",
}


def run(args: argparse.Namespace) -> int:
    from vtuber.control.obs import Obs
    from vtuber.shows.live.obs import SCENE, studio

    password = getpass.getpass("OBS's password: ") if args.password is ASK else args.password
    found = studio(args.settings, args.host, args.port, password)
    scene = args.scene or SCENE
    with Obs(found.address) as obs:
        do = _setup if args.what == "setup" else _status
        return do(args, obs, found, scene)


def _setup(args: argparse.Namespace, obs: Obs, studio: Studio, scene: str) -> int:
    from vtuber.control.obs_scene import plan

    planned = plan(obs, scene, studio.sources, studio.is_sending, time.sleep)
    for note in planned.notes:
        print(note)
    if not planned.changes:
        print(f"nothing to change: OBS at {studio.address} has all it needs")
        return 0
    print(f"{'would change' if args.dry_run else 'changing'} in OBS at {studio.address}:")
    for change in planned.changes:
        if not args.dry_run:
            change.do()
        print(f"  {change.text}")
    if not args.dry_run:
        print(FINISH.format(scene=scene, start=studio.start))
    return 0


def _status(args: argparse.Namespace, obs: Obs, studio: Studio, scene: str) -> int:
    from vtuber.control.obs_status import advice, look

    status = look(obs, scene, studio.sources, time.sleep)
    is_sending = studio.is_sending
    advised = advice(status, is_sending, studio.fps, studio.start)
    if args.json:
        table = {**dataclasses.asdict(status), "is_sending": is_sending, "advice": advised}
        print(json.dumps(table))
        return 0
    print("\n".join(_sentences(status, studio)))
    for line in advised:
        print(f"- {line}")
    return 0


def _sentences(status: ObsStatus, studio: Studio) -> list[str]:
    width, height = status.size_px
    does = [
        word
        for word, is_so in (("streaming", status.is_streaming), ("recording", status.is_recording))
        if is_so
    ]
    return [
        f"OBS {status.version} at {studio.address}: {width}x{height}, {status.fps:g} of "
        f"{status.fps_wanted:g} pictures a second, {status.late_share:.1%} late",
        f'shows the scene "{status.program_scene}"; {" and ".join(does) or "not sending"}',
        *(_sentence(source, status.scene) for source in status.sources),
    ]


STATES = {
    "receives": "receives pictures",
    "stalls": "gets no more pictures",
    "waits": "gets nothing",
}


def _sentence(source: SourceStatus, scene: str) -> str:
    if not source.is_there:
        return f"{source.title}: none"
    where = f'in the scene "{scene}"'
    eye = "visible" if source.is_shown else "hidden"
    facts = [f"{eye} {where}" if source.is_in_scene else f"not {where}"]
    if source.is_live:
        facts.append("on air")
    if source.state:
        facts.append(STATES[source.state])
    if all(source.size_px):
        facts.append(f"{source.size_px[0]}x{source.size_px[1]}")
    if source.wrong:
        facts.append(f"set otherwise than it should be: {', '.join(source.wrong)}")
    return f'{source.title} "{source.name}" ({source.address}): {", ".join(facts)}'


def _port(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r}: give 1 to 65535")
    return int(text)
