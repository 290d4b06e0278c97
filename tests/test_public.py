"""The public names load when they are used, and are never hidden by a room of the same name."""

import importlib
import pkgutil

import pytest

import vtuber


@pytest.mark.parametrize("name", sorted(set(vtuber.__all__) - {"__version__"}))
def test_every_public_name_is_there(name: str) -> None:
    assert callable(getattr(vtuber, name))


def test_no_public_name_is_also_a_module() -> None:
    modules = {module.name for module in pkgutil.iter_modules(vtuber.__path__)}
    assert not modules & set(vtuber.__all__)


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(AttributeError, match="still"):
        importlib.import_module("vtuber").nonsense  # noqa: B018
