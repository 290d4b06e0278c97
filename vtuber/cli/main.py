"""Command line in, exit code out: finds the verb's file, and imports only that one.

0 done, 2 the user's mistake in one sentence, 1 a fault of the program with its traceback.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence

# verb: what it does. The text stands here so that --help imports no verb.
VERBS = {
    "run": "Play a live show: camera or clip in, avatar out to OBS, a browser, a film.",
    "still": "Draw one picture of an avatar.",
    "track": "Write what a face does, frame by frame, as JSON lines.",
    "doctor": "Say what is there, what is not, and the command that mends it.",
}


def run(words: Sequence[str]) -> int:
    """Run one command line and give its exit code."""
    parser = argparse.ArgumentParser(
        prog="vtuber",
        description="A real-time virtual-streamer engine: webcam in, drawn avatar out.",
        epilog="`vtuber VERB --help` says more of each.",
    )
    parser.add_argument("--version", action="version", version=f"vtuber {_version()}")
    subparsers = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verb = words[0] if words and words[0] in VERBS else None
    for name, summary in VERBS.items():
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        if name == verb:
            importlib.import_module(f"vtuber.cli.{name}").configure(subparser)
    args = parser.parse_args(words)
    return _guarded(args)


def _guarded(args: argparse.Namespace) -> int:
    from vtuber.core.errors import VtuberError

    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    try:
        code: int = importlib.import_module(f"vtuber.cli.{args.verb}").run(args)
        sys.stdout.flush()
        return code
    except VtuberError as error:
        print(f"vtuber {args.verb}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"\nvtuber {args.verb}: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `vtuber track ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _version() -> str:
    from vtuber import __version__

    return __version__
