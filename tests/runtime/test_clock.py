import threading

from vtuber.runtime.clock import ManualClock, SystemClock


def test_sleeping_on_a_manual_clock_is_jumping_and_never_back():
    clock = ManualClock(1_000)
    clock.sleep_until(5_000)
    assert clock.now_ns() == 5_000
    clock.sleep_until(2_000)
    assert clock.now_ns() == 5_000
    clock.advance(0.5)
    assert clock.now_ns() == 500_005_000


def test_time_that_many_threads_let_pass_adds_up():
    clock = ManualClock()
    threads = [
        threading.Thread(target=lambda: [clock.advance(1e-9) for _ in range(2_000)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock.now_ns() == 8_000


def test_the_system_clock_wakes_at_the_deadline_and_not_for_one_that_has_passed():
    clock = SystemClock()
    begin_ns = clock.now_ns()
    clock.sleep_until(begin_ns + 5_000_000)
    assert clock.now_ns() >= begin_ns + 5_000_000
    begin_ns = clock.now_ns()
    clock.sleep_until(begin_ns - 10**12)
    assert clock.now_ns() - begin_ns < 1e9
