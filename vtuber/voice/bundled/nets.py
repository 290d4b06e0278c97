"""The two networks of the bundled voice, as Coqui's own configurations and classes.

Knows no path, device or optimiser. `acoustic_config` and `vocoder_config` are what Coqui's loader
reads as config.json; call `coqui_import.prepare()` before anything here.
"""

from __future__ import annotations

from typing import Any

from vtuber.voice.bundled.phonemes import ENDS, PAD, VOCABULARY

SAMPLE_RATE_HZ = 22_050
HOP = 256  # samples a frame: 11.6 ms
MELS = 80
PHONEMIZER = "vtuber"  # the name under which our letters-to-phonemes registers with Coqui

AUDIO: dict[str, Any] = {
    "sample_rate": SAMPLE_RATE_HZ, "fft_size": 1024, "win_length": 1024, "hop_length": HOP,
    "num_mels": MELS, "mel_fmin": 0.0, "mel_fmax": None, "power": 1.0, "do_trim_silence": False,
    "log_func": "np.log10", "spec_gain": 20, "ref_level_db": 10, "min_level_db": -100,
    "signal_norm": True, "symmetric_norm": True, "max_norm": 4.0, "clip_norm": True,
    "pitch_fmin": 70.0, "pitch_fmax": 500.0,
}  # fmt: skip


def audio_processor() -> Any:
    """Make Coqui's AudioProcessor, which measures mel frames."""
    from TTS.config import BaseAudioConfig
    from TTS.utils.audio import AudioProcessor

    return AudioProcessor(BaseAudioConfig(**AUDIO))


def acoustic_config() -> Any:
    """Give the configuration of the acoustic model: phonemes in, mel frames out."""
    from TTS.config import BaseAudioConfig
    from TTS.tts.configs.fast_pitch_config import FastPitchConfig
    from TTS.tts.configs.forward_tts_config import ForwardTTSArgs
    from TTS.tts.configs.shared_configs import CharactersConfig

    width = 96
    predictor = {"hidden_channels": 96, "kernel_size": 3, "dropout_p": 0.1}
    arguments = ForwardTTSArgs(
        num_chars=len(VOCABULARY),
        out_channels=MELS,
        hidden_channels=width,
        use_aligner=False,  # espeak-ng says when each phoneme begins
        use_pitch=True,
        use_energy=False,
        positional_encoding=False,
        max_duration=120,
        encoder_type="residual_conv_bn",
        encoder_params={
            "kernel_size": 3, "dilations": [1, 2, 4], "num_conv_blocks": 2, "num_res_blocks": 3,
        },
        decoder_type="residual_conv_bn",
        decoder_params={
            "kernel_size": 3, "dilations": [1, 2, 4, 1, 2, 4, 1],
            "num_conv_blocks": 2, "num_res_blocks": 7,
        },
        **{f"duration_predictor_{name}": value for name, value in predictor.items()},
        **{f"pitch_predictor_{name}": value for name, value in predictor.items()},
    )  # fmt: skip
    return FastPitchConfig(
        audio=BaseAudioConfig(**AUDIO),
        model_args=arguments,
        use_phonemes=True,
        phonemizer=PHONEMIZER,
        phoneme_language="en-us",
        text_cleaner=None,
        add_blank=False,
        characters=CharactersConfig(
            characters_class="TTS.tts.utils.text.characters.Graphemes",
            pad=PAD,
            eos="",
            bos="",
            blank="",
            characters=VOCABULARY[1 : -len(ENDS)],
            punctuations="".join(ENDS),
            is_unique=False,
            is_sorted=False,
        ),
        compute_input_seq_cache=False,
        compute_f0=False,
        f0_cache_path=None,
        datasets=[],
        test_sentences=[],
        use_ssim_loss=False,
        dur_loss_alpha=0.2,
        pitch_loss_alpha=0.2,
        spec_loss_alpha=1.0,
        spec_loss_type="l1",
        duration_loss_type="mse",
    )


def vocoder_config() -> Any:
    """Give the configuration of the vocoder: mel frames in, samples out."""
    from TTS.config import BaseAudioConfig
    from TTS.vocoder.configs import HifiganConfig

    return HifiganConfig(
        audio=BaseAudioConfig(**AUDIO),
        generator_model_params={
            "upsample_factors": [8, 4, 8],
            "upsample_kernel_sizes": [16, 8, 16],
            "upsample_initial_channel": 128,
            "resblock_kernel_sizes": [3, 5, 7],
            "resblock_dilation_sizes": [[1, 2], [2, 6], [3, 12]],
            "resblock_type": "2",
        },
    )


def acoustic_model(config: Any) -> Any:
    """Make Coqui's ForwardTTS with fresh weights."""
    from TTS.tts.models.forward_tts import ForwardTTS

    from vtuber.voice.bundled.phonemizer import register

    register()
    return ForwardTTS(config)


def vocoder_model(config: Any) -> Any:
    """Make Coqui's HifiganGenerator with fresh weights."""
    from TTS.vocoder.models.hifigan_generator import HifiganGenerator

    return HifiganGenerator(in_channels=MELS, out_channels=1, **config.generator_model_params)
