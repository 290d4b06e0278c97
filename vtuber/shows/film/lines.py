"""Spoken lines in, kept in a folder; the same lines, not spoken again, out.

A film that was killed goes on with what it has, and the processes that draw it need no voice.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np

from vtuber.core.errors import UserError
from vtuber.core.speech import Line, Utterance, Viseme, Word
from vtuber.shows.files import write_whole

Speak = Callable[[Line], tuple[Utterance, ...]]


class KeptLines:
    """Speaks each line once. The files are NumPy arrays, read without pickle."""

    def __init__(self, folder: Path, speak: Speak | None = None) -> None:
        """`speak` makes what is not kept yet; without it, all is there."""
        self._folder, self._speak = folder, speak

    def __call__(self, line: Line) -> tuple[Utterance, ...]:
        """Give a line. Raises UserError for a text that cannot be spoken."""
        path = self._folder / f"{hashlib.sha256(repr(line).encode()).hexdigest()[:24]}.npz"
        if not path.exists():
            if self._speak is None:
                raise UserError(f"{path} is gone, while the film was drawn; render it again")
            write_whole(path, _packed(self._speak(line)))
        return _read(path)


def _packed(pieces: tuple[Utterance, ...]) -> bytes:
    visemes = [(i, v.t_s, v.weight) for i, piece in enumerate(pieces) for v in piece.visemes]
    words = [(i, w.t_s, w.end_s) for i, piece in enumerate(pieces) for w in piece.words]
    file = io.BytesIO()  # NumPy's own file cannot be closed when the disk is full
    np.savez(
        file,
        samples=np.concatenate([np.zeros(0, np.float32), *(p.samples for p in pieces)]),
        lengths=np.array([len(piece.samples) for piece in pieces], np.int64),
        starts=np.array([piece.start_s for piece in pieces]),
        styles=np.array([piece.style for piece in pieces], str),
        visemes=np.array(visemes, float).reshape(-1, 3),
        viseme_names=np.array([v.viseme for p in pieces for v in p.visemes], str),
        words=np.array(words, float).reshape(-1, 3),
        word_texts=np.array([w.text for p in pieces for w in p.words], str),
    )
    return file.getvalue()


def _read(path: Path) -> tuple[Utterance, ...]:
    with np.load(path, allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    ends = np.cumsum(arrays["lengths"])
    pieces = []
    for i, (end, length) in enumerate(zip(ends, arrays["lengths"], strict=True)):
        visemes = zip(arrays["visemes"], arrays["viseme_names"], strict=True)
        words = zip(arrays["words"], arrays["word_texts"], strict=True)
        pieces.append(
            Utterance(
                arrays["samples"][end - length : end],
                float(arrays["starts"][i]),
                tuple(Viseme(float(t), str(n), float(w)) for (k, t, w), n in visemes if k == i),  # type: ignore[arg-type]
                tuple(Word(float(t), float(e), str(text)) for (k, t, e), text in words if k == i),
                is_last=i == len(ends) - 1,
                style=str(arrays["styles"][i]),
            )
        )
    return tuple(pieces)
