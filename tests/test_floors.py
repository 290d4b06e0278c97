"""The laws of the floor plan, and of what a bare import or `--help` may cost."""

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
MODULES = sorted((REPOSITORY / "vtuber").rglob("*.py"))
HEAVY = {
    "aiohttp", "av", "cv2", "glfw", "jax", "mediapipe", "moderngl", "PIL", "pyvirtualcam",
    "safetensors", "scipy", "simplejpeg", "skia", "sounddevice", "torch", "TTS",
}  # fmt: skip
# Drawing is nothing but skia; only the verbs that draw avatars import these files.
AT_HOME = {"design": {"skia"}, "parts": {"skia"}}
CODE = {".py", ".sh", ".glsl", ".vert", ".frag", ".html", ".js", ".css"}


def test_imports_go_down_the_floors() -> None:
    lint = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    done = subprocess.run(lint, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def _seconds(code: list[str]) -> float:
    """Give the best of five runs: the machine may be busy, the law is about our own work."""
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run([sys.executable, *code], check=True, capture_output=True, cwd=REPOSITORY)
        best = min(best, time.perf_counter() - started)
    return best


@pytest.mark.alone
def test_import_vtuber_takes_less_than_0_3_s() -> None:
    assert _seconds(["-c", "import vtuber"]) - _seconds(["-c", ""]) < 0.3


@pytest.mark.alone
def test_help_takes_less_than_0_5_s() -> None:
    assert _seconds(["-m", "vtuber", "--help"]) < 0.5


@pytest.mark.parametrize("entry", ["import vtuber", "import vtuber.__main__, vtuber.cli.main"])
def test_a_bare_import_loads_no_heavy_library(entry: str) -> None:
    code = f"import json, sys; {entry}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, cwd=REPOSITORY
    )
    assert not HEAVY & set(json.loads(done.stdout))


def test_no_module_imports_a_heavy_library_at_its_top() -> None:
    offenders = {
        str(path.relative_to(REPOSITORY)): sorted(found)
        for path in MODULES
        if (found := HEAVY & _at_top(path) - AT_HOME.get(path.parent.name, set()))
    }
    assert not offenders, "import it where it is used: in open() or in the function"


def _at_top(path: Path) -> set[str]:
    body = ast.parse(path.read_text("utf-8")).body
    return {name for node in _run_at_import(body) for name in _imported(node)}


def _run_at_import(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Give the statements that an import runs: not those in functions or under TYPE_CHECKING."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            continue
        yield node
        for block in ("body", "orelse", "finalbody"):
            yield from _run_at_import(getattr(node, block, []))
        for handler in getattr(node, "handlers", []):
            yield from _run_at_import(handler.body)


def _imported(node: ast.AST) -> set[str]:
    """Give the top names of the packages that one statement imports."""
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return {node.module.partition(".")[0]}
    return set()


def test_only_runtime_starts_threads_and_processes() -> None:
    """What a show waits for can be seen, asked to stop, and told of: runtime/ does all three."""
    offenders = {
        str(path.relative_to(REPOSITORY)): found
        for path in MODULES
        if path.parent.name != "runtime" and (found := sorted(_starts(path)))
    }
    assert not offenders, (
        "use runtime.worker.Worker, runtime.process.Service or runtime.program.Program"
    )


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("import threading\nthreading.Thread(target=print)", ["threading.Thread"]),
        ("from threading import Event, Timer", ["threading.Timer"]),
        ("import threading as t\nt.Thread", ["threading.Thread"]),
        ("def f():\n    import subprocess", ["subprocess"]),
        ("from multiprocessing.connection import Connection", ["multiprocessing"]),
        ("from concurrent.futures import ThreadPoolExecutor", ["concurrent"]),
        (
            "import asyncio\nasyncio.create_subprocess_exec('ls')",
            ["asyncio.create_subprocess_exec"],
        ),
        ("from asyncio import to_thread", ["asyncio.to_thread"]),
        ("import os\nos.system('ls')", ["os.system"]),
        ("import threading, os\nthreading.Event(), threading.Lock(), os.stat('.')", []),
    ],
)
def test_every_way_to_start_one_is_known(code: str, named: list[str], tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text(code)
    assert sorted(_starts(path)) == named


STARTS = {"subprocess", "multiprocessing", "concurrent", "_thread", "pty"}  # whole modules
STARTS_BY_NAME = re.compile(
    r"threading\.(Thread|Timer)"
    r"|asyncio\.(create_subprocess_\w+|to_thread)"
    r"|os\.(system|popen|fork\w*|spawn\w+|posix_spawn\w*|exec\w+|startfile)"
)


def _starts(path: Path) -> set[str]:
    """Give what a file uses that starts threads or processes: modules, and names in modules."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    aliases = {
        alias.asname or alias.name: alias.name
        for node in nodes
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    used = {
        f"{node.module}.{alias.name}"
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    } | {
        f"{aliases[node.value.id]}.{node.attr}"
        for node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in aliases
    }
    modules = {name for node in nodes for name in _imported(node)}
    return (modules & STARTS) | {name for name in used if STARTS_BY_NAME.fullmatch(name)}


def test_every_library_that_is_imported_is_declared() -> None:
    imported = {
        name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in _imported(node)
    }
    foreign = imported - set(sys.stdlib_module_names) - {"vtuber"}
    comes_from = importlib.metadata.packages_distributions() | {
        "cv2": ["mediapipe"],  # its own dependency; to name it would bring a second cv2
        "TTS": ["coqui-tts"],
        "pynput": ["pynput"],  # not on Linux
        "torch": ["torch"],
    }
    undeclared = {
        name
        for name in foreign
        if not {_canonical(d) for d in comes_from.get(name, [])} & _declared()
    }
    assert not undeclared


def _declared() -> set[str]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {k: v for k, v in project["optional-dependencies"].items() if k != "dev"}
    return {_canonical(line) for line in sum(extras.values(), project["dependencies"])}


def _canonical(requirement: str) -> str:
    """Give the normalised name of a requirement (PEP 503).

    >>> _canonical("Import_Linter>=2.16")
    'import-linter'
    """
    name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def _files() -> list[Path]:
    """Give every file of the repository, those that are not committed yet among them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, capture_output=True, text=True,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout, so its files cannot be told from others")
    names = set(listed.stdout.split("\0")) - {""}
    return [path for name in names if (path := REPOSITORY / name).is_file()]


def test_no_file_of_code_has_over_400_lines() -> None:
    lines = {p: p.read_bytes().count(b"\n") for p in _files() if p.suffix in CODE}
    assert lines
    assert {str(path): n for path, n in lines.items() if n > 400} == {}


def test_no_file_is_larger_than_5_mb() -> None:
    assert {str(p): p.stat().st_size for p in _files() if p.stat().st_size > 5_000_000} == {}
