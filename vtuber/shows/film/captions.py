"""What happens in a film in; its subtitles and chapters out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vtuber.script.deeds import Cued
from vtuber.shows.film.together import Chapter


@dataclass(frozen=True, slots=True)
class Caption:
    """One line, while it is heard."""

    start_s: float
    end_s: float
    who: str
    text: str


def captions(cued: Iterable[Cued], end_s: float) -> list[Caption]:
    """Find the lines of a film and when each is heard."""
    said: list[Caption] = []
    open_lines: list[Cued] = []
    for what in cued:
        if what.kind == "line":
            open_lines.append(what)
        elif what.kind == "said":
            begun = next(c for c in open_lines if (c.who, c.at) == (what.who, what.at))
            open_lines.remove(begun)
            said.append(Caption(begun.at_ns / 1e9, what.at_ns / 1e9, what.who, what.what))
    said += [Caption(c.at_ns / 1e9, end_s, c.who, c.what) for c in open_lines]
    return sorted(said, key=lambda caption: caption.start_s)


def srt(lines: Sequence[Caption], with_names: bool) -> str:
    """Write subtitles as SubRip has them.

    >>> print(srt([Caption(1.5, 2, "Mika", "Hi")], True))
    1
    00:00:01,500 --> 00:00:02,000
    Mika: Hi
    <BLANKLINE>
    """
    return "\n".join(
        f"{i}\n{_clock(c.start_s, ',')} --> {_clock(c.end_s, ',')}\n{_shown(c, with_names)}\n"
        for i, c in enumerate(lines, 1)
    )


def vtt(lines: Sequence[Caption]) -> str:
    """Write subtitles as WebVTT has them: who speaks is marked up."""
    return "\n".join(["WEBVTT\n", *_cues(lines)])


def _cues(lines: Sequence[Caption]) -> Iterator[str]:
    for c in lines:
        text = c.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        yield f"{_clock(c.start_s, '.')} --> {_clock(c.end_s, '.')}\n<v {c.who}>{text}\n"


def _shown(caption: Caption, with_name: bool) -> str:
    return f"{caption.who}: {caption.text}" if with_name else caption.text


def _clock(seconds: float, point: str) -> str:
    milli = round(seconds * 1000)
    minutes, milli = divmod(milli, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milli // 1000:02}{point}{milli % 1000:03}"


def chapters(cued: Iterable[Cued], end_s: float) -> list[Chapter]:
    """Make a chapter of each label that is passed; what comes before the first is one, too."""
    labels = [(c.at_ns / 1e9, c.what) for c in cued if c.kind == "label"]
    if not labels:
        return []
    if labels[0][0] > 0:
        labels.insert(0, (0.0, "Start"))
    ends = [start_s for start_s, _ in labels[1:]] + [end_s]
    return [
        Chapter(start_s, stop_s, name)
        for (start_s, name), stop_s in zip(labels, ends, strict=True)
        if stop_s > start_s
    ]
