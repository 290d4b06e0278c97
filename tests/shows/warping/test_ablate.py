"""The table of what each piece of the network is worth: all of it is worth the most."""

from vtuber.shows.warping.ablate import ablate
from vtuber.warp.ablate import ABLATIONS


def test_the_whole_network_is_nearer_the_rig_than_what_is_left_without_its_pieces() -> None:
    told: list[str] = []
    found = ablate(None, 2, 2, told.append)
    assert [*found] == told == [*ABLATIONS]
    for row in found.values():
        assert 0.0 < row["mean"] < row["p99"]
    whole, bare = found["whole"], found["without all three"]
    assert whole["mean"] < bare["mean"]
    assert whole["mean_no_rig"] < bare["mean_no_rig"]
