from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from vtuber.core.speech import URGENT, Line
from vtuber.voice.queue import LineQueue

SECOND = 1_000_000_000


class Left(list):
    def __call__(self, line, why):
        self.append((line.text, why))


def test_the_most_urgent_line_goes_first_and_equals_in_their_order():
    queue = LineQueue(9, 60, Left())
    for text, priority in (("a", 0), ("b", 2), ("c", 0), ("d", 2), ("e", 1)):
        assert queue.put(Line(text, priority=priority), 0)
    assert [queue.take(0).text for _ in range(5)] == ["b", "d", "e", "a", "c"]
    assert queue.take(0) is None


def test_where_there_is_no_room_the_least_urgent_line_is_left_out():
    left = Left()
    queue = LineQueue(2, 60, left)
    assert queue.put(Line("a"), 0)
    assert queue.put(Line("b"), 0)
    assert not queue.put(Line("c"), 0)
    assert queue.put(Line("d", priority=1), 0)
    assert left == [("c", "2 lines wait already"), ("b", "2 lines wait already")]
    assert [queue.take(0).text for _ in range(2)] == ["d", "a"]


def test_a_line_that_waited_too_long_is_left_out():
    left = Left()
    queue = LineQueue(9, 5, left)
    queue.put(Line("old"), 0)
    queue.put(Line("new"), 3 * SECOND)
    assert queue.take(6 * SECOND).text == "new"
    assert left == [("old", "it waited longer than 5 s")]


def test_what_waits_already_is_not_taken_twice_but_for_somebody_else():
    left = Left()
    queue = LineQueue(9, 60, left)
    assert queue.put(Line("Hi"), 0)
    assert not queue.put(Line("HI"), 0)
    assert queue.put(Line("Hi", performer="bo"), 0)
    assert left == [("HI", "it waits already")]
    queue.take(0)
    assert queue.put(Line("hi"), 0)  # it does not wait any more


def test_what_is_put_back_is_next():
    queue = LineQueue(9, 60, Left())
    queue.put(Line("a", priority=1), 0)
    queue.put(Line("urgent", priority=URGENT), 0)
    queue.put_back(Line("b"), 0)
    assert [queue.take(0).text for _ in range(3)] == ["urgent", "b", "a"]


class Laws(RuleBasedStateMachine):
    """Whatever is put and taken: bounded, ordered, nothing lost without a word."""

    def __init__(self):
        super().__init__()
        self.left = Left()
        self.queue = LineQueue(4, 5, self.left)
        self.now_ns, self.put_count, self.taken, self.dropped = 0, 0, 0, 0
        self.last = None

    @rule(priority=st.integers(0, 3), text=st.sampled_from("abcdefgh"))
    def put(self, priority, text):
        self.queue.put(Line(text, priority=priority), self.now_ns)
        self.put_count += 1
        self.last = None

    @rule()
    def take(self):
        line = self.queue.take(self.now_ns)
        if line is not None:
            self.taken += 1
            assert self.last is None or line.priority <= self.last
            self.last = line.priority

    @rule()
    def put_back_what_was_taken(self):
        line = self.queue.take(self.now_ns)
        if line is not None:
            before = len(self.queue)
            self.queue.put_back(line, self.now_ns)
            assert len(self.queue) == before + 1
            assert self.queue.take(self.now_ns) == line
            self.taken += 1
            self.last = None

    @rule(text=st.sampled_from("abcdefgh"))
    def forget(self, text):
        before = len(self.queue)
        self.queue.drop(lambda line: line.text == text)
        self.dropped += before - len(self.queue)

    @rule(seconds=st.integers(1, 4))
    def wait(self, seconds):
        self.now_ns += seconds * SECOND

    @invariant()
    def nothing_is_lost_without_a_word(self):
        assert len(self.queue) <= 4
        known = len(self.queue) + self.taken + len(self.left) + self.dropped
        assert known == self.put_count


TestLaws = Laws.TestCase
TestLaws.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


@given(st.lists(st.integers(0, 5), max_size=20))
def test_lines_come_out_by_priority_then_by_age(priorities):
    queue = LineQueue(50, 60, Left())
    for place, priority in enumerate(priorities):
        queue.put(Line(str(place), priority=priority), 0)
    taken = [queue.take(0) for _ in priorities]
    assert [(-line.priority, int(line.text)) for line in taken] == sorted(
        (-p, i) for i, p in enumerate(priorities)
    )
