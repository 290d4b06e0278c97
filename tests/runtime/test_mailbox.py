import threading

from hypothesis import given
from hypothesis import strategies as st

from vtuber.runtime.mailbox import Mailbox


def test_a_slow_reader_gets_the_newest_value_and_the_loss_is_counted():
    box = Mailbox()
    for value in range(5):
        box.put(value)
    assert box.take() == 4
    assert box.dropped == 4
    assert box.take() is None


@given(st.lists(st.booleans()))
def test_what_was_put_was_taken_dropped_or_is_there(steps):
    box, put, taken = Mailbox(), 0, []
    for is_put in steps:
        if is_put:
            put += 1
            box.put(put)
        elif (value := box.take()) is not None:
            taken.append(value)
            assert value == put
    rest = box.take() is not None
    assert put == len(taken) + box.dropped + rest
    assert taken == sorted(set(taken))


def test_across_threads_nothing_is_given_twice_or_back_in_time():
    box, taken = Mailbox(), []

    def read():
        while (value := box.take(5.0)) is not None:
            taken.append(value)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    for value in range(20_000):
        box.put(value)
    box.close()
    reader.join(10.0)
    assert not reader.is_alive()
    assert taken == sorted(set(taken))
    assert taken[-1] == 19_999
    assert len(taken) + box.dropped == 20_000


def test_a_reader_that_waits_is_woken_by_a_value_and_by_the_end():
    box, taken = Mailbox(), []
    reader = threading.Thread(
        target=lambda: taken.extend([box.take(None), box.take(None)]), daemon=True
    )
    reader.start()
    box.put("newest")
    while not taken and box._value is not None:  # until the reader has taken it
        pass
    box.close()
    reader.join(5.0)
    assert taken == ["newest", None]


def test_a_closed_box_still_gives_what_was_in_it():
    box = Mailbox()
    box.put(1)
    box.close()
    assert box.take(None) == 1
    assert box.take(None) is None
