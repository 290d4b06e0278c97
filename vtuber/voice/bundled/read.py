"""Text in, clauses of words with their phonemes out: what the acoustic model is given.

A word is looked up in `exceptions.txt` (common words in which the network errs, and words whose
sound depends on where they stand), else spelled by the network. Made by `vtuber voice train`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vtuber.voice.bundled.normalise import normalise
from vtuber.voice.bundled.phonemes import LETTERS, SILENCE, VOWELS, Phoneme, parse
from vtuber.voice.bundled.spelling import Speller

EXCEPTIONS = Path(__file__).with_name("exceptions.txt")
SHORTEST = 13  # tokens; Coqui's convolutions refuse texts that are shorter than they reach
LONGEST = 200  # tokens of a clause: what has no mark for so long is cut between two words

Sounds = tuple[Phoneme, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """One piece of the text as it is written, and how it sounds: `$5` are two spoken words."""

    text: str
    sounds: Sounds


@dataclass(frozen=True, slots=True)
class Clause:
    """What is said in one breath, and the mark that makes its melody: one of `phonemes.ENDS`."""

    words: tuple[Word, ...]
    mark: str

    @property
    def tokens(self) -> str:
        """Give the letters that the acoustic model reads."""
        return "".join(LETTERS[sound] for word in self.words for sound in word.sounds) + self.mark


class Reader:
    """Pronounces English text."""

    def __init__(self, exceptions: Path = EXCEPTIONS, speller: Speller | None = None) -> None:
        self._listed = load_exceptions(exceptions)
        self._speller = speller or Speller()

    def read(self, text: str) -> list[Clause]:
        """Read a text. Raises Unspeakable where there is nothing that the voice can say."""
        pieces: list[tuple[str, tuple[str, ...]]] = []
        clauses: list[Clause] = []
        tokens = normalise(text)
        for place, token in enumerate(tokens):
            pieces.append((token.text, token.words))
            mark = token.mark or ("." if place == len(tokens) - 1 else "")
            if place == len(tokens) - 1 and mark == ",":
                mark = "."  # nothing follows
            if mark:
                clauses += self._clauses(pieces, mark)
                pieces = []
        return clauses

    def _clauses(self, pieces: Sequence[tuple[str, tuple[str, ...]]], mark: str) -> list[Clause]:
        said = [word for _, words in pieces for word in words]
        sounds = self.pronounce(said)
        words, place = [], 0
        for text, spoken in pieces:
            own = tuple(s for one in sounds[place : place + len(spoken)] for s in one)
            place += len(spoken)
            if own:
                words.append(Word(text, own))
        return list(_cut(words, mark))

    def pronounce(self, words: Sequence[str]) -> list[Sounds]:
        """Give the phonemes of each word of a clause; what follows a word decides with it."""
        # side by side, and so at once: one after the other they are half of what a line waits for
        self._speller.pronounce(*(_bare(w) for w in words if w.islower() and w not in self._listed))
        sounds: list[Sounds] = []
        for place in range(len(words) - 1, -1, -1):
            before = words[place - 1] if place else ""
            after = words[place + 1] if place + 1 < len(words) else ""
            is_vowel = bool(sounds and sounds[0] and sounds[0][0].ipa in VOWELS)
            place_kind = "alone" if len(words) == 1 else "last" if not after else "mid"
            kinds = _kinds(words[place], before, after, is_vowel, place_kind)
            said = self._word(words[place], kinds)
            sounds.insert(0, linked(said) if is_vowel else said)
        return sounds

    def _word(self, word: str, kinds: Sequence[str]) -> Sounds:
        if word[:1].isupper():
            return _with_s(_NAMES[word[0]]) if word[1:] else _NAMES[word[0]]
        forms = self._listed.get(word)
        if forms is not None:
            return next((forms[kind] for kind in kinds if kind in forms), forms["alone"])
        if word.endswith("'s"):
            return _with_s(self._word(word.removesuffix("'s"), kinds))
        bare = _bare(word)
        return self._word(bare, kinds) if bare != word else self._speller.pronounce(word)[0]


def _bare(word: str) -> str:
    return word.removesuffix("'s").replace("'", "")


def _kinds(word: str, before: str, after: str, is_vowel: bool, place: str) -> list[str]:
    """Name the forms of a word that fit, the best first."""
    kinds = []
    if word == "live" and (before in _LIVE_AFTER or after in _LIVE_BEFORE):
        kinds.append("noun")
    if is_vowel:
        kinds.append("vowel")  # "the" apple, "to" open
    if before in _PERFECT:
        kinds.append("past")  # have "read"
    if before in _VERB_AFTER:
        kinds.append("verb")  # to "record"
    elif before in _NOUN_AFTER:
        kinds.append("noun")  # the "record"
    return [*kinds, place, "mid"]


def linked(sounds: Sounds) -> Sounds:
    """Let an r at a word's end be heard before a vowel: "after" all, "air" and water.

    >>> [str(sound) for sound in linked(parse("ˈɛɹ"))]
    ['ˈɛ', 'ɹ']
    """
    last = sounds[-1] if sounds else None
    if last is None or last.ipa not in ("ɚ", *_WITH_R):
        return sounds
    return (*sounds[:-1], Phoneme(_WITH_R.get(last.ipa, "ɚ"), last.stress), Phoneme("ɹ"))


_WITH_R = {ipa: ipa[:-1] for ipa in VOWELS if ipa[-1] == "ɹ" and ipa[:-1] in VOWELS}


def _cut(words: Sequence[Word], mark: str) -> list[Clause]:
    """Cut what is too long for one breath."""
    clauses: list[Clause] = []
    current: list[Word] = []
    count = 0
    for word in words:
        if current and count + len(word.sounds) > LONGEST:
            clauses.append(Clause(tuple(current), ","))
            current, count = [], 0
        current.append(word)
        count += len(word.sounds)
    return [*clauses, Clause(tuple(current), mark)] if current else clauses


def _with_s(sounds: Sounds) -> Sounds:
    """Add what an 's sounds like after a word."""
    last = sounds[-1].ipa if sounds else ""
    if last in ("s", "z", "ʃ", "ʒ", "tʃ", "dʒ"):
        return (*sounds, Phoneme("ᵻ"), Phoneme("z"))
    return (*sounds, Phoneme("s" if last in ("p", "t", "k", "f", "θ") else "z"))


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VERB_AFTER = _set(
    "to will can i you we they would should could must let's please don't didn't can't won't shall"
    " might may i'll you'll we'll they'll doesn't wouldn't couldn't not"
)
_NOUN_AFTER = _set(
    "the a an my your his her our their this that these those some any no of in on at with new old"
    " good bad best first last next world one two three many"
)
_PERFECT = _set("have has had i've you've we've they've been was were is are be already never")
_LIVE_AFTER = _set(
    "go going goes went gone are is we're i'm be been being you're they're it's am was were now"
    " currently the a my our your this see watch"
)
_LIVE_BEFORE = _set("stream streams streaming show shows music chat audience on")
_SPELLED = (
    "ˈeɪ b_ˈiː s_ˈiː d_ˈiː ˈiː ˈɛ_f dʒ_ˈiː ˈeɪ_tʃ ˈaɪ dʒ_ˈeɪ k_ˈeɪ ˈɛ_l ˈɛ_m ˈɛ_n ˈoʊ p_ˈiː"
    " k_j_ˈuː ˈɑːɹ ˈɛ_s t_ˈiː j_ˈuː v_ˈiː d_ˈʌ_b_əl_j_uː ˈɛ_k_s w_ˈaɪ z_ˈiː"
)
_NAMES = {
    letter: parse(said)
    for letter, said in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _SPELLED.split(), strict=True)
}


def load_exceptions(path: Path) -> dict[str, Mapping[str, Sounds]]:
    """Read the list: `word alone=h_ə_l_ˈoʊ mid=...`, a word a line."""
    listed: dict[str, Mapping[str, Sounds]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, *forms = line.split()
            listed[word] = {
                kind: parse(said) for kind, _, said in (form.partition("=") for form in forms)
            }
    return listed


@cache
def shipped() -> Reader:
    """Give the reader that ships, opened once a process."""
    return Reader()


def letters(text: str) -> str:
    """Give the letters of a whole text, long enough for Coqui's own synthesis."""
    said = SILENCE + "".join(clause.tokens for clause in shipped().read(text))
    return said.ljust(SHORTEST, SILENCE)
