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


@pytest.mark.parametrize(
    ("site", "mode", "is_answered"),
    [
        ("same-origin", "cors", True),
        ("none", "navigate", True),  # typed into the address bar
        ("cross-site", "no-cors", False),
        ("same-site", "no-cors", False),  # another port of this machine
        ("same-site", "navigate", True),  # a link that somebody followed
    ],
)
def test_what_the_browser_says_of_its_own_page_counts(
    site: str, mode: str, is_answered: bool
) -> None:
    head = {"Host": "127.0.0.1:9301", "Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    assert is_ours(head, NAMES) is is_answered
