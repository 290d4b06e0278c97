"""One model of Coqui TTS: a phrase in; samples piece by piece, with the times of its tokens, out.

`TTS.tts()` makes whole texts and adds 453 ms of silence to each sentence; here a phrase is made by
the model itself, and its vocoder's output is given in pieces as soon as they are there. Called in
the voice's process only: it imports torch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest
from vtuber.voice.scripts import script_of, scripts_of
from vtuber.voice.timing import Token

# Frames that a HiFi-GAN's output depends on, each side: 12 are exact to -120 dB, 4 to -32, 0 click.
CONTEXT = 12
FIRST, MOST = (
    24,
    192,
)  # frames of the first piece, and of the last ones; each is twice the one before
# A convolution of the encoder takes so many tokens: "Hi!" alone would raise.
FEWEST_TOKENS = 13
SEMITONES_A_DEVIATION = 4.3  # of FastPitch's normalised pitch: +1 took 197 Hz to 253
# What Coqui raises for a broken config or checkpoint, in its own code and in torch's.
BROKEN = (
    OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, AssertionError,
    ImportError, EOFError, IndexError, NotImplementedError,
)  # fmt: skip


Decode = Callable[[Any], Any]  # (1, c, frames) to (1, 1, samples)


@dataclass(frozen=True, slots=True)
class Files:
    """Where a model is."""

    model: Path
    config: Path
    vocoder: Path | None = None
    vocoder_config: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A phrase that is being made."""

    tokens: tuple[Token, ...]  # none where the model does not tell durations
    pieces: Iterator[Float32[np.ndarray, " n"]]  # of the model's rate


