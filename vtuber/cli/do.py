"""`vtuber do`: a command for a show that runs."""

from __future__ import annotations

import argparse
import json
import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from vtuber.control import places, visitor
from vtuber.core.command import parse_command
from vtuber.core.errors import UserError

FILES = ("avatar", "background", "item")  # verbs whose words may be paths


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "The language is that of keys and pipes: `vtuber do expression joy`, `vtuber do hide on`, "
        "`vtuber do @all zoom to 1.2 over 0.5`, `vtuber do say hello`. Exit 0: done; 2: it was "
        "not, and why. Only your own shows are reached, by a socket that only you may use."
    )
    parser.add_argument("command", nargs="*", metavar="COMMAND", help="the words of one command")
    parser.add_argument(
        "--show", default="", metavar="NAME|PID", help="which show; default: the newest"
    )
    parser.add_argument("--list", action="store_true", help="list the shows that run, and leave")
    parser.add_argument("--json", action="store_true", help="with --list: as JSON")


def run(args: argparse.Namespace) -> int:
    if args.list:
        if args.command:
            raise UserError("--list takes no command")
        return _list(as_json=args.json)
    if args.json:
        raise UserError("--json goes with --list")
    if not args.command:
        raise UserError("what shall the show do? such as: vtuber do expression joy")
    line = line_of(args.command, Path.cwd())
    parse_command(line)
    said = told(line, args.show)
    if said:
        print(said)
    return 0


def told(line: str, show: str = "") -> str:
    """Have a running show obey a line, and give what it said. Raises UserError with why not."""
    answer = visitor.ask(line, visitor.pick(show))
    if not answer.is_done:
        raise UserError(answer.said)
    return answer.said


def line_of(words: Sequence[str], folder: Path) -> str:
    """Write the words of a shell as one line; paths of files that are there become whole.

    One word is a line already. What is said is not quoted.

    >>> line_of(["set", "my value", "0.5"], Path("/"))
    "set 'my value' 0.5"
    >>> line_of(["@alice", "say", "It's", "me"], Path("/"))
    "@alice say It's me"
    """
    if len(words) == 1:
        return " ".join(words[0].split("\n"))
    verb = next((word for word in words if not word.startswith("@")), "")
    if verb == "say":
        return " ".join(" ".join(words).split("\n"))
    if verb in FILES:
        words = [_whole(word, folder) for word in words]
    return " ".join(word if word and not set(word) & set(" \t\n'\"") else shlex.quote(word)
                    for word in words)  # fmt: skip


def _whole(word: str, folder: Path) -> str:
    """Make a path of this folder one that the show, which is elsewhere, understands."""
    looks_like_one = os.sep in word or "/" in word or Path(word).suffix != ""
    path = folder / Path(word).expanduser()
    return str(path.resolve()) if looks_like_one and path.exists() else word


def _list(*, as_json: bool) -> int:
    running = places.shows(places.default_folder())
    if as_json:
        print(json.dumps([{"name": p.name, "pid": p.pid, "page": p.page} for p in running]))
    elif not running:
        print("no show is running")
    else:
        for place in running:
            print("  ".join(filter(None, (f"{place.name} ({place.pid})", place.page))))
    return 0
