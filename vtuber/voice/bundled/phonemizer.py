"""Our letters-to-phonemes as a phonemizer of Coqui's: its configurations name it `vtuber`."""

from __future__ import annotations

from functools import cache

PHONEMIZER = "vtuber"  # the name by which Coqui knows it


@cache
def register() -> None:
    """Make the phonemizer known to Coqui; call `coqui_import.prepare()` before."""
    from TTS.tts.utils.text import phonemizers
    from TTS.tts.utils.text.phonemizers.base import BasePhonemizer

    class Phonemizer(BasePhonemizer):  # type: ignore[misc]
        """English text to the letters of `phonemes.LETTERS`, with no system program."""

        def __init__(self, language: str = "en-us", **_: object) -> None:
            super().__init__(language)

        @staticmethod
        def name() -> str:
            return PHONEMIZER

        @classmethod
        def is_available(cls) -> bool:
            return True

        def version(self) -> str:
            return "1"

        @staticmethod
        def supported_languages() -> dict[str, str]:
            return {"en-us": "English (America)"}

        def _phonemize(self, text: str, separator: str) -> str:
            from vtuber.voice.bundled.read import letters

            return letters(text)

        def phonemize(self, text: str, separator: str = "|", language: str | None = None) -> str:
            return self._phonemize(text, separator)

    phonemizers._register_phonemizers()  # else it finds the table filled, and adds none of its own
    phonemizers.PHONEMIZERS[PHONEMIZER] = Phonemizer
