"""Names of Coqui's models in, their files out; and downloading them, whole or not at all.

They lie where Coqui itself keeps them, so what it has downloaded is found. Imports nothing heavy
before a download: Coqui's list of models is read as a file.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import json
import os
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vtuber.core.errors import UserError
from vtuber.core.nearest import nearest
from vtuber.voice.coqui_model import Files

_NAME = re.compile(r"(tts|vocoder|voice_conversion)_models(/[^/]+){3}")
_MODEL_FILES = ("model_file.pth", "model_file.pth.tar", "model.pth", "checkpoint.pth")
# Licences that let everybody use and share; for all others the user is asked.
_FREE = ("apache", "mit", "mpl", "bsd", "cc0", "cc-by-sa", "cc by-sa", "cc-by 4", "cc by 4")
_TERMS = {
    "cpml": "https://tts-hub.github.io/cpml",
    "cc by-nc-nd 4.0": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
}
BLOCK = 1 << 18  # bytes
TIMEOUT_S = 20.0

Progress = Callable[[int, int], object]  # bytes that came, and in all (0: nobody knows)


@dataclass(frozen=True, slots=True)
class Offer:
    """A model, or its vocoder, that can be downloaded."""

    name: str
    licence: str
    terms: str  # an address; "" where none is known
    is_free: bool  # nothing restricts its use
    urls: tuple[str, ...]  # of its files; none: `repository`
    repository: str  # at Hugging Face
    allow: list[str] | None
    ignore: list[str] | None
    vocoder: str  # the name of what it needs besides, or ""


def is_name(text: str) -> bool:
    """Tell a name of Coqui's list from a path.

    >>> is_name("tts_models/en/ljspeech/vits"), is_name("voices/model.pth")
    (True, False)
    """
    return _NAME.fullmatch(text) is not None


def own_files(model: str, config: str, vocoder: str, vocoder_config: str) -> Files:
    """Find the files of a model of the user's own. Raises UserError for one that is not there."""
    path = _there(model, "model")
    found = _there(config, "config") if config else _beside(path)
    _check_config(found)
    if not vocoder:
        return Files(path, found)
    generator = _there(vocoder, "vocoder")
    its_config = _there(vocoder_config, "config") if vocoder_config else _beside(generator)
    _check_config(its_config)
    return Files(path, found, generator, its_config)


def _there(text: str, kind: str) -> Path:
    path = Path(text).expanduser()
    if not path.exists():
        raise UserError(f"no {kind} at {path}; check the path, or name one of Coqui's models")
    return path


def _beside(model: Path) -> Path:
    config = (model if model.is_dir() else model.parent) / "config.json"
    if not config.is_file():
        raise UserError(f"no config.json beside {model}; name it: config=PATH")
    return config


def _check_config(path: Path) -> None:
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"the config {path} cannot be read: {error}") from error
    if not isinstance(table, dict) or "model" not in table:
        raise UserError(f"the config {path} is not one of Coqui's: it names no model")


def folder() -> Path:
    """Give where Coqui keeps its models on this machine."""
    for name in ("TTS_HOME", "XDG_DATA_HOME"):
        if os.environ.get(name):
            return Path(os.environ[name]).expanduser() / "tts"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local")) / "tts"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/tts"
    return Path.home() / ".local/share/tts"


def downloaded(name: str) -> Files:
    """Find a model that was downloaded. Raises UserError with the command that downloads it."""
    item = offer(name)
    model, config = _parts(name)
    if not item.vocoder:
        return Files(model, config)
    return Files(model, config, *_parts(item.vocoder, name))


def _parts(name: str, asked: str = "") -> tuple[Path, Path]:
    found = _complete(_home(name))
    if found is None:
        raise UserError(f"{name} is not on this machine: vtuber voice download {asked or name}")
    return found


def _home(name: str) -> Path:
    return folder() / name.replace("/", "--")


def _complete(home: Path) -> tuple[Path, Path] | None:
    """Give model and config of a folder that holds both."""
    config = home / "config.json"
    models = [home / name for name in _MODEL_FILES if (home / name).is_file()]
    if not models and home.is_dir():
        models = sorted(home.glob("*.pt*"))[:1]
    return (models[0], config) if models and config.is_file() else None


def is_downloaded(name: str) -> bool:
    return _complete(_home(name)) is not None


def listed() -> Mapping[str, Mapping[str, Any]]:
    """Give all models that Coqui knows, by name. Raises UserError without Coqui."""
    found = importlib.util.find_spec("TTS")
    if found is None or not found.submodule_search_locations:
        raise UserError("Coqui TTS is not installed: pip install 'vtuber[voice]'")
    path = Path(found.submodule_search_locations[0], ".models.json")
    table = json.loads(path.read_text(encoding="utf-8"))
    return {
        f"{kind}/{language}/{data}/{model}": item
        for kind, languages in table.items()
        for language, sets in languages.items()
        for data, models in sets.items()
        for model, item in models.items()
    }


