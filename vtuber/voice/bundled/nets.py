"""The two networks of the bundled voice, as Coqui's own configurations and classes.

Knows no path, device or optimiser. `acoustic_config` and `vocoder_config` are what Coqui's loader
reads as config.json; call `coqui_import.prepare()` before anything here.
"""

from __future__ import annotations

from typing import Any

from vtuber.voice.bundled.phonemes import ENDS, PAD, VOCABULARY
from vtuber.voice.bundled.phonemizer import PHONEMIZER, register

SAMPLE_RATE_HZ = 22_050
HOP = 256  # samples a frame: 11.6 ms
MELS = 80
BINS = 32  # of a frame, in which the pulses and the noise of the voice lie: 0.36 ms each
FEATURES = MELS + BINS  # of a frame of the vocoder's input
PITCH, VOICED = MELS, MELS + 1  # where the acoustic model says them; the vocoder has bins there

# What the AudioProcessor measures; as the networks see it, a frame has all FEATURES.
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
        out_channels=FEATURES,
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
        audio=BaseAudioConfig(**{**AUDIO, "num_mels": FEATURES}),
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
    """Give the configuration of the vocoder: mel frames in, samples out.

    Coqui's loader makes a discriminator, too, which nobody here needs. That of a HifiganConfig
    takes 280 MB and cannot be made smaller; that of a MelganConfig can, and its generator be
    HiFi-GAN's.
    """
    from TTS.config import BaseAudioConfig
    from TTS.vocoder.configs import MelganConfig

    return MelganConfig(
        audio=BaseAudioConfig(**{**AUDIO, "num_mels": FEATURES}),
        generator_model="hifigan_generator",
        generator_model_params={
            "upsample_factors": [8, 4, 8],
            "upsample_kernel_sizes": [16, 8, 16],
            "upsample_initial_channel": 128,
            "resblock_kernel_sizes": [3, 5, 7],
            "resblock_dilation_sizes": [[1, 2], [2, 6], [3, 12]],
            "resblock_type": "2",
        },
        discriminator_model="melgan_multiscale_discriminator",
        discriminator_model_params={
            "base_channels": 4, "max_channels": 4, "downsample_factors": [1],
        },
    )  # fmt: skip


def acoustic_model(config: Any) -> Any:
    """Make Coqui's ForwardTTS with fresh weights."""
    from TTS.tts.models.forward_tts import ForwardTTS

    register()
    return ForwardTTS(config)


def vocoder_model(config: Any) -> Any:
    """Make Coqui's HifiganGenerator with fresh weights, its source wired through (`_wire`)."""
    from TTS.vocoder.models.hifigan_generator import HifiganGenerator

    model = HifiganGenerator(in_channels=FEATURES, out_channels=1, **config.generator_model_params)
    _wire(model)
    return model


def _wire(model: Any) -> None:
    """Begin with weights that lay a frame's bins out in time, where the pulses belong.

    The bins go through the first convolution as they are; the first widening (8) deals four of them
    to each of its steps, the second (4) one to each of its own: there they are a signal of 2.8 kHz
    in channel 0. What else is widened, is widened smoothly. From random weights, each step of a
    frame is another function of the frame: the network began with a hum of 86 Hz, and 1,300 steps
    did not lead out of it.
    """
    import torch

    with torch.no_grad():
        for layer, steps in _widenings(model):
            weight = 2.0 * _smooth(layer.weight)  # as large again as before
            each = BINS // 8 if steps == 8 else 1
            layer.weight = _laid(weight, layer, torch.eye(each, weight.shape[1]), steps)
    keep_smooth(model)


def keep_smooth(model: Any) -> None:
    """Take from the vocoder what it could hum with; call it after every step of a training.

    The bins stay one signal in time, which each step of a frame filters alike; what comes from the
    spectrum is interpolated. Left free, 12 % of the voiced frames hummed at 86 Hz, and above 800 Hz
    its harmonics lay in the place of the voice's. With the widenings of the spectrum alone held to
    it, 6 % did, and with all of it the lines are gone from the spectrogram, too.
    """
    import torch

    with torch.no_grad():
        weight = model.conv_pre.weight.clone()
        weight[:BINS] = 0.0
        weight[range(BINS), range(MELS, FEATURES), weight.shape[2] // 2] = 1.0
        weight[BINS:, MELS:] = 0.0
        model.conv_pre.weight = weight
        model.conv_pre.bias[:BINS] = 0.0
        for layer, steps in _widenings(model):
            weight = layer.weight.clone()
            each = BINS // 8 if steps == 8 else 1
            middle = [
                weight[step * each : (step + 1) * each, :, step + layer.padding[0]]
                for step in range(steps)
            ]
            weight[steps * each :] = _smooth(weight[steps * each :])
            layer.weight = _laid(weight, layer, torch.stack(middle).mean(0), steps)


def _widenings(model: Any) -> tuple[tuple[Any, int], ...]:
    """Give the two layers that lay bins out in time, and the steps that each makes of one."""
    return (model.ups[0], 8), (model.ups[1], BINS // 8)


def _laid(weight: Any, layer: Any, taps: Any, steps: int) -> Any:
    """Have each step made of its own bins alone, by the same `taps` (bins of a step, outputs)."""
    weight, each = weight.clone(), len(taps)
    weight[: steps * each] = 0.0
    for step in range(steps):
        weight[step * each : (step + 1) * each, :, step + layer.padding[0]] = taps
    return weight


def keep_lengths(model: Any) -> None:
    """Bring the directions of normed weights to the length 1: that of the product is kept apart.

    Those of channels that died out have lengths which float16 takes for 0, and 0 / 0 is no sound.
    """
    import torch

    with torch.no_grad():
        for layer in model.modules():
            if torch.nn.utils.parametrize.is_parametrized(layer, "weight"):
                direction = layer.parametrizations.weight.original1
                length = direction.flatten(1).norm(dim=1).clamp(min=1e-30)
                direction /= length.reshape(-1, *[1] * (direction.ndim - 1))


def _smooth(weight: Any) -> Any:
    """Give the nearest widening that is a linear interpolation: triangles, two strides long."""
    import torch

    size = weight.shape[2]
    shape = 1.0 - (torch.arange(size) - (size - 1) / 2).abs() / (size / 2)
    return (weight @ shape / (shape @ shape))[:, :, None] * shape
