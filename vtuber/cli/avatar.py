"""`vtuber avatar`: make, roll, change, look at, check, pack and unpack avatars."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import time
from itertools import chain, count
from pathlib import Path

from vtuber.cli.verbs import Verb, added
from vtuber.core.errors import UserError
from vtuber.warp.warpers import DEFAULT, WARPERS

DOZEN = 12  # designs, which are drawn in about five seconds


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = """\
examples:
  vtuber avatar random --count 24 --seed 100 --sheet many.png
  vtuber avatar new kiri --seed 107              the number under the one you like
  vtuber avatar edit kiri --set palette=sunset --set hair.front=hime
  vtuber avatar sheet kiri -o kiri.png           all its expressions in one picture"""
    verbs = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    made = added(verbs, VERBS)
    for name in ("new", "edit", "sheet", "check", "show", "export"):
        made[name].add_argument("avatar", metavar="NAME", help="a name, or a folder")
    made["import"].add_argument(
        "source", type=Path, metavar="FILE", help="a .vtuber file or a folder"
    )
    made["import"].add_argument("--name", help="how to call it here")
    origins = made["new"].add_mutually_exclusive_group()
    origins.add_argument("--from", dest="origin", metavar="NAME", help="begin with this design")
    for roller in (origins, made["random"]):
        roller.add_argument("--seed", type=_seed, help="a number: the same one rolls the same")
    made["new"].add_argument(
        "--size", type=_height, default=1280, metavar="PX", help="height of the canvas, 256 to 4096"
    )
    for name in ("new", "edit", "random"):
        made[name].add_argument(
            "--set", action="append", default=[], type=_setting, metavar="FIELD=VALUE",
            help="such as hair.front=hime or palette=sunset; `vtuber avatar styles` lists them",
        )  # fmt: skip
    made["random"].add_argument("--count", type=_count, default=24, metavar="N", help="1 to 200")
    made["random"].add_argument(
        "--sheet", type=_png, metavar="FILE.png",
        help="the picture; when not given, sheet.png here, or sheet-2.png where one stands",
    )  # fmt: skip
    for name, kind, shape in (("sheet", _png, "FILE.png"), ("export", Path, "FILE.vtuber")):
        made[name].add_argument("-o", "--output", type=kind, required=True, metavar=shape)
    made["sheet"].add_argument(
        "--warper", choices=WARPERS, default=DEFAULT, help=f"default: {DEFAULT}"
    )
    made["styles"].add_argument("kind", nargs="?", help="only this one")


def run(args: argparse.Namespace) -> int:
    try:
        VERBS[args.what].do(args)
    except ImportError as error:
        if error.name != "skia":
            raise
        from vtuber.shows.doctor.mends import mend_for

        how = mend_for("drawing", sys.platform)
        raise UserError(f"drawing avatars needs Skia: {how}") from error
    return 0


def _new(args: argparse.Namespace) -> None:
    from dataclasses import replace

    from vtuber.design.dice import roll
    from vtuber.design.genome import changed
    from vtuber.resources import avatar_path
    from vtuber.shows.avatars import make as avatars

    if args.origin:
        design = avatars.design_of(avatar_path(args.origin))
    else:
        design = roll(args.seed if args.seed is not None else time.time_ns() % 2**32)
    name = Path(args.avatar).resolve().name
    design = changed(replace(design, name=name), dict(args.set))
    folder = avatars.new(args.avatar, design, args.size)
    print(folder)
    print(f"go live with: vtuber run --avatar {shlex.quote(args.avatar)}", file=sys.stderr)


def _random(args: argparse.Namespace) -> None:
    from vtuber.design.dice import roll
    from vtuber.design.genome import changed
    from vtuber.shows.avatars.sheet import contact

    sheet = args.sheet or _free(Path("sheet.png"))
    first = args.seed if args.seed is not None else time.time_ns() % 100_000
    designs = [changed(roll(first + i), dict(args.set)) for i in range(args.count)]
    contact(designs, min(6, args.count), sheet, lambda done: _progress(done, args.count))
    print(sheet)
    sets = "".join(f" --set {shlex.quote(f'{field}={value}')}" for field, value in args.set)
    print(f"seeds {first} to {first + args.count - 1}: draw the one you like, by its number: "
          f"`vtuber avatar new NAME --seed {first}{sets}`", file=sys.stderr)  # fmt: skip


def _free(path: Path) -> Path:
    """Give a name that nothing has: what a person did not name takes nobody's place."""
    names = (path.with_stem(f"{path.stem}-{i}") for i in count(2))
    return next(name for name in chain([path], names) if not os.path.lexists(name))


