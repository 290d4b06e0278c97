import threading

import pytest

from vtuber.core.errors import DeviceLost
from vtuber.runtime.worker import Worker


def fail(stop):
    raise DeviceLost("unplugged")


def ended(worker):
    worker.join(5.0)
    return worker


def failed_at(worker, now_s):
    """Let the job end, then give what `check` says at a time."""
    ended(worker)
    return worker.check(round(now_s * 1e9))


def test_the_error_that_ended_a_job_is_told_once():
    worker = Worker("camera", fail)
    worker.start()
    failure = failed_at(worker, 1.0)
    assert failure.worker == "camera"
    assert isinstance(failure.error, DeviceLost)
    assert failure.error.__traceback__ is not None
    assert failure.restarts_in_s == 0.5
    assert worker.check(round(1.1e9)) is None


def test_a_job_that_goes_on_failing_is_restarted_with_growing_pauses():
    runs = []

    def job(stop):
        runs.append(1)
        raise DeviceLost("still unplugged")

    worker, now_s, pauses_s = Worker("camera", job), 0.0, []
    worker.start()
    for _ in range(6):
        failure = failed_at(worker, now_s)
        pauses_s.append(failure.restarts_in_s)
        just_before_s = now_s + failure.restarts_in_s - 0.01
        assert worker.check(round(just_before_s * 1e9)) is None
        assert len(runs) == len(pauses_s)
        now_s += failure.restarts_in_s
        worker.check(round(now_s * 1e9))
    assert pauses_s == [0.5, 1.0, 2.0, 4.0, 4.0, 4.0]
    ended(worker)
    assert len(runs) == 7


def test_a_job_that_worked_for_long_begins_again_with_the_short_pause():
    may_fail = threading.Event()

    def job(stop):
        may_fail.wait(5.0)
        raise DeviceLost("unplugged")

    worker = Worker("camera", job)
    may_fail.set()
    worker.start()
    assert failed_at(worker, 0.0).restarts_in_s == 0.5
    may_fail.clear()
    worker.check(round(1e9))  # starts it again
    worker.check(round(1.1e9))  # and sees that it runs
    assert not worker.has_recovered(round(2e9))
    assert worker.has_recovered(round(4e9))
    may_fail.set()
    assert failed_at(worker, 30.0).restarts_in_s == 0.5
    worker.check(round(31e9))
    assert failed_at(worker, 31.1).restarts_in_s == 1.0


def test_a_job_that_failed_has_not_recovered():
    worker = Worker("camera", fail)
    worker.start()
    failed_at(worker, 0.0)
    assert not worker.has_recovered(round(9e9))


def test_a_worker_without_restarts_stays_down():
    worker = Worker("keyboard", fail, restarts=False)
    worker.start()
    assert failed_at(worker, 0.0).restarts_in_s is None
    worker.check(round(100e9))
    assert not worker.is_alive


def test_a_job_that_is_done_is_no_failure_and_is_not_begun_again():
    runs = []
    worker = Worker("clip", runs.append)
    worker.start()
    assert failed_at(worker, 0.0) is None
    assert failed_at(worker, 100.0) is None
    assert len(runs) == 1


def test_a_job_is_asked_to_stop():
    worker = Worker("tracker", lambda stop: stop.wait())
    worker.start()
    assert worker.is_alive
    worker.ask_to_stop()
    assert worker.join(5.0)


def test_a_job_that_failed_is_not_begun_again_once_it_was_asked_to_stop():
    runs = []

    def job(stop):
        runs.append(1)
        raise DeviceLost("unplugged")

    worker = Worker("camera", job)
    worker.start()
    failed_at(worker, 0.0)
    worker.ask_to_stop()
    worker.check(round(10e9))
    ended(worker)
    assert len(runs) == 1


def test_a_job_that_does_not_stop_is_reported_and_not_waited_for(caplog):
    caplog.set_level("INFO")
    let_go = threading.Event()
    worker = Worker("deaf", lambda stop: let_go.wait(10.0))
    worker.start()
    worker.ask_to_stop()
    assert not worker.join(0.01)
    assert "deaf did not end" in caplog.text
    let_go.set()
    assert worker.join(5.0)


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), MemoryError()])
def test_no_kind_of_error_dies_unseen(error):
    def job(stop):
        raise error

    worker = Worker("odd", job)
    worker.start()
    assert failed_at(worker, 0.0).error is error


def test_a_job_that_hangs_is_begun_anew_and_what_the_old_one_does_is_nobodys():
    wakes = threading.Event()
    hung, fresh, told = threading.Event(), threading.Event(), []

    def job(stop):
        if not hung.is_set():
            hung.set()
            wakes.wait(20.0)
            told.append(stop.is_set())
            raise ValueError("of the old one")
        fresh.set()
        stop.wait(20.0)

    worker = Worker("hangs once", job)
    worker.start()
    assert hung.wait(20.0)
    (old,) = (thread for thread in threading.enumerate() if thread.name == "hangs once")
    assert worker.replace()
    assert fresh.wait(20.0)
    wakes.set()
    old.join(20.0)
    assert told == [True]
    assert worker.error is None
    assert worker.is_alive
    worker.ask_to_stop()
    assert worker.join(20.0)
    assert not worker.replace(), "the show has ended"


def test_no_more_jobs_hang_than_can_be_borne():
    let_go = threading.Event()
    worker = Worker("hangs ever", lambda stop: let_go.wait(20.0))
    worker.start()
    assert [worker.replace() for _ in range(5)] == [True, True, True, False, False]
    let_go.set()
    assert worker.join(20.0)
    for thread in threading.enumerate():
        if thread.name == "hangs ever":
            thread.join(20.0)
    assert worker.replace(), "those have ended"
