"""Several real people in one picture: nobody is ever moved by somebody else."""

import numpy as np
import pytest
import tracking_people as people
import tracking_scenes as scenes
from tracking_people import Count, Person, crosses, leaves, stays, swaps_places

FRAMES = 80


@pytest.fixture(scope="module")
def heads(selfie, shout):
    return [people.heads_of(take.frames[:50:2], take.faces[:50:2]) for take in (selfie, shout)]


@pytest.fixture(scope="module")
def stranger(data):
    frames = scenes.frames_of(data / "video" / "lp_s20.mp4", 8)
    return people.heads_of(frames, scenes.live(frames)[0])


def counted(cast, performers, change=lambda frames: frames):
    counts = [Count() for _ in range(performers)]
    found = people.seen(change(people.shown(cast, FRAMES)), performers)
    for number, count in enumerate(counts):
        count.add(found[number], cast, number)
    print(*counts, sep="\n")
    return counts


def test_two_who_change_places_stay_themselves(heads):
    first, second = (
        Person(heads[0], swaps_places(170, 470, 10, 50)),
        Person(heads[1], swaps_places(470, 170, 10, 50)),
    )
    for count in counted((first, second), 2):
        assert count.wrong == 0
        assert count.seen > 0.9 * count.there


def test_who_leaves_is_nobody_else_meanwhile_and_comes_back_as_themselves(heads):
    def walk(n):  # away, and back on the other side
        return (180.0, 220.0) if n < 20 else None if n < 60 else (470.0, 220.0)

    second = Person(heads[1], swaps_places(460, 180, 25, 15))  # takes their place meanwhile
    back, there = counted((Person(heads[0], walk), second), 2)
    assert (back.wrong, there.wrong) == (0, 0)
    assert there.seen > 0.95 * there.there
    assert back.seen >= back.there - 3


def test_somebody_who_walks_by_in_front_is_neither_performer(heads, stranger):
    cast = (
        Person(heads[0], stays(180)),
        Person(heads[1], stays(460)),
        Person(stranger, crosses(5, 14)),
    )
    for count in counted(cast, 2):
        assert count.wrong == 0
        assert count.seen > 0.9 * count.there


@pytest.mark.parametrize("speed", [12, -20])
def test_somebody_as_large_who_walks_by_close_in_front_does_not_take_over(heads, stranger, speed):
    cast = (Person(heads[0], stays(320)), Person(stranger, crosses(10, speed)))
    (count,) = counted(cast, 1)
    assert count.wrong == 0
    assert count.seen > 0.9 * count.there


def test_another_light_is_not_another_person(heads):
    def dimmed(frames):
        dark = scenes.changed(frames[30:60], lambda rgb: (rgb * 0.45).astype(np.uint8))
        return [*frames[:30], *dark, *frames[60:]]

    (count,) = counted((Person(heads[0], stays(320)),), 1, dimmed)
    assert count.seen == FRAMES


def test_a_cup_before_the_mouth_is_not_another_person(heads):
    def drinking(frames):
        def cup(rgb):
            rgb = rgb.copy()
            rgb[258:320, 295:345] = (250, 250, 240)
            rgb[258:320:6, 295:345] = (90, 120, 200)
            return rgb

        return [*frames[:30], *scenes.changed(frames[30:60], cup), *frames[60:]]

    (count,) = counted((Person(heads[0], stays(320)),), 1, drinking)
    assert count.seen >= FRAMES - 2


def test_whoever_stays_in_the_performers_place_is_taken_for_them_in_the_end(heads, stranger):
    cast = (
        Person(heads[0], leaves(stays(320), range(30, 999))),
        Person(stranger, leaves(stays(320), range(30))),
    )
    found = people.seen(people.shown(cast, FRAMES), 1)[0]
    assert not any(face.found for face in found[31:70])  # for 1.5 s nobody
    assert found[-1].found