def _progress(done: int, total: int) -> None:
    """Say how many are drawn: in one line on a terminal, else in a line for every dozen."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{done} of {total} drawn", end=end, file=sys.stderr, flush=True)
    elif done % DOZEN == 0 and done < total:
        print(f"{done} of {total} drawn", file=sys.stderr, flush=True)


def _edit(args: argparse.Namespace) -> None:
    from vtuber.shows.avatars import make as avatars

    folder, kept = avatars.edit(args.avatar, dict(args.set))
    print(folder)
    if kept:
        print(f"kept, because repainted by hand: {', '.join(kept)}", file=sys.stderr)


def _sheet(args: argparse.Namespace) -> None:
    from vtuber.shows.avatars.sheet import portrait

    portrait(args.avatar, args.output, args.warper)
    print(args.output)


def _check(args: argparse.Namespace) -> None:
    from vtuber.shows.avatars.words import lacks
    from vtuber.shows.engine import load_avatar

    avatar = load_avatar(args.avatar)
    print(f"{avatar.name} can be worn: {len(avatar.layers)} layers, no faults")
    for line in lacks(avatar):
        print(f"  {line}")


def _list(args: argparse.Namespace) -> None:
    from vtuber.resources import avatar_names, avatar_path
    from vtuber.shows.avatars.words import heading

    names = avatar_names()
    wide = max(map(len, names), default=0)
    for name in names:
        print(f"{name:{wide}}  {heading(avatar_path(name))}")


def _show(args: argparse.Namespace) -> None:
    from vtuber.resources import avatar_path
    from vtuber.shows.avatars.words import words

    for line in words(avatar_path(args.avatar)):
        print(line)


def _styles(args: argparse.Namespace) -> None:
    from vtuber.shows.avatars.words import choices

    found = choices()
    if args.kind is not None and args.kind not in found:
        raise UserError(f"no field called {args.kind!r}; choose one of: {', '.join(found)}")
    for field, names in found.items():
        if args.kind in (None, field):
            print(f"{field:18} {names}")


def _export(args: argparse.Namespace) -> None:
    from vtuber.shows.avatars import make as avatars

    if args.output.suffix != ".vtuber":
        raise UserError(f"cannot write {args.output}: a packed avatar is called FILE.vtuber")
    print(avatars.pack(args.avatar, args.output))


def _import(args: argparse.Namespace) -> None:
    from vtuber.shows.avatars import make as avatars

    print(avatars.take_in(args.source, args.name))


VERBS = {
    "new": Verb(_new, "Draw a new avatar from a design."),
    "random": Verb(_random, "Roll many designs, side by side in one picture."),
    "edit": Verb(_edit, "Change an avatar's design and draw it again; what you repainted stays."),
    "sheet": Verb(_sheet, "Show an avatar's expressions and turns in one picture."),
    "check": Verb(_check, "Say everything that is wrong with an avatar."),
    "list": Verb(_list, "List the avatars that there are."),
    "show": Verb(_show, "Say in words what an avatar is."),
    "styles": Verb(_styles, "List what a design can choose from."),
    "export": Verb(_export, "Pack an avatar into one .vtuber file."),
    "import": Verb(_import, "Take in an avatar from a folder or a .vtuber file."),
}


def _setting(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise argparse.ArgumentTypeError(f"{text!r}: write FIELD=VALUE, such as hair.front=hime")
    return key.strip(), value.strip()


def _whole(text: str, low: int, high: int) -> int:
    if not text.isdecimal() or not low <= int(text) <= high:
        raise argparse.ArgumentTypeError(f"{text!r}: give a whole number, {low} to {high}")
    return int(text)


def _seed(text: str) -> int:
    return _whole(text, 0, 2**32 - 1)


def _height(text: str) -> int:
    return _whole(text, 256, 4096)


def _count(text: str) -> int:
    return _whole(text, 1, 200)


def _png(text: str) -> Path:
    if not text.lower().endswith(".png"):
        raise argparse.ArgumentTypeError(f"{text!r}: a sheet is a picture; name it FILE.png")
    return Path(text)
