"""Small models of Coqui TTS with random weights, as files: they speak noise by the real path."""

import json
from pathlib import Path

AUDIO = {"sample_rate": 22050, "hop_length": 256, "win_length": 1024, "fft_size": 1024}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
CHARACTERS = {
    "characters_class": "TTS.tts.utils.text.characters.Graphemes",
    "pad": "_", "eos": "~", "bos": "^", "blank": "@",
    "characters": LETTERS + LETTERS.upper(), "punctuations": "!'(),-.:;? ", "phonemes": None,
}  # fmt: skip


def _prepared():
    from vtuber.voice.coqui_import import prepare

    prepare()
    import torch

    torch.manual_seed(1)
    return torch


def _letters():
    from TTS.tts.configs.shared_configs import CharactersConfig

    return CharactersConfig(**CHARACTERS)


def _saved(torch, folder: Path, config, model) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    config.save_json(str(folder / "config.json"))
    torch.save({"model": model.state_dict()}, folder / "model.pth")
    return folder / "model.pth"


def vits(folder: Path, **more) -> Path:
    torch = _prepared()
    from TTS.tts.configs.vits_config import VitsConfig
    from TTS.tts.models.vits import Vits, VitsArgs

    args = VitsArgs(
        hidden_channels=16, hidden_channels_ffn_text_encoder=16, num_layers_text_encoder=1,
        num_heads_text_encoder=1, num_layers_flow=1, num_layers_posterior_encoder=1,
        upsample_initial_channel_decoder=16, out_channels=513, init_discriminator=False,
        **more,
    )  # fmt: skip
    config = VitsConfig(
        model_args=args, text_cleaner="basic_cleaners", characters=_letters(), add_blank=True
    )
    return _saved(torch, folder, config, Vits(config))


def two_speakers(folder: Path) -> Path:
    """Give a model with the speakers ann and bob, as VCTK's has its 109."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "speakers.json").write_text('{"ann": 0, "bob": 1}')
    return vits(
        folder,
        use_speaker_embedding=True,
        speaker_embedding_channels=16,
        speakers_file=str(folder / "speakers.json"),
    )


def fast_pitch(folder: Path) -> Path:
    torch = _prepared()
    from TTS.tts.configs.fast_pitch_config import FastPitchConfig
    from TTS.tts.models.forward_tts import ForwardTTS, ForwardTTSArgs

    args = ForwardTTSArgs(
        hidden_channels=32, encoder_type="residual_conv_bn", decoder_type="residual_conv_bn",
        encoder_params={"kernel_size": 4, "dilations": [1, 2], "num_conv_blocks": 2,
                        "num_res_blocks": 2},
        decoder_params={"kernel_size": 4, "dilations": [1, 2], "num_conv_blocks": 2,
                        "num_res_blocks": 2},
        use_aligner=False, use_pitch=True, duration_predictor_hidden_channels=16,
        pitch_predictor_hidden_channels=16,
    )  # fmt: skip
    config = FastPitchConfig(
        model_args=args, text_cleaner="basic_cleaners", characters=_letters(), use_phonemes=False
    )
    model = ForwardTTS(config)
    # about 5 frames a token: what is predicted is log(1 + frames)
    model.duration_predictor.proj.weight.data.zero_()
    model.duration_predictor.proj.bias.data.fill_(1.8)
    return _saved(torch, folder, config, model)


def glow_tts(folder: Path) -> Path:
    torch = _prepared()
    from TTS.tts.configs.glow_tts_config import GlowTTSConfig
    from TTS.tts.models.glow_tts import GlowTTS

    config = GlowTTSConfig(text_cleaner="basic_cleaners", characters=_letters())
    config.model_args.hidden_channels_enc = config.model_args.hidden_channels_dec = 16
    config.model_args.num_flow_blocks_dec = 1
    model = GlowTTS(config)
    model.encoder.duration_predictor.proj.weight.data.zero_()
    model.encoder.duration_predictor.proj.bias.data.fill_(1.8)
    return _saved(torch, folder, config, model)


def hifigan(folder: Path) -> Path:
    torch = _prepared()
    from TTS.vocoder.configs import HifiganConfig
    from TTS.vocoder.models.gan import GAN

    config = HifiganConfig(
        generator_model_params={
            "upsample_factors": [8, 8, 4], "upsample_kernel_sizes": [16, 16, 8],
            "upsample_initial_channel": 16, "resblock_kernel_sizes": [3, 5, 7],
            "resblock_dilation_sizes": [[1, 2], [2, 6], [3, 12]], "resblock_type": "2",
        }
    )  # fmt: skip
    return _saved(torch, folder, config, GAN(config))


def broken(folder: Path) -> Path:
    """Give a model whose config asks for another number of letters than its weights have."""
    model = fast_pitch(folder)
    path = folder / "config.json"
    config = json.loads(path.read_text())
    config["model_args"]["hidden_channels"] = 48
    path.write_text(json.dumps(config))
    return model
