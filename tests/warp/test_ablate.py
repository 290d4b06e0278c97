"""What is taken out is out: without all its pieces the network is the rig of medians."""

import dataclasses

import numpy as np

from vtuber.avatar.style import Style
from vtuber.warp.ablate import ABLATIONS
from vtuber.warp.characters import character
from vtuber.warp.infer import LearnedMotion
from vtuber.warp.motion import Motion
from vtuber.warp.poses import random_controls
from vtuber.warp.weights import shipped


def test_without_its_pieces_it_is_the_rig_of_medians_and_with_each_it_is_nearer_the_exact_one() -> (
    None
):
    measured = character(np.random.default_rng(8), 0.4).measured
    exact = Motion(measured)
    of_medians = Motion(dataclasses.replace(measured, style=Style()))
    motions = {
        name: LearnedMotion(measured, measured.style, change(shipped()))
        for name, change in ABLATIONS.items()
    }
    random, off = np.random.default_rng(1), dict.fromkeys(motions, 0.0)
    for _ in range(12):
        controls = random_controls(random, turned=0.0)
        wanted = exact(controls)[0]
        for name, motion in motions.items():
            off[name] += float(np.abs(motion(controls)[0] - wanted).mean())
        bare = motions["without all three"].local(controls)
        np.testing.assert_allclose(bare, of_medians.local(controls), atol=1e-5)
    assert off["whole"] < 0.5 * off["without all three"]
    assert off["whole"] <= min(off["without gains"], off["without shapes"])
