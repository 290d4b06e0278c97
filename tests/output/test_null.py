"""The sink that counts."""

from vtuber.output.null import Options, Output
from vtuber.runtime.clock import ManualClock


def test_it_counts_what_it_is_given_and_keeps_the_last(show, disc) -> None:
    sink = Output(Options(), show.context())
    sink.open()
    for sequence in range(3):
        sink.send(disc(sequence))
    assert sink.frames == 3
    assert sink.last is not None
    assert sink.last.sequence == 2


def test_a_delay_keeps_it_busy_for_that_long_each_picture(show, disc) -> None:
    clock = ManualClock()
    sink = Output(Options(delay_ms=40), show.context(clock=clock))
    sink.send(disc())
    sink.send(disc())
    assert clock.now_ns() == 80_000_000
