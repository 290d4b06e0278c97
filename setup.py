"""Adds the folders that lie beside the package to the wheel. All else: pyproject.toml."""

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithData(build_py):
    """Copy shaders/ and avatars/ to vtuber/_data/, where resources.py looks before the checkout."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:  # an editable install reads them from the checkout
            for folder in ("shaders", "avatars"):
                self.copy_tree(folder, f"{self.build_lib}/vtuber/_data/{folder}")


setup(cmdclass={"build_py": BuildWithData})
