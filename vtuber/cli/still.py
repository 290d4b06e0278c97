"""`vtuber still`: one picture of an avatar."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from vtuber.cli.arguments import size
from vtuber.core.errors import UserError
from vtuber.warp.warpers import DEFAULT, WARPERS


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = """\
examples:
  vtuber still --avatar rowan --expression joy -o joy.png
  vtuber still --pose '{"headYaw": 20, "eyeBlinkLeft": 1}' -o wink.png"""
    parser.add_argument("--avatar", default="default", help="a name, or a path")
    parser.add_argument(
        "--pose", default="{}", metavar="JSON", help='values by name, such as {"headYaw": 20}'
    )
    parser.add_argument("--expression", default="", help="one of the avatar's, under --pose")
    parser.add_argument("--size", type=size, default=(720, 720), metavar="WxH")
    parser.add_argument("--warper", choices=WARPERS, default=DEFAULT, help=f"default: {DEFAULT}")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE.png", help="RGBA, straight alpha"
    )


def run(args: argparse.Namespace) -> int:
    from vtuber.shows.still import still, write_png

    if args.output.suffix.lower() != ".png":
        raise UserError(f"cannot write {args.output}: a still is a PNG; name it FILE.png")
    picture = still(args.avatar, _pose(args.pose), args.size, args.expression, args.warper)
    write_png(picture, args.output)
    print(args.output)
    return 0


def _pose(text: str) -> dict[str, float]:
    try:
        pose = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(f"--pose is not JSON ({error}); give e.g. '{{\"headYaw\": 20}}'") from error
    if not isinstance(pose, dict):
        raise UserError("--pose is not an object; give e.g. '{\"headYaw\": 20}'")
    for name, value in pose.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e9:
            raise UserError(f"--pose: {name} is {value!r:.60}; give a number")
    return pose
