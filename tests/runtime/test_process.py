"""Jobs in spawned processes. Each spawn costs about 0.2 s."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from tests.runtime import children
from vtuber.runtime import worker as workers
from vtuber.runtime.worker import ProcessFailed, Worker, in_process

REPOSITORY = Path(__file__).resolve().parent.parent.parent


def run(target, *arguments):
    in_process(target, *arguments)(threading.Event())


def pid_in(path):
    """Wait for a child to write its process number."""
    tick = threading.Event()
    for _ in range(500):
        if path.exists() and path.read_text():
            return int(path.read_text())
        tick.wait(0.02)
    raise AssertionError(f"no child wrote {path}")


def test_a_job_gets_its_arguments_and_ends_well(tmp_path):
    run(children.write, str(tmp_path / "said"), "hello")
    assert (tmp_path / "said").read_text() == "hello"


def test_the_traceback_of_a_child_arrives():
    with pytest.raises(ProcessFailed, match=r"in fail(.|\n)*ValueError: xxx$"):
        run(children.fail, 3)


def test_a_traceback_longer_than_a_pipe_arrives_too():
    with pytest.raises(ProcessFailed) as caught:
        run(children.fail, 300_000)
    assert len(str(caught.value)) > 300_000


def test_a_killed_child_is_noticed():
    with pytest.raises(ProcessFailed, match="exit code -9"):
        run(children.kill_itself)


def test_ctrl_c_is_left_to_the_show(tmp_path):
    run(children.be_interrupted, str(tmp_path / "said"))
    assert (tmp_path / "said").read_text() == "still here"


def test_a_child_is_asked_to_stop(tmp_path):
    worker = Worker("voice", in_process(children.wait_until_asked, str(tmp_path / "said")))
    worker.start()
    pid = pid_in(tmp_path / "said")
    worker.ask_to_stop()
    assert worker.join(10.0)
    assert worker.error is None
    assert (tmp_path / "said").read_text() == "asked"
    assert not psutil.pid_exists(pid)


def test_a_child_that_does_not_listen_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "STOP_S", 0.1)
    worker = Worker("voice", in_process(children.ignore_everything, str(tmp_path / "said")))
    worker.start()
    pid = pid_in(tmp_path / "said")
    worker.ask_to_stop()
    assert worker.join(10.0)
    assert worker.error is None
    assert not psutil.pid_exists(pid)


def test_no_child_outlives_a_show_that_was_killed(tmp_path):
    said = tmp_path / "said"
    show = subprocess.Popen(
        [sys.executable, children.__file__, str(said), str(REPOSITORY)],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
    )
    try:
        child = psutil.Process(pid_in(said))
    finally:
        show.kill()
        show.wait()
    child.wait(10.0)
    assert said.read_text() != "asked"