def offer(name: str) -> Offer:
    """Say what there is to download. Raises UserError for a name that Coqui does not know."""
    table = listed()
    if name not in table:
        near = nearest(name, table)
        raise UserError(
            f"Coqui has no model called {name!r}; "
            + (f"did you mean {near}?" if near else "`vtuber voice list --models` names all")
        )
    item = table[name]
    licence = str(item.get("license") or "unknown")
    urls = item.get("github_rls_url") or ()
    return Offer(
        name,
        licence,
        _TERMS.get(licence.lower(), ""),
        licence.lower().startswith(_FREE),
        (urls,) if isinstance(urls, str) else tuple(urls),
        str(item.get("repo_id") or ""),
        item.get("allow"),
        item.get("ignore"),
        str(item.get("default_vocoder") or ""),
    )


def missing(name: str) -> tuple[Offer, ...]:
    """Give what of a model, and of the vocoder that it needs, is not on this machine yet."""
    first = offer(name)
    wanted = (first, offer(first.vocoder)) if first.vocoder else (first,)
    return tuple(each for each in wanted if not is_downloaded(each.name))


def size_of(item: Offer) -> int:
    """Ask how many bytes a download has; 0 where nobody says. Raises UserError offline."""
    import requests

    with _told(item):
        if not item.urls:
            hub: Any = importlib.import_module("huggingface_hub")
            files = hub.HfApi().model_info(item.repository, files_metadata=True).siblings or []
            sizes = {file.rfilename: file.size or 0 for file in files}
            wanted = hub.utils.filter_repo_objects(
                sizes, allow_patterns=item.allow, ignore_patterns=item.ignore
            )
            return sum(sizes[name] for name in wanted)
        answers = [requests.head(u, allow_redirects=True, timeout=TIMEOUT_S) for u in item.urls]
        return sum(int(answer.headers.get("content-length", 0)) for answer in answers)


def download(item: Offer, progress: Progress) -> Path:
    """Download a model into its folder, whole or not at all. Raises UserError with the reason."""
    root = folder()
    root.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".part-", dir=root))
    try:
        with _told(item):
            if item.urls:
                _fetch(item, part, progress)
            else:
                _fetch_repository(item, part)
        if _complete(part) is None:
            raise UserError(f"what came for {item.name} holds no model and config.json")
        home = _home(item.name)
        shutil.rmtree(home, ignore_errors=True)  # half of one, which an older download left
        part.replace(home)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    _settle_paths(home)
    return home


def _settle_paths(home: Path) -> None:
    """Write into a model's config where its other files are now, as Coqui does."""
    from vtuber.voice.coqui_import import prepare

    prepare()
    manager: Any = importlib.import_module("TTS.utils.manage").ModelManager
    manager()._update_paths(home, home / "config.json")


@contextlib.contextmanager
def _told(item: Offer) -> Iterator[None]:
    """Say in one sentence why something cannot be reached or kept."""
    import requests

    try:
        yield
    except requests.ConnectionError as error:
        raise UserError(
            f"cannot reach {_host(item)} for {item.name}: is there a network?"
        ) from error
    except (requests.RequestException, OSError, zipfile.BadZipFile) as error:
        raise UserError(f"cannot download {item.name} from {_host(item)}: {error}") from error


def _host(item: Offer) -> str:
    return item.urls[0].split("/")[2] if item.urls else "huggingface.co"


def _fetch(item: Offer, part: Path, progress: Progress) -> None:
    import requests

    for url in item.urls:
        path = part / url.rsplit("/", 1)[-1]
        with requests.get(url, stream=True, timeout=TIMEOUT_S) as answer, path.open("wb") as file:
            answer.raise_for_status()
            whole, came = int(answer.headers.get("content-length", 0)), 0
            for block in answer.iter_content(BLOCK):
                came += file.write(block)
                progress(came, whole)
        if whole and came < whole:
            raise UserError(f"the download of {item.name} broke off at {came} of {whole} bytes")
        if zipfile.is_zipfile(path) and path.suffix == ".zip":
            _unpack(path, part)
            path.unlink()


def _unpack(archive: Path, part: Path) -> None:
    """Take all files out of an archive into one folder, whatever folders it names."""
    with zipfile.ZipFile(archive) as zipped:
        for member in zipped.infolist():
            name = Path(member.filename).name
            if not member.is_dir() and name and not name.startswith("."):
                with zipped.open(member) as source, (part / name).open("wb") as target:
                    shutil.copyfileobj(source, target)


def _fetch_repository(item: Offer, part: Path) -> None:
    hub: Any = importlib.import_module("huggingface_hub")
    hub.snapshot_download(
        item.repository, local_dir=part, allow_patterns=item.allow, ignore_patterns=item.ignore
    )
    shutil.rmtree(part / ".cache", ignore_errors=True)
