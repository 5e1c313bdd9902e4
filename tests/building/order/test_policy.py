"""The policy that says what goes first where nobody names another."""

from galactica.building.order.policy import default_policy


def test_the_default_policy_can_be_read() -> None:
    assert [group.called for group in default_policy().groups] == ["first aid and survival", "medicine and health"]
