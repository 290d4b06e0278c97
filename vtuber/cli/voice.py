"""`vtuber voice`: which voices there are, and downloading models of Coqui."""

from __future__ import annotations

import argparse
import json
import sys

from vtuber.cli import voicetrain
from vtuber.cli.verbs import bar
from vtuber.core.errors import UserError

MEGABYTE = 1e6


def configure(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="voice_verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="say which voices work here, and why others do not")
    listing.add_argument("--models", action="store_true", help="all models that Coqui knows")
    listing.add_argument("--json", action="store_true", help="print one JSON object")
    getting = verbs.add_parser("download", help="download a model of Coqui TTS")
    getting.add_argument("name", help="such as tts_models/en/ljspeech/vits")
    getting.add_argument(
        "--accept", action="store_true", help="agree to a licence that restricts use, unasked"
    )
    voicetrain.configure(verbs)


def run(args: argparse.Namespace) -> int:
    if args.voice_verb in voicetrain.VERBS:
        return voicetrain.run(args)
    if args.voice_verb == "download":
        return _download(args.name, args.accept)
    return _models(args.json) if args.models else _list(args.json)


def _list(as_json: bool) -> int:
    from vtuber.shows.talk.voices import models_here, states

    found, models = list(states()), models_here()
    if as_json:
        engines = [{"name": s.name, "about": s.about, "fault": s.fault} for s in found]
        print(json.dumps({"engines": engines, "models": models}))
        return 0
    for state in found:
        print(f"{state.name:8} {'works' if not state.fault else 'does not work here'}: "
              f"{state.fault or state.about}")  # fmt: skip
    print(f"models of Coqui on this machine: {', '.join(models) or 'none'}")
    print("`vtuber voice list --models` names those that can be downloaded")
    return 0


def _models(as_json: bool) -> int:
    from vtuber.voice.coqui_models import is_downloaded, listed

    found = {name: item for name, item in listed().items() if name.startswith("tts_models/")}
    if as_json:
        table = [
            {"name": n, "licence": i.get("license", ""), "is_here": is_downloaded(n)}
            for n, i in found.items()
        ]
        print(json.dumps(table))
        return 0
    for name, item in found.items():
        here = ", on this machine" if is_downloaded(name) else ""
        print(f"{name}: {item.get('license') or 'licence unknown'}{here}")
    return 0


def _download(name: str, accepts: bool) -> int:
    from vtuber.voice.coqui_models import download, missing, size_of

    wanted = missing(name)
    if not wanted:
        print(f"{name} is here already")
        return 0
    for item in wanted:
        size = size_of(item)
        shown = f"{size / MEGABYTE:,.0f} MB" if size else "of unknown size"
        print(f"{item.name}: {shown}, licence: {item.licence} {item.terms}".rstrip())
        if not item.is_free and not accepts:
            _ask(item.licence)
    for item in wanted:
        home = download(item, _progress)
        print(f"\r{item.name} is in {home}{' ' * 40}", file=sys.stderr)
    print(f"try it: vtuber say --voice coqui:{name} 'Hello'")
    return 0


def _ask(licence: str) -> None:
    """Let the user agree to a licence that restricts use. Raises UserError when they do not."""
    if not sys.stdin.isatty():
        raise UserError(
            f"the licence {licence} restricts what you may do with it; read it, then add --accept"
        )
    print(
        f"The licence {licence} restricts what you may do with this model, and with what it says."
    )
    if input("Do you agree to it? [y/N] ").strip().lower() not in ("y", "yes"):
        raise UserError("nothing was downloaded")


def _progress(came: int, whole: int) -> None:
    if not sys.stderr.isatty():
        return
    print(f"\r{bar(came, whole)} {came / MEGABYTE:,.1f} MB", end="", file=sys.stderr, flush=True)
