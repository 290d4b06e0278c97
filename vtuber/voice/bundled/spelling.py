"""The letters-to-phonemes network at run time, in NumPy: a word in, phonemes out.

Two layers of gated recurrent units read a word's letters in both directions; every letter then
says two sounds or nothing, by the rule of connectionist temporal classification (Graves 2006):
equal neighbours are one, blanks are none. A word of eight letters takes 0.8 ms, once.
Input: lower-case letters; anything else is left out.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from jaxtyping import Float32, Int64

from vtuber.core.errors import UserError
from vtuber.voice.bundled.phonemes import PRIMARY, SECONDARY, SOUNDS, VOWELS, Phoneme

WEIGHTS = Path(__file__).with_name("spelling.safetensors")
ALPHABET = "abcdefghijklmnopqrstuvwxyz'"
LAYERS = 2
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


def scores(weights: Weights, letters: Int64[np.ndarray, " n"]) -> Float32[np.ndarray, "slots m"]:
    """Give the score of every sound, and of blank, in every slot. The law that training follows."""
    given = weights["letters"][letters]
    for layer in range(LAYERS):
        given = np.concatenate(
            [
                _recurrent(weights, f"l{layer}", given),
                _recurrent(weights, f"l{layer}_reverse", given[::-1])[::-1],
            ],
            1,
        )
    said = given @ weights["head.weight"].T + weights["head.bias"]
    slots: np.ndarray = said.reshape(len(letters) * SLOTS, BLANK + 1)
    return slots


def _recurrent(
    weights: Weights, name: str, given: Float32[np.ndarray, "n k"]
) -> Float32[np.ndarray, "n h"]:
    """Run gated recurrent units over a word, as torch.nn.GRU does (Cho 2014)."""
    inputs = given @ weights[f"gru.weight_ih_{name}"].T + weights[f"gru.bias_ih_{name}"]
    inner, bias = weights[f"gru.weight_hh_{name}"].T, weights[f"gru.bias_hh_{name}"]
    width = inner.shape[0]
    state = np.zeros(width, np.float32)
    states = np.empty((len(given), width), np.float32)
    for place, seen in enumerate(inputs):
        kept = state @ inner + bias
        gates = 1.0 / (1.0 + np.exp(-(seen[: 2 * width] + kept[: 2 * width])))
        reset, update = gates[:width], gates[width:]
        new = np.tanh(seen[2 * width :] + reset * kept[2 * width :])
        state = new + update * (state - new)
        states[place] = state
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
        self.pronounce = lru_cache(4096)(self._pronounce)

    def _pronounce(self, word: str) -> tuple[Phoneme, ...]:
        """Give a lower-case word's phonemes; none where no letter of it is known."""
        letters = encode(word)
        if len(letters) == 2:
            return ()
        return decode(scores(self._weights, letters).argmax(1))
