"""`vtuber say`: a text, spoken into a file or aloud."""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path

from vtuber.cli.arguments import within
from vtuber.core.errors import UserError
from vtuber.core.ranges import Range
from vtuber.voice.styles import SPEEDS, STYLES

MOST_BYTES = 1_000_000  # of a text from standard input


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = """\
examples:
  vtuber say "Hello, chat!"
  vtuber say "[happy] Hello! [pause 0.3] Bye." -o hello.wav --visemes hello.json

The text may hold [happy], [pause 0.3] and [speed 1.2]. `vtuber voice list` says which voices \
work here."""
    parser.add_argument("text", help="what to say; - reads it from standard input")
    parser.add_argument("--voice", default="", metavar="NAME[:options]", help="default: bundled")
    parser.add_argument("--style", default="", metavar="NAME", help=f"{', '.join(STYLES)}")
    parser.add_argument(
        "--speed", type=within(Range(*SPEEDS, 1.0)), default=1.0, metavar="X", help="0.5 to 2"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE.wav", help="instead of aloud")
    parser.add_argument(
        "--visemes", type=Path, metavar="FILE.json", help="when the mouth does what, and the words"
    )
    parser.add_argument(
        "--speaker", default="default", metavar="NAME", help="default, silent, mic, or a device"
    )
    parser.add_argument(
        "--settings", type=Path, metavar="FILE", help="whose [conduct] the text passes"
    )
    parser.add_argument(
        "--live", action="store_true", help="the running show says it, as `vtuber do say` does"
    )


def run(args: argparse.Namespace) -> int:
    from vtuber.core.speech import Line
    from vtuber.shows.talk.conduct import conduct_of
    from vtuber.shows.talk.saying import (
        check_files,
        gathered,
        pieces,
        play,
        write_sound,
        write_timing,
    )
    from vtuber.voice.conduct.gate import Gate
    from vtuber.voice.styles import style_called

    if args.live:
        return _in_show(args)
    check_files(args.output, args.visemes)
    style_called(args.style or "neutral")
    text = sys.stdin.read(MOST_BYTES) if args.text == "-" else args.text
    gate = Gate(conduct_of(args.settings), _say)
    found = pieces(Line(text, args.style, args.speed), args.voice, _say, gate)
    if args.output is None and args.visemes is None:
        play(found, args.speaker, threading.Event())
        return 0
    spoken = gathered(found)
    if args.output is not None:
        write_sound(spoken, args.output)
        _say(f"{len(spoken.samples) / 48_000:.2f} s in {args.output}")
    if args.visemes is not None:
        write_timing(spoken, args.visemes)
        _say(f"{len(spoken.visemes)} visemes, {len(spoken.words)} words in {args.visemes}")
    return 0


def _in_show(args: argparse.Namespace) -> int:
    from vtuber.cli.do import told

    given = (args.voice, args.style, args.output, args.visemes, args.settings)
    if any(given) or (args.speed, args.speaker) != (1.0, "default"):
        raise UserError("a show speaks with the voice of its settings; --live takes a text only")
    text = sys.stdin.read(MOST_BYTES) if args.text == "-" else args.text
    if said := told(f"say {' '.join(text.split())}"):
        _say(said)
    return 0


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
