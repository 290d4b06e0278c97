"""Presets of a show, as the command line reads them."""

import argparse

import pytest

from vtuber.cli import run
from vtuber.settings import Settings
from vtuber.shows.live.presets import LOW_POWER, QUALITY


class Quiet:
    """Speaks to nobody."""

    def say(self, sentence: str) -> None: ...

    def status(self, status: object) -> None: ...


def settings(*words: str) -> Settings:
    parser = argparse.ArgumentParser()
    run.configure(parser)
    args = parser.parse_args(["--output", "null", "--video", "card", *words])
    return run._show(args, Quiet(), None)._settings


@pytest.mark.parametrize("preset", [LOW_POWER, QUALITY])
def test_a_preset_is_made_of_settings_that_there_are(preset) -> None:
    assert Settings.model_validate(dict(preset))


def test_low_power_draws_little_and_quality_much() -> None:
    low, plain, high = settings("--low-power"), settings(), settings("--quality")
    assert low.size < plain.size < high.size
    assert (low.fps, plain.fps, high.fps) == (30, "auto", 60)


def test_what_is_said_beside_a_preset_goes_before_it() -> None:
    said = settings("--low-power", "--size", "800x600", "--fps", "20")
    assert (said.size, said.fps) == ((800, 600), 20)


def test_both_at_once_are_refused(capsys) -> None:
    with pytest.raises(SystemExit):
        settings("--low-power", "--quality")
    assert "not allowed with" in capsys.readouterr().err
