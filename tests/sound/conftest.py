"""A PulseAudio of our own for the tests of a module."""

import importlib.util
import shutil

import pytest

from tests.sound.pulse import NEEDED, Pulse, Recorder
from vtuber.core.errors import UserError
from vtuber.runtime.pactl import pactl
from vtuber.sound import devices


@pytest.fixture(scope="module")
def pulse(tmp_path_factory):
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing or importlib.util.find_spec("sounddevice") is None:
        pytest.skip(f"no {', '.join(missing) or 'sounddevice'} here")
    folder = tmp_path_factory.mktemp("pulse")
    server = Pulse(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PULSE_SERVER", server.address)
        patch.setenv("PULSE_COOKIE", str(folder / "cookie"))
        server.start()
        try:
            devices.refresh()
        except UserError as error:
            server.stop()
            pytest.skip(str(error))
        if devices.PULSE not in [device.name for device in devices.devices("out", pactl)]:
            server.stop()
            pytest.skip("ALSA has no way to PulseAudio here: libasound2-plugins")
        yield server
        server.stop()


@pytest.fixture
def record(pulse):
    """Give what records a source; all are closed afterwards."""
    recorders = []

    def record(source):
        recorders.append(Recorder(source))
        return recorders[-1]

    yield record
    for recorder in recorders:
        recorder.close()
