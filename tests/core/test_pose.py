import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.core.errors import UserError
from vtuber.core.pose import ARKIT, BASE, Parameter, Pose, PoseInput, PoseSpace

POSES = st.dictionaries(st.sampled_from(BASE.names), st.floats(-300, 300))
WEIGHTS = st.floats(0, 1, width=32)


def mirrored(values, space=BASE):
    order, signs = space.mirror_order()
    return values[order] * signs


def test_the_space_holds_arkits_52_and_names_each_once():
    assert len(ARKIT) == 52
    assert len(set(BASE.names)) == len(BASE)
    assert set(ARKIT) <= set(BASE.names)


def test_a_pose_at_rest_is_all_zero():
    assert not BASE.default.any()
    assert repr(Pose.rest()) == "Pose({})"


@given(POSES)
def test_a_pose_mirrored_twice_is_itself(values):
    pose = Pose.of(values).values
    assert np.array_equal(mirrored(mirrored(pose)), pose)


@given(POSES)
def test_a_mirrored_pose_stays_in_range(values):
    pose = mirrored(Pose.of(values).values)
    assert (pose >= BASE.low).all()
    assert (pose <= BASE.high).all()


def test_the_mirror_swaps_sides_and_turns_round_what_has_a_direction():
    pose = Pose.of({
        "eyeBlinkLeft": 1.0, "jawRight": 0.5, "mouthSmileLeft": 0.3, "mouthSmileRight": 0.1,
        "headYaw": 10, "headPitch": 20, "headRoll": 30, "headX": 1, "headY": 2, "headZ": 3,
        "bodyYaw": 4, "bodyPitch": 5, "bodyRoll": 6, "jawOpen": 0.7, "blush": 0.2,
    })  # fmt: skip
    assert Pose(BASE, mirrored(pose.values)).as_dict() == pytest.approx(
        Pose.of({
            "eyeBlinkRight": 1.0, "jawLeft": 0.5, "mouthSmileRight": 0.3, "mouthSmileLeft": 0.1,
            "headYaw": -10, "headPitch": 20, "headRoll": -30, "headX": -1, "headY": 2, "headZ": 3,
            "bodyYaw": -4, "bodyPitch": 5, "bodyRoll": -6, "jawOpen": 0.7, "blush": 0.2,
        }).as_dict()
    )  # fmt: skip


def test_every_name_with_a_side_has_the_other_side():
    order, _ = BASE.mirror_order()
    for i, name in enumerate(BASE.names):
        if name.endswith(("Left", "Right")):
            sides = {name, BASE.names[order[i]]}
            assert len(sides) == 2
            assert len({side.removesuffix("Left").removesuffix("Right") for side in sides}) == 1


def test_appended_parameters_never_move_what_is_there():
    more = [Parameter("tailUp"), Parameter("jawOpen", 0, 5), Parameter("earLeft", -1, 1, 0.5)]
    space = BASE.extended(more)
    assert space.names == (*BASE.names, "tailUp", "earLeft")
    assert Pose.rest(space)["earLeft"] == 0.5
    assert space.high[space.index["jawOpen"]] == 1.0
    assert space.extended(more) is space


def test_an_appended_side_without_its_other_side_stays_in_the_mirror():
    space = BASE.extended([Parameter("earLeft"), Parameter("hornLeft"), Parameter("hornRight")])
    pose = Pose.of({"earLeft": 0.5, "hornLeft": 1.0}, space)
    turned = Pose(space, mirrored(pose.values, space))
    assert (turned["earLeft"], turned["hornLeft"], turned["hornRight"]) == (0.5, 0.0, 1.0)


def test_a_space_of_its_own_can_be_mirrored_too():
    order, signs = PoseSpace((Parameter("tailUp"),)).mirror_order()
    assert (order.tolist(), signs.tolist()) == ([0], [1.0])


@given(POSES)
def test_values_are_clipped_to_their_range_and_the_rest_is_not_given(values):
    given_ = PoseInput.of(values)
    assert (given_.values >= BASE.low).all()
    assert (given_.values <= BASE.high).all()
    named = {name for name, weight in zip(BASE.names, given_.weights, strict=True) if weight}
    assert named == set(values)


@given(POSES, POSES, WEIGHTS)
def test_an_input_lies_over_a_pose_by_its_weight(above, below, weight):
    under = Pose.of(below)
    over = PoseInput.of(above, weight=weight).over(under)
    for name in BASE.names:
        wanted = (
            under[name] + weight * (Pose.of(above)[name] - under[name])
            if name in above
            else under[name]
        )
        assert over[name] == pytest.approx(wanted, abs=1e-4)


def test_an_input_of_the_base_fits_under_more_parameters():
    space = BASE.extended([Parameter("tailUp", default=0.5)])
    pose = PoseInput.of({"jawOpen": 1.0}).over(Pose.rest(space))
    assert (pose["jawOpen"], pose["tailUp"]) == (1.0, 0.5)


def test_an_unknown_name_says_what_was_meant():
    with pytest.raises(UserError, match="no pose parameter called jawopen; did you mean jawOpen"):
        PoseInput.of({"jawopen": 1.0})
    with pytest.raises(UserError, match="called x, only such as headYaw"):
        PoseInput.of({"x": 1.0})


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_value_that_is_not_finite_is_refused(value):
    with pytest.raises(UserError, match="give a finite number"):
        Pose.of({"jawOpen": value})


@pytest.mark.filterwarnings("error")
def test_a_huge_value_is_only_the_edge_of_its_range():
    assert Pose.of({"headYaw": -1e300})["headYaw"] == -90.0
