"""`vtuber doctor`: what is there, what is not, and the command that mends it."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys

from vtuber.shows.doctor.look import Check, can_run, examine

_MARKS = {"ok": "✓", "missing": "-", "broken": "✗"}
_PLAIN_MARKS = {"ok": "ok", "missing": "--", "broken": "!!"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Exit code: 0 when a show can run (what is optional may be missing), else 1."
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object and nothing else"
    )


def run(args: argparse.Namespace) -> int:
    checks = []
    for check in examine():
        checks.append(check)
        if not args.json:
            print(_lines(check), flush=True)
    ready = can_run(checks)
    if args.json:
        print(json.dumps({"can_run": ready, "checks": [dataclasses.asdict(c) for c in checks]}))
    else:
        print("\nA show can run." if ready else "\nA show cannot run yet: mend what is needed.")
    return 0 if ready else 1


def marks() -> dict[str, str]:
    """Give the marks that this terminal can print (a Windows console may know no ticks)."""
    try:
        "".join(_MARKS.values()).encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return _PLAIN_MARKS
    return _MARKS


def _lines(check: Check) -> str:
    label = check.name.replace("_", " ").replace("opengl", "OpenGL").replace("obs", "OBS")
    state = "" if check.state == "ok" else f" ({'needed' if check.needed else 'optional'})"
    first = f"{marks()[check.state]:2} {label:14}  {check.found}{state}"
    # A command is never wrapped: it is there to be copied.
    return first + (f"\n{'':19}to mend it: {check.mend}" if check.mend else "")
