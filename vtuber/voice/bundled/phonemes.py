"""The sounds of the bundled voice: phonemes, their stress, and one letter for each of both.

Values only. The phonemes are those that espeak-ng's American English (`en-us`) says, named by its
IPA. The acoustic model reads one token a sound, because Coqui gives every token at least a frame:
a mark of stress of its own would make the speech slower. So a vowel has three letters, one for
each stress, and clauses end with one of `ENDS`, whose time is the pause.
"""

from __future__ import annotations

from dataclasses import dataclass

CONSONANTS = (
    "p", "b", "t", "d", "k", "ɡ", "f", "v", "θ", "ð", "s", "z", "ʃ", "ʒ", "h",
    "m", "n", "ŋ", "l", "ɹ", "w", "j", "tʃ", "dʒ", "ɾ", "ʔ",
)  # fmt: skip
VOWELS = (
    "ɪ", "ə", "ɛ", "æ", "ɚ", "eɪ", "ᵻ", "i", "ɑː", "oʊ", "ʌ", "aɪ", "iː", "uː", "ɐ", "ɜː", "ɑːɹ",
    "aʊ", "ɔː", "iə", "ʊ", "oːɹ", "ɔːɹ", "ɔ", "ɔɪ", "ʊɹ", "oː", "ɛɹ", "ɪɹ", "aɪɚ", "aɪə",
    "əl", "n̩",
)  # fmt: skip
# What espeak-ng says in words of other languages, and the nearest sound that the voice has.
FOREIGN = {
    "r": "ɹ", "x": "k", "ɑ̃": "ɑː", "ɬ": "l", "e": "ɛ", "nʲ": "n", "o": "oʊ", "ç": "h",
    "iːː": "iː", "ɔ̃": "ɔː", "a": "æ", "u": "uː", "ɒ": "ɑː", "aː": "ɑː", "y": "uː", "œ": "ɜː",
    "ø": "ɜː", "ɲ": "n", "ɣ": "ɡ", "ɔ̃ː": "ɔː", "ɛː": "ɛɹ", "l̩": "əl", "t̪": "t", "d̪": "d",
}  # fmt: skip
PRIMARY, SECONDARY, UNSTRESSED = 1, 2, 0
MARKS = {"ˈ": PRIMARY, "ˌ": SECONDARY}

PAD, SILENCE = "_", "^"  # padding of batches; a little silence, with which every text begins
ENDS = (",", ".", "?", "!")


@dataclass(frozen=True, slots=True)
class Phoneme:
    """One sound."""

    ipa: str  # of CONSONANTS or VOWELS
    stress: int = UNSTRESSED  # of the syllable; consonants have none

    def __str__(self) -> str:
        return ("", "ˈ", "ˌ")[self.stress] + self.ipa


SOUNDS = tuple(Phoneme(ipa) for ipa in CONSONANTS) + tuple(
    Phoneme(ipa, stress) for ipa in VOWELS for stress in (UNSTRESSED, PRIMARY, SECONDARY)
)
_FIRST_LETTER = 0x100  # Latin Extended: letters that no text cleaner touches
LETTERS = {sound: chr(_FIRST_LETTER + place) for place, sound in enumerate(SOUNDS)}
SOUND_OF = {letter: sound for sound, letter in LETTERS.items()}
# What the acoustic model knows, in the order of its embedding.
VOCABULARY = PAD + SILENCE + "".join(LETTERS.values()) + "".join(ENDS)


def parse(spelled: str) -> tuple[Phoneme, ...]:
    """Read phonemes as espeak-ng's IPA spells them: `h_ə_l_ˈoʊ`.

    Foreign sounds become the nearest; what is no sound at all (a mark of a language) is left out.

    >>> [str(sound) for sound in parse("h_ə_l_ˈoʊ")]
    ['h', 'ə', 'l', 'ˈoʊ']
    """
    sounds = []
    for part in spelled.replace(" ", "_").split("_"):
        stress = MARKS.get(part[:1], UNSTRESSED)
        ipa = part.lstrip("ˈˌ")
        ipa = FOREIGN.get(ipa, ipa)
        if ipa in VOWELS:
            sounds.append(Phoneme(ipa, stress))
        elif ipa in CONSONANTS:
            sounds.append(Phoneme(ipa))
    return tuple(sounds)


def spell(sounds: tuple[Phoneme, ...]) -> str:
    """Write phonemes as `parse` reads them."""
    return "_".join(str(sound) for sound in sounds)
