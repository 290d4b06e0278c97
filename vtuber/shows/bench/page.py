"""A latency report as one HTML file that needs no other: numbers in, text out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from vtuber.shows.bench import plots
from vtuber.shows.bench.follow import STAGES
from vtuber.shows.bench.peers import PEERS

STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.55 system-ui, "DejaVu Sans", sans-serif; color: #22252c; background: #fff;
       max-width: 860px; margin: 2.2rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.55rem; margin: 0 0 .2rem; } h2 { font-size: 1.12rem; margin: 2rem 0 .5rem; }
p.lead { font-size: 1.02rem; color: #4b515d; margin: .1rem 0 1.2rem; }
table { border-collapse: collapse; width: 100%; margin: .4rem 0; font-size: .92rem; }
th, td { text-align: right; padding: .28rem .55rem; border-bottom: 1px solid #e6e8ec; }
th { font-weight: 600; color: #4b515d; } th:first-child, td:first-child { text-align: left; }
table.words td, table.words th { text-align: left; vertical-align: top; }
table.peers td:nth-child(3) { white-space: nowrap; } a { color: #2f6fb5; }
.waits { color: #7b8190; } .wide { overflow-x: auto; } svg { width: 100%; height: auto; }
.note { color: #646b78; font-size: .9rem; }
"""


def html(report: Mapping[str, Any]) -> str:
    """Lay the whole report out."""
    asked, sinks, frames = report["asked"], report["sinks"], report["frames"]
    first = _subject(sinks)
    parts = [
        "<h1>How late is a motion?</h1>",
        f'<p class="lead">{escape(_lead(report))}</p>',
        _latencies(sinks),
        "<h2>All frames</h2>",
        plots.distributions(frames),
        "<h2>Where the time goes</h2>",
        plots.stages(sinks),
        '<p class="note">Hatched: the frame waits, and nobody works on it.</p>',
        _stages(sinks),
        f"<h2>{escape(first)}: the run</h2>",
        plots.timeline(frames[first]),
        f"<h2>{escape(first)}: the {plots.WORST} frames that took longest</h2>",
        plots.worst(frames[first]),
        "<h2>The beat, beside a bare one</h2>",
        _beats(sinks),
        "<h2>What was measured, and on what</h2>",
        _settings(asked, report),
        "<h2>What others say</h2>",
        _peers(),
    ]
    title = f"vtuber: latency at {asked['size']}, {asked['fps']:g} a second"
    body = "\n".join(part for part in parts if part)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}'
        f'</title><meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
        f"</head><body>\n{body}\n</body></html>\n"
    )


def _subject(sinks: Mapping[str, Any]) -> str:
    """Choose whom the sentences are about: `null` has no reader of its own."""
    return next((name for name in sinks if name != "null"), next(iter(sinks)))


def _lead(report: Mapping[str, Any]) -> str:
    name = _subject(report["sinks"])
    told = report["sinks"][name]
    if not told["latency_ms"]:
        return f"The reader of {name} has seen no mark."
    latency = told["latency_ms"]
    return (
        f"Half of the camera's frames were in the pixels of {name}'s reader within "
        f"{latency['p50']:.0f} ms, 99 of 100 within {latency['p99']:.0f} ms; "
        f"{told['waiting']:.0%} of that time a frame waited."
    )


def _latencies(sinks: Mapping[str, Mapping[str, Any]]) -> str:
    head = ("output", "p50 ms", "p95", "p99", "jitter", "waiting", "frames", "late", "never seen")
    rows = [
        (
            name,
            *(f"{told['latency_ms'].get(rank, 0):.1f}" for rank in ("p50", "p95", "p99")),
            f"{told['jitter_ms']:.1f}",
            f"{told['waiting']:.0%}",
            str(told["frames"]),
            str(told["late"]),
            str(told["dropped"]),
        )
        for name, told in sinks.items()
    ]
    return _table(head, rows)


def _stages(sinks: Mapping[str, Mapping[str, Any]]) -> str:
    followed = {name: told["stages"] for name, told in sinks.items() if told["stages"]}
    rows = [
        (
            stage.replace("_", " ") + (" (waiting)" if waits else ""),
            *(f"{told[stage][rank]:.1f}" for told in followed.values() for rank in ("p50", "p99")),
        )
        for stage, waits in STAGES.items()
    ]
    head = [cell for name in followed for cell in (f"{name} p50", "p99")]
    return _table(("ms", *head), rows)


def _beats(sinks: Mapping[str, Mapping[str, Any]]) -> str:
    rows = []
    for name, told in sinks.items():
        bare = told["bare_ticker"] or {}
        of = bare.get("beats", 0) + bare.get("late_beats", 0)
        rows.append(
            (
                name,
                f"{told['fps']:.1f}",
                f"{told['late_beats']:.1%}",
                f"{bare.get('late_beats', 0) / max(of, 1):.1%}",
                f"{bare.get('wake_ms_p99', 0):.1f}",
                f"{told['cpu_percent']:.0f} %",
            )
        )
    head = ("output", "fps", "late beats", "of a bare ticker", "which woke late by, p99 ms", "CPU")
    return _table(head, rows) + (
        '<p class="note">The bare ticker keeps the same beat in a process of its own, at the same '
        "time, and does nothing: what is late there is the machine's doing. CPU is that of the "
        "whole program; 100 % is one core.</p>"
    )


def _settings(asked: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    machine = report["machine"]
    rows = [
        ("picture", f"{asked['size']}, {asked['fps']:g} beats a second, avatar {asked['avatar']}"),
        ("source", f"{asked['source']}; tracker: {asked['tracker']}"),
        ("marks", ", ".join(asked["marks"])),
        ("each run", f"{asked['seconds']:g} s, after the first seconds"),
        ("machine", f"{machine['cores']} cores, {machine['processor']}, {machine['system']}"),
        ("load of the machine", f"{machine['load']}; niceness of ours: {machine['niceness']}"),
        ("drawn by", report["renderer"]),
        ("Python", machine["python"]),
        ("memory at most", f"{report['peak_rss_mb']} MB"),
        *(("left out", sentence) for sentence in report["missing"]),
    ]
    return _table(("", ""), [(name, str(what)) for name, what in rows], "words")


def _peers() -> str:
    rows = [(peer.name, peer.way, peer.figure, peer.source) for peer in PEERS]
    table = _table(("who", "from where to where", "figure", "source"), rows, "words peers")
    return re.sub(r"\b(github\.com/[\w./-]+)", r'<a href="https://\1">\1</a>', table)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "") -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(
        f'<tr class="{"waits" if "(waiting)" in row[0] else ""}">'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row)
        + "</tr>"
        for row in rows
    )
    first = f"<tr>{top}</tr>" if any(head) else ""
    return f'<div class="wide"><table class="{kind}">{first}{body}</table></div>'
