"""Tasks for real spawned processes. Each spawn costs about 0.2 s."""

import multiprocessing
import os
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from tests.runtime import children
from vtuber.core.errors import UserError
from vtuber.runtime import process as processes
from vtuber.runtime.process import MOST_REPLIES, ProcessFailed, Service

REPOSITORY = Path(__file__).resolve().parent.parent.parent
LONG_S = 20.0


@pytest.fixture
def serve():
    """Give what starts a service; all are ended and joined afterwards."""
    started = []

    def serve(make=children.spell, *arguments, **options):
        service = Service("voice", make, *arguments, **options)
        service.worker.start()
        started.append(service)
        return service

    yield serve
    for service in started:
        service.worker.ask_to_stop()
        assert service.worker.join(LONG_S)
    assert not multiprocessing.active_children()


def until_end(service, ticket):
    """Take the replies up to the end of a task: what was made of it, and the end."""
    results = []
    while True:
        reply = service.take(LONG_S)
        assert reply is not None, f"no end of {ticket} came; the worker: {service.worker.error}"
        if reply.ticket == ticket and reply.end:
            return results, reply
        results.append(reply.result)


def failure(service):
    """Wait for the process to end, and give what it died of."""
    assert service.worker.join(LONG_S)
    return service.worker.error


def pid_in(path):
    """Wait for a child to write its process number."""
    tick = threading.Event()
    for _ in range(1000):
        if path.exists() and path.read_text():
            return int(path.read_text())
        tick.wait(0.02)
    raise AssertionError(f"no child wrote {path}")


def test_every_result_of_every_task_comes_in_order(serve):
    service = serve()
    words = ["hello", "", "a" * 300, "world"]
    tickets = [service.ask(word) for word in words]
    for ticket, word in zip(tickets, words, strict=True):
        results, end = until_end(service, ticket)
        assert ("".join(results), end.end) == (word, "done")
    assert service.take() is None
    assert service.answered == sum(map(len, words)) + len(words)


def test_the_queue_is_bounded_and_asking_never_waits():
    service = Service("voice", children.spell, room=2)  # not started: nobody takes
    assert [service.ask("a") for _ in range(4)] == [1, 2, None, None]


def test_results_that_nobody_takes_hold_the_process_up_and_none_is_lost(serve):
    service = serve()
    ticket = service.ask("endless")
    tick = threading.Event()
    while service.answered < MOST_REPLIES:
        tick.wait(0.01)
    tick.wait(0.2)  # while which it fills the pipe
    assert service.answered == MOST_REPLIES
    for _ in range(3 * MOST_REPLIES):
        assert service.take(LONG_S).result == "e"
    service.interrupt()
    assert until_end(service, ticket)[1].end == "interrupted"


def test_a_result_larger_than_a_pipe_arrives(serve):
    service = serve()
    results, _ = until_end(service, service.ask(3_000_000))
    assert [len(result) for result in results] == [3_000_000]


def test_an_interruption_drops_all_that_was_asked_and_leaves_later_tasks_whole(serve):
    service = serve()
    tickets = [service.ask(word) for word in ("endless", "never", "said")]
    assert service.take(LONG_S).result == "e"
    service.interrupt()
    service.interrupt()  # twice is once
    later = service.ask("later")
    ends = [service.take() for _ in tickets]
    assert [(reply.ticket, reply.end) for reply in ends] == [(t, "interrupted") for t in tickets]
    results, end = until_end(service, later)
    assert ("".join(results), end.end) == ("later", "done")
    assert service.worker.error is None


def test_an_interruption_that_comes_too_late_does_not_reach_the_next_task(serve, tmp_path):
    service = serve()
    until_end(service, service.ask("warm"))
    service.ask(tmp_path / "end")  # ends without a result at which it could be stopped
    tick = threading.Event()
    tick.wait(0.1)  # while which the process takes it
    service.interrupt()
    assert service.take(LONG_S).end == "interrupted"
    tick.wait(0.1)  # while which the word to stop arrives
    (tmp_path / "end").touch()
    results, end = until_end(service, service.ask("next"))
    assert ("".join(results), end.end) == ("next", "done")