class CoquiModel:
    """A model with its vocoder, ready to speak."""

    def __init__(self, files: Files, speaker: str, language: str, on_gpu: bool) -> None:
        """Load it. Raises UserError for one that is broken, or lacks that speaker or language."""
        import torch
        from TTS.utils.synthesizer import Synthesizer

        from vtuber.voice.coqui_phonemizer import use_library

        use_library()
        self._torch: Any = torch
        try:
            self._synthesizer: Any = Synthesizer(
                tts_checkpoint=files.model,
                tts_config_path=files.config,
                vocoder_checkpoint=files.vocoder,
                vocoder_config=files.vocoder_config,
                use_cuda=on_gpu and torch.cuda.is_available(),
            )
        except BROKEN as error:
            what = " ".join(f"{type(error).__name__}: {error}".split())[:240]
            raise UserError(f"the model {files.model} cannot be loaded: {what}") from error
        self._model: Any = self._synthesizer.tts_model.eval()
        self.rate_hz = int(self._synthesizer.output_sample_rate)
        self._speaker = _chosen("speaker", speaker, _names(self._model, "speaker"))
        self._language = _chosen("language", language, _names(self._model, "language"))
        self._scale = getattr(self._model, "length_scale", None)
        self._pitch = 0.0
        if hasattr(self._model, "pitch_predictor"):
            self._model.pitch_predictor.register_forward_hook(self._raise_pitch)
        self._caught: list[tuple[Any, Any]] = []  # what a model wanted to decode as a whole
        self._decoder: Any = getattr(self._model, "waveform_decoder", None)
        if self._decoder is not None:
            self._model.waveform_decoder = self._catcher()
        self._hop: float | None = None  # samples a frame, once known
        self._padding = 0  # tokens that were added to a short text

    def _catcher(self) -> Any:
        """Stand in for a model's own vocoder: keep what it is given, make nothing of it."""
        caught, torch = self._caught, self._torch

        class Catcher(torch.nn.Module):  # type: ignore[misc,name-defined]
            def forward(self, latent: Any, g: Any = None) -> Any:
                caught.append((latent, g))
                return latent[:, :1]

        return Catcher()

    @property
    def scripts(self) -> frozenset[str] | None:
        """Name the scripts that it reads; None where it does not tell."""
        tokenizer: Any = getattr(self._model, "tokenizer", None)
        if not getattr(tokenizer, "use_phonemes", True):
            letters = str(getattr(tokenizer.characters, "characters", "") or "")
            return frozenset(script_of(letter) for letter in letters) - {""} or None
        told = getattr(self._synthesizer.tts_config, "phoneme_language", None)
        language = self._language or told
        return scripts_of(str(language)) if language else None

    def say(self, text: str, speed: float, pitch: float) -> Made:
        """Make a phrase; `pitch` in semitones up. Raises UserError without espeak-ng."""
        self._torch.manual_seed(0)  # the same words sound the same
        if self._scale is not None:
            self._model.length_scale = self._scale / speed
        self._pitch = pitch / SEMITONES_A_DEVIATION
        self._caught.clear()
        try:
            with self._torch.inference_mode():
                return self._made(text, speed)
        except FileNotFoundError as error:
            raise UserError(
                "this model needs espeak-ng for its phonemes: pip install espeakng-loader"
            ) from error
        except OSError as error:  # Chinese: a list of words that is downloaded at first
            what = " ".join(str(error).split())[:120]
            raise UserError(f"this model cannot turn words into sounds here: {what}") from error

    def _made(self, text: str, speed: float) -> Made:
        from TTS.tts.utils.text.tokenizer import TTSTokenizer

        if not isinstance(getattr(self._model, "tokenizer", None), TTSTokenizer):
            return Made((), iter((self._whole(text, speed),)))
        outputs = self._synthesized(text)
        ids = [int(token) for token in outputs["text_inputs"][0]]
        frames = _frames_of(outputs, len(ids))
        decode, features = self._decodable(outputs)
        total = int(features.shape[-1])
        if frames is None:
            return Made((), self._in_pieces(decode, features, total))
        share = np.cumsum(frames) / frames.sum()
        real = len(ids) - self._padding
        used = max(1, min(total, round(float(share[real - 1]) * total)))
        frame_s = self._samples_a_frame(decode, features) / self.rate_hz
        times = np.diff(share[:real] * total * frame_s, prepend=0.0)
        return Made(self._tokens(ids[:real], times), self._in_pieces(decode, features, used))

    def _synthesized(self, text: str) -> dict[str, Any]:
        """Run the model up to its spectrogram, or to what its own vocoder would decode."""
        tokenizer = self._model.tokenizer
        ids = tokenizer.text_to_ids(text, language=self._language)
        known = [token for token in ids if token != tokenizer.pad_id]
        if not known:
            raise UserError(f"this model has no letter of {text[:40]!r}")
        is_convolved = type(self._model).__name__ in ("ForwardTTS", "SpeedySpeech")
        self._padding = max(0, FEWEST_TOKENS - len(ids)) if is_convolved else 0
        padded = ids + [_space(tokenizer)] * self._padding
        tokenizer.text_to_ids = lambda *args, **kwargs: padded  # shadows the class's for once
        try:
            outputs: dict[str, Any] = self._model.synthesize(
                text, speaker=self._speaker, language=self._language
            )
        finally:
            del tokenizer.text_to_ids
        return outputs

    def _decodable(self, outputs: dict[str, Any]) -> tuple[Decode, Any]:
        """Give what makes sound of features, and the features: (1, c, frames)."""
        if self._caught:
            latent, condition = self._caught.pop()
            return lambda part: self._decoder(part, g=condition), latent
        mel = outputs["outputs"]["model_outputs"][0].detach().cpu().numpy().T
        vocoder = self._synthesizer.vocoder_model
        if vocoder is None:
            return self._griffin_lim, self._torch.from_numpy(mel[None])
        plain = self._model.ap.denormalize(mel)
        features = self._torch.tensor(self._synthesizer.vocoder_ap.normalize(plain))[None]
        features = features.to(next(vocoder.parameters()).device)
        generator = getattr(vocoder, "model_g", None)
        if generator is not None and type(generator).__name__ == "HifiganGenerator":
            return generator, features  # its own `inference` adds 5 frames at each end
        return self._whole_vocoder, features

    def _griffin_lim(self, mel: Any) -> Any:
        from TTS.tts.utils.synthesis import inv_spectrogram

        wave = inv_spectrogram(mel[0].numpy().T, self._model.ap, self._synthesizer.tts_config)
        return self._torch.from_numpy(np.asarray(wave, np.float32))[None, None]

    def _whole_vocoder(self, mel: Any) -> Any:
        """Decode all at once, without what a vocoder adds: frames at both ends, alike."""
        config = self._synthesizer.vocoder_config
        made = self._synthesizer.vocoder_model.inference(mel)
        hop = int(config.audio["hop_length"])
        extra = max(0, made.shape[-1] - mel.shape[-1] * hop)
        return made[..., extra // 2 : made.shape[-1] - (extra - extra // 2)]

    def _can_be_cut(self, decode: Decode) -> bool:
        return decode not in (self._whole_vocoder, self._griffin_lim)

    def _in_pieces(
        self, decode: Decode, features: Any, wanted: int
    ) -> Iterator[Float32[np.ndarray, " n"]]:
        """Decode the first so many frames, piece by piece, without a seam."""
        total, begin, step = features.shape[-1], 0, FIRST
        if not self._can_be_cut(decode):
            step = total
        while begin < wanted:
            end = begin + step if wanted - begin - step >= FIRST else wanted
            first, last = max(0, begin - CONTEXT), min(total, end + CONTEXT)
            if not self._can_be_cut(decode):
                first, last = 0, total
            with self._torch.inference_mode():
                wave = decode(features[..., first:last])[0, 0].float().cpu().numpy()
            hop = len(wave) / (last - first)
            yield wave[round((begin - first) * hop) : round((end - first) * hop)]
            begin, step = end, min(2 * step, MOST)

    def _samples_a_frame(self, decode: Decode, features: Any) -> float:
        if not self._can_be_cut(decode):
            config = self._synthesizer.vocoder_config or self._synthesizer.tts_config
            return float(config.audio["hop_length"])
        if self._hop is None:
            with self._torch.inference_mode():
                few = features[..., :FIRST]
                self._hop = decode(few).shape[-1] / few.shape[-1]
        return self._hop

    def _tokens(self, ids: list[int], seconds: Float32[np.ndarray, " n"]) -> tuple[Token, ...]:
        tokenizer = self._model.tokenizer
        blank = tokenizer.blank_id if tokenizer.add_blank else None
        return tuple(
            Token(tokenizer.characters.id_to_char(token), float(duration_s), token == blank)
            for token, duration_s in zip(ids, seconds, strict=True)
        )

    def _raise_pitch(self, module: object, inputs: object, output: Any) -> Any:
        return output + self._pitch

    def _whole(self, text: str, speed: float) -> Float32[np.ndarray, " n"]:
        """Make a phrase by a model that has no tokens and frames of its own: XTTS, Bark."""
        from TTS.utils.synthesizer import PAD_SILENCE_SAMPLES

        made = self._synthesizer.tts(
            text,
            speaker_name=self._speaker,
            language_name=self._language,
            split_sentences=False,
            **({"speed": speed} if type(self._model).__name__ == "Xtts" else {}),
        )
        return np.asarray(made, np.float32)[:-PAD_SILENCE_SAMPLES]


def _frames_of(outputs: dict[str, Any], tokens: int) -> Float32[np.ndarray, " n"] | None:
    """Give the frames of each token: by durations, else by attention; None without either."""
    told = outputs["outputs"].get("durations")
    attention = outputs.get("alignments")
    if told is not None:
        frames = told.detach().float().cpu().numpy().reshape(-1)
    elif attention is not None:
        table = attention[0].detach().float().cpu().numpy()
        frames = table.sum(0 if table.shape[-1] == tokens else 1)
    else:
        return None
    is_whole = len(frames) == tokens and np.isfinite(frames).all() and frames.sum() > 0
    return np.asarray(frames, np.float64) if is_whole else None


def _names(model: Any, kind: str) -> list[str]:
    """List a model's speakers or languages; none where it has just one."""
    manager = getattr(model, f"{kind}_manager", None)
    found = getattr(manager, f"{kind}_names", None) or []
    return [str(name) for name in found]


def _chosen(kind: str, wish: str, known: list[str]) -> str | None:
    if wish and wish not in known:
        near = nearest(wish, known)
        has = f"did you mean {near}?" if near else f"it has: {', '.join(known[:20]) or 'one only'}"
        raise UserError(f"the model has no {kind} called {wish!r}; {has}")
    if kind == "language" and len(known) < 2:
        return None
    return wish or ("en" if kind == "language" and "en" in known else next(iter(known), None))


def _space(tokenizer: Any) -> int:
    try:
        return int(tokenizer.characters.char_to_id(" "))
    except KeyError:
        return int(tokenizer.pad_id or 0)
