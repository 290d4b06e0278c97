"""`vtuber sounds`: which speakers and microphones there are, and what to call them."""

from __future__ import annotations

import argparse
import json


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "`vtuber run --speaker` and `--microphone` take a name, or a part of it; `--speaker mic` "
        "is a virtual microphone that other programs can open (Linux), `--speaker silent` none."
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and no more")


def run(args: argparse.Namespace) -> int:
    from vtuber.runtime.pactl import pactl
    from vtuber.sound.devices import TITLES, devices

    known = {title: devices(way, pactl) for way, title in TITLES.items()}
    if args.json:
        said = {
            title: [{"name": one.name, "is_default": one.is_default} for one in found]
            for title, found in known.items()
        }
        print(json.dumps(said))
        return 0
    for title, found in known.items():
        print(f"{title}:" if found else f"no {title}")
        for one in found:
            print(f"  {one.name}{' (default)' if one.is_default else ''}")
    return 0
