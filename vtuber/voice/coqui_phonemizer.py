"""Lets Coqui's models that ask for `espeak` use espeak-ng's library instead of its program.

The program costs 100 ms a clause beside a show, and is not everywhere; the library 0.3 ms.
"""

from __future__ import annotations

import re
from typing import Any

from vtuber.core.errors import UserError
from vtuber.voice.espeak_library import EspeakLibrary

_FLAG = re.compile(r"\(.+?\)")  # espeak-ng's marks of a word in another language
_SAME = {"en": "en-us", "zh-cn": "cmn"}  # as Coqui's own wrapper has them


def use_library() -> bool:
    """Put the library in the place of the program; False where there is no library."""
    from TTS.tts.utils.text import phonemizers
    from TTS.tts.utils.text.phonemizers.base import BasePhonemizer

    try:
        library = EspeakLibrary("en-us")
    except UserError:
        return False

    class Phonemizer(BasePhonemizer):  # type: ignore[misc]
        """Coqui's `espeak`, by the library."""

        def __init__(self, language: str, **options: Any) -> None:
            super().__init__(_SAME.get(language, language), **{"keep_puncs": True, **options})

        @staticmethod
        def name() -> str:
            return "espeak"

        @staticmethod
        def supported_languages() -> dict[str, str]:
            return dict.fromkeys(library.languages(), "")

        @classmethod
        def is_available(cls) -> bool:
            return True

        def version(self) -> str:
            return "library"

        def _phonemize(self, text: str, separator: str = "") -> str:
            spelled = library.phonemes(text, self._language)
            return _FLAG.sub("", spelled).replace("_", separator)

    phonemizers._register_phonemizers()
    phonemizers.PHONEMIZERS["espeak"] = Phonemizer
    return True
