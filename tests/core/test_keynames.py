"""Names of keys: however people write one, it has one name; what is none is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtuber.core.errors import UserError
from vtuber.core.keynames import HELD, KEYS, key_called, same_key


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("f2", "F2"), ("Ctrl + Alt + H", "ctrl+alt+h"), ("alt+control+h", "ctrl+alt+h"),
        ("Win+Esc", "super+esc"), ("num5", "num_5"), ("+", "+"), ("ctrl++", "ctrl++"),
        ("PageDown", "page_down"), ("ctrl+plus", "ctrl++"), ("é", "é"),
    ],
)  # fmt: skip
def test_a_key_has_one_name_however_it_is_written(text: str, name: str) -> None:
    assert key_called(text) == name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("esk", "did you mean esc"), ("F25", "no key called 'F25'; did you mean F"),
        ("contrl+a", "did you mean ctrl"), ("F2+F3", "only ctrl, alt, shift, super are held"),
        ("ctrl", "only held with others"), ("ctrl+", "only held with others"),
        ("", "no key called"), ("\x07", "no key"),
    ],
)  # fmt: skip
def test_what_is_no_key_is_refused_with_what_was_meant(text: str, says: str) -> None:
    with pytest.raises(UserError) as refused:
        key_called(text)
    assert says in str(refused.value)


@given(st.sets(st.sampled_from(HELD)), st.sampled_from([*KEYS.values(), "a", "9", "+", ";"]))
def test_a_name_names_itself_in_any_order_and_case(held: set[str], key: str) -> None:
    name = key_called("+".join([*held, key]))
    assert key_called(name) == name == key_called(name.upper())


@given(st.text())
def test_any_text_is_a_key_or_a_fault_of_the_user(text: str) -> None:
    assert isinstance(same_key(text), str)
