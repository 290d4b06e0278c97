"""`vtuber cameras`: which cameras there are, and what to call them."""

from __future__ import annotations

import argparse
import dataclasses
import json

NONE = "no camera: plug one in, or play a clip with `vtuber run --video FILE`"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "`vtuber run --camera` and the setting camera.device take the number, on Linux also a "
        "part of the name, or the address of an IP camera (http, https, rtsp)."
    )
    parser.add_argument("--json", action="store_true", help="print one JSON array and nothing else")


def run(args: argparse.Namespace) -> int:
    from vtuber.capture.camera import cameras

    known = cameras()
    if args.json:
        print(json.dumps([dataclasses.asdict(camera) for camera in known]))
        return 0
    for camera in known:
        kind = " (virtual)" if camera.is_virtual else ""
        problem = f": {camera.problem}" if camera.problem else ""
        print(f"{camera.index:3}  {camera.name}{kind}{problem}")
    if not known:
        print(NONE)
    return 0
