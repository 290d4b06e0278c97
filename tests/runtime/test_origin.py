"""Whose request it is, by its head alone; `test_http` says the same over real sockets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.runtime.origin import is_ours

NAMES = {"localhost", "studio"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1:9301", "192.168.1.5", "[::1]:1", "LOCALHOST", "studio"]
)
def test_numbers_and_our_own_names_are_ours(host: str) -> None:
    assert is_ours({"Host": host, "Origin": f"http://{host}"}, NAMES)


@given(st.text(max_size=20))
def test_whatever_the_host_says_it_is_judged_and_never_raises(host: str) -> None:
    assert is_ours({"Host": host}, set()) in (True, False)
    assert not is_ours({"Host": f"{host}.evil.example"}, NAMES)