def test_a_task_that_raises_is_answered_with_its_traceback_and_the_process_goes_on(serve):
    service = serve()
    for bad, says in (("bad", "ValueError: cannot say bad"), ("connection", "hung up")):
        _, end = until_end(service, service.ask(bad))
        assert end.end == "failed"
        assert "in answer" in end.trouble
        assert says in end.trouble
    assert until_end(service, service.ask("good"))[0] == list("good")


def test_the_traceback_of_what_cannot_begin_is_kept(serve):
    error = failure(serve(children.fail, 300_000))  # longer than a pipe
    assert isinstance(error, ProcessFailed)
    assert "in fail" in str(error)
    assert str(error).endswith("ValueError: " + "x" * 300_000 + "\n")


def test_what_the_user_can_mend_is_told_as_it_was(serve):
    error = failure(serve(children.lack, "voice"))
    assert isinstance(error, UserError)
    assert str(error) == "no voice; install it"


def test_a_result_that_cannot_cross_the_pipe_ends_its_task_and_the_process_goes_on(serve):
    service = serve()
    results, end = until_end(service, service.ask("odd"))
    assert (results, end.end) == (["o"], "failed")
    assert "lambda" in end.trouble
    assert until_end(service, service.ask("good"))[0] == list("good")


def test_a_process_that_dies_loses_its_task_and_the_next_one_has_those_that_wait(serve):
    service = serve()
    lost, waits = service.ask("die"), service.ask("hello")
    assert service.worker.check(0) is None
    results, end = until_end(service, lost)
    assert (results, end.end) == (["d"], "lost")
    assert service.worker.join(LONG_S)
    failed = service.worker.check(1)
    assert failed.restarts_in_s == 0.5
    assert str(failed.error) == "voice ended with exit code -9"
    service.worker.check(500_000_001)
    assert until_end(service, waits)[0] == list("hello")


def test_one_that_could_not_begin_begins_the_next_time(serve, tmp_path):
    service = serve(children.fail_at_first, str(tmp_path / "tried"))
    ticket = service.ask("hello")
    service.worker.check(0)
    assert service.worker.join(LONG_S)
    assert "the first time" in str(service.worker.check(1).error)
    service.worker.check(500_000_001)
    assert until_end(service, ticket)[0] == list("hello")


def test_ctrl_c_is_left_to_the_show(serve):
    service = serve()
    assert until_end(service, service.ask("interrupt"))[1].end == "done"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no masks of signals")
def test_ctrl_c_is_left_to_the_show_from_the_first_moment_on(serve):
    service = serve()
    assert "".join(until_end(service, service.ask("deaf"))[0]) == "True"


def test_one_that_is_asked_to_stop_ends_in_the_middle_of_a_task(serve):
    service = serve()
    service.ask("endless")
    assert service.take(LONG_S) is not None
    service.worker.ask_to_stop()
    assert service.worker.join(LONG_S)
    assert service.worker.error is None
    assert not multiprocessing.active_children()


def test_one_that_does_not_listen_is_killed(serve, tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "STOP_S", 0.1)
    service = serve(children.be_deaf, str(tmp_path / "said"))
    service.ask("something")
    pid = pid_in(tmp_path / "said")
    service.worker.ask_to_stop()
    assert service.worker.join(LONG_S)
    assert service.worker.error is None
    assert not psutil.pid_exists(pid)


def test_no_process_outlives_a_show_that_was_killed(tmp_path):
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
    child.wait(LONG_S)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities of threads")
def test_it_gives_way_while_it_begins_and_not_while_it_answers(serve):
    service = serve(children.niceness)
    (begun, now), *_ = until_end(service, service.ask("how nice"))[0]
    assert begun == processes.NICE_AT_START
    assert now == os.getpriority(os.PRIO_PROCESS, 0)
