"""The letters-to-phonemes network at run time, in NumPy: a word in, phonemes out.

Two layers of gated recurrent units read a word's letters in both directions; every letter then
says two sounds or nothing, by the rule of connectionist temporal classification (Graves 2006):
equal neighbours are one, blanks are none. A word of eight letters takes 0.8 ms, once; seven words
together, 1.2.
Input: lower-case letters; anything else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from jaxtyping import Float32, Int64

from vtuber.core.errors import UserError
from vtuber.voice.bundled.phonemes import PRIMARY, SECONDARY, SOUNDS, VOWELS, Phoneme

WEIGHTS = Path(__file__).with_name("spelling.safetensors")
ALPHABET = "abcdefghijklmnopqrstuvwxyz'"
LAYERS = 2
MOST_KNOWN = 4096  # words that are kept
SLOTS = 2  # sounds that a letter may have: the x of "box" has two
BLANK = len(SOUNDS)

Weights = dict[str, np.ndarray]


def encode(word: str) -> Int64[np.ndarray, " n"]:
    """Give a word's letters as numbers from 1; 0 stands for a word's two ends."""
    return np.array([0, *(ALPHABET.index(c) + 1 for c in word if c in ALPHABET), 0])


def decode(best: Int64[np.ndarray, " n"]) -> tuple[Phoneme, ...]:
    """Read the sounds out of the best of each slot."""
    kept = best[np.concatenate([[True], best[1:] != best[:-1]])]
    return _one_primary(tuple(SOUNDS[place] for place in kept if place != BLANK))


def scores(
    weights: Weights, words: Sequence[Int64[np.ndarray, " n"]]
) -> list[Float32[np.ndarray, "slots m"]]:
    """Give the score of every sound, and of blank, in every slot. The law that training follows.

    Words are read side by side: a sentence takes little longer than its longest word.
    """
    lengths = np.array([[len(word)] for word in words])
    at = np.arange(lengths.max())
    turned = np.where(at < lengths, lengths - 1 - at, at)[:, :, None]  # what is behind stays there
    letters = np.zeros((len(words), len(at)), np.int64)
    for row, word in zip(letters, words, strict=True):
        row[: len(word)] = word
    given = weights["letters"][letters]  # (words, letters, k)
    for layer in range(LAYERS):
        forth = _recurrent(weights, f"l{layer}", given)
        back = _recurrent(weights, f"l{layer}_reverse", np.take_along_axis(given, turned, 1))
        given = np.concatenate([forth, np.take_along_axis(back, turned, 1)], 2)
    said = given @ weights["head.weight"].T + weights["head.bias"]
    return [
        row[:length].reshape(length * SLOTS, BLANK + 1)
        for row, length in zip(said, lengths[:, 0], strict=True)
    ]


def _recurrent(
    weights: Weights, name: str, given: Float32[np.ndarray, "b n k"]
) -> Float32[np.ndarray, "b n h"]:
    """Run gated recurrent units over words, as torch.nn.GRU does (Cho 2014)."""
    inputs = given @ weights[f"gru.weight_ih_{name}"].T + weights[f"gru.bias_ih_{name}"]
    inner, bias = weights[f"gru.weight_hh_{name}"].T, weights[f"gru.bias_hh_{name}"]
    width = inner.shape[0]
    state = np.zeros((len(given), width), np.float32)
    states = np.empty((*given.shape[:2], width), np.float32)
    for place in range(given.shape[1]):
        seen, kept = inputs[:, place], state @ inner + bias
        gates = 1.0 / (1.0 + np.exp(-(seen[:, : 2 * width] + kept[:, : 2 * width])))
        reset, update = gates[:, :width], gates[:, width:]
        new = np.tanh(seen[:, 2 * width :] + reset * kept[:, 2 * width :])
        state = new + update * (state - new)
        states[:, place] = state
    return states


def _one_primary(sounds: tuple[Phoneme, ...]) -> tuple[Phoneme, ...]:
    """Leave one syllable with the main stress: the first that has it, else the strongest vowel."""
    vowels = [place for place, sound in enumerate(sounds) if sound.ipa in VOWELS]
    main = [place for place in vowels if sounds[place].stress == PRIMARY]
    main = main or [place for place in vowels if sounds[place].stress == SECONDARY]
    stresses = dict.fromkeys(main, SECONDARY) | dict.fromkeys(main[:1], PRIMARY)
    return tuple(
        Phoneme(sound.ipa, stresses.get(place, sound.stress)) for place, sound in enumerate(sounds)
    )


class Speller:
    """Pronounces words that nobody listed."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        from safetensors.numpy import load_file

        if not path.is_file():
            raise UserError(f"no weights at {path}; `vtuber voice train` makes some")
        self._weights = {n: np.asarray(a, np.float32) for n, a in load_file(path).items()}
        self._known: dict[str, tuple[Phoneme, ...]] = {}

    def pronounce(self, *words: str) -> list[tuple[Phoneme, ...]]:
        """Give the phonemes of lower-case words; none of one of which no letter is known."""
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        letters = {word: encode(word) for word in {*words} - self._known.keys()}
        told = [word for word, encoded in letters.items() if len(encoded) > 2]
        self._known |= dict.fromkeys(letters, ())
        if told:
            found = scores(self._weights, [letters[word] for word in told])
            self._known |= {w: decode(s.argmax(1)) for w, s in zip(told, found, strict=True)}
        return [self._known[word] for word in words]
