import subprocess
import sys

import pytest

from vtuber import plugins
from vtuber.core.errors import UserError
from vtuber.core.ports import SinkContext
from vtuber.runtime.clock import ManualClock


def test_plugins_are_found_by_their_files_and_private_ones_are_not():
    assert {"null", "record", "virtualcam", "web"} <= set(plugins.names("output"))
    assert {"camera", "card", "still", "video"} <= set(plugins.names("capture"))
    assert not any(name.startswith("_") for name in plugins.names("output"))


@pytest.mark.parametrize("room", plugins.ROOMS)
def test_every_plugin_has_options_with_defaults_and_its_class(room):
    for name in plugins.names(room):
        plugin = plugins.parse(room, name)
        assert plugin.name == name
        assert plugin.options == type(plugin.options)()
        assert callable(plugin.make)


def test_only_the_plugin_that_is_asked_for_is_imported():
    script = (
        "import sys; from vtuber import plugins; plugins.names('output');"
        "plugins.parse('output', 'null');"
        "print(*(m for m in sys.modules if m.startswith('vtuber.output.')))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert found.stdout.split() == ["vtuber.output.null"], found.stderr


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("null", {"fps": 30, "delay_ms": 0.0}),
        ("null:", {"fps": 30}),
        ("null:60", {"fps": 60}),  # a first value without a key is the first option
        ("null:fps=25,delay_ms=2.5", {"fps": 25, "delay_ms": 2.5}),
        ("null:25,delay_ms=2.5", {"fps": 25, "delay_ms": 2.5}),
        ("record:a film.mp4", {"path": "a film.mp4"}),
        ("record:one, two.mp4,fps=60", {"path": "one, two.mp4", "fps": 60}),
        ("record:path=a=b.mp4", {"path": "a=b.mp4"}),
        (r"record:C:\films\a.mp4", {"path": r"C:\films\a.mp4"}),
        ("record:a.mp4,background=#00ff00", {"background": "#00ff00"}),
    ],
)
def test_options_are_read_from_text(text, options):
    found = plugins.parse("output", text).options
    assert {name: getattr(found, name) for name in options} == options


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nul", "no output called 'nul'; did you mean null?"),
        ("xyzzy", "no output called 'xyzzy'; choose one of: .*null.*record"),
        ("", "no output called ''; choose one of"),
        ("_opaque", "no output called '_opaque'"),
        ("../null", "no output called '../null'"),
        ("null:fbs=30", "output null: no option 'fbs'; did you mean fps?"),
        ("null:x=1", "no option 'x'; choose one of: fps, delay_ms"),
        ("null:fps=fast", "output null: fps=fast: input should be a valid integer$"),
        ("null:delay_ms=inf", "delay_ms=inf: give a finite number"),
        ("null:delay_ms=nan", "delay_ms=nan: give a finite number"),
        ("null:fbs=1,fps=fast,delay_ms=x", "no option 'fbs'.*; fps=fast: .*; delay_ms=x: "),
    ],
)
def test_what_is_wrong_is_said_all_at_once(text, says):
    with pytest.raises(UserError, match=says):
        plugins.parse("output", text)


def test_options_may_be_given_as_values():
    assert plugins.with_options("output", "null", fps=50).options.fps == 50
    with pytest.raises(UserError, match="no option 'fsp'; did you mean fps"):
        plugins.with_options("output", "null", fsp=50)


def test_a_plugin_makes_its_machine():
    context = SinkContext((64, 64), 30.0, ManualClock(), print)
    sink = plugins.parse("output", "null").make(context)
    sink.open()
    assert sink.is_open
