"""Comparisons that run beside the house: one at a time, in a process of their own, so that no page waits for them.

The same question is the same run: it is kept in a folder named by a hash of what is asked, and asked again it is there at once. Who
runs holds a lock as long as it lives, so every web process knows; a run whose process is gone without a result was interrupted.
"""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

from erreichbar.lab.experiment.result import Comparison, from_json

COMMAND: Sequence[str] = (sys.executable, "-m", "erreichbar.cli")
KEPT = 30
"""So many runs are kept, the latest."""
_NICE = 15
"""The telephone goes before the lab."""
_STATES = "question.json", "so-far.json", "result.json", "said.txt"


class State(StrEnum):
    """How it stands with a run."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Busy(Exception):
    """Another comparison is running: ``id``."""

    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__(id)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``office`` and ``models``: names of default ones, or of ``files`` (name → text) that go with them.

    The first of ``models`` is the baseline. ``wish``: the option and its value that says how many replications.
    """

    office: str
    models: tuple[str, ...]
    days: int
    wish: tuple[str, str]
    seed: int
    files: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The name of its run: a hash of all that is asked, and of who answers it: another version may find something else."""
        return sha256(json.dumps([asdict(self), version("erreichbar"), _changed()]).encode()).hexdigest()[:16]

    def arguments(self) -> list[str]:
        """Return the command that runs it, without the programme."""
        asked = ["lab", "compare", *self.models, "--office", self.office, "--days", str(self.days)]
        return [*asked, *self.wish, "--seed", str(self.seed)]


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it stands."""

    id: str
    question: Question
    state: State

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return folder() / self.id

    def found(self) -> Comparison | None:
        """Return its result, or the result so far; none if there is none yet."""
        for name in ("result.json", "so-far.json"):
            try:
                return from_json((self.folder / name).read_bytes())
            except (OSError, ValueError):
                continue
        return None

    def refused(self) -> str:
        """Return why the programme did not carry it out, in both languages; empty if it gave no reason."""
        try:
            said = (self.folder / "said.txt").read_text("utf-8", errors="replace")
        except OSError:
            return ""
        return said.partition("Error: ")[2].strip()

    def seen(self) -> str:
        """Return a mark of what there is to be seen of it."""
        return f"{self.state}-{_size_and_moment(self.folder / 'so-far.json')}"


@lru_cache(maxsize=1)
def _changed() -> int:
    """Return when our programme was changed last (ns)."""
    return max(file.stat().st_mtime_ns for file in Path(__file__).parents[1].rglob("*.py"))


def is_installed() -> bool:
    """Return whether the lab can run here: the extra ``[lab]``."""
    return all(find_spec(name) for name in ("joblib", "numba"))


def folder() -> Path:
    """Return where runs are kept."""
    return Path(settings.RUN_FOLDER) / "lab"


def start(question: Question) -> str:
    """Start a run and return its id, at once if there is such a run or result already. Raises ``Busy``."""
    known = run(question.id)
    if known is not None and known.state is not State.FAILED:
        return question.id
    here = folder() / question.id
    here.mkdir(parents=True, exist_ok=True)
    with _lock() as lock:
        # What stands there is of the run before, until it is known which process this one is.
        os.ftruncate(lock, 0)
        for name in _STATES:
            (here / name).unlink(missing_ok=True)
        (here / "question.json").write_text(json.dumps(asdict(question), ensure_ascii=False), "utf-8")
        for name, text in question.files:
            (here / name).write_text(text, "utf-8")
        command = [*COMMAND, *question.arguments(), "--json", "--so-far", "so-far.json", "--while-asked"]
        with (here / "result.json").open("wb") as result, (here / "said.txt").open("wb") as said:
            process = subprocess.Popen(
                command, cwd=here, stdin=subprocess.PIPE, stdout=result, stderr=said, pass_fds=(lock,)
            )
        os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        os.pwrite(lock, f"{question.id} {process.pid}".encode(), 0)
    # Waited for by nobody else; its end also closes the pipe that tells it that we are still here.
    threading.Thread(target=process.wait, name="lab", daemon=True).start()
    _forget()
    return question.id


def stop(id: str) -> None:
    """End a run, if it is running."""
    at, process = _running()
    if at == id and process > 0:
        os.kill(process, signal.SIGTERM)


def run(id: str) -> Run | None:
    """Return a run by its id, none if there is none."""
    here = folder() / id
    try:
        asked = json.loads((here / "question.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    lists = {name: tuple(asked[name]) for name in ("models", "wish")}
    question = Question(**{**asked, **lists, "files": tuple((name, text) for name, text in asked["files"])})
    done = _size_and_moment(here / "result.json")[0] > 0
    state = State.RUNNING if _running()[0] == id else State.DONE if done else State.FAILED
    return Run(id, question, state)


def runs() -> list[Run]:
    """Return the runs that are kept, the latest first."""
    return [one for here in _kept() if (one := run(here.name)) is not None]


def file_of(run: Run, name: str) -> Path | None:
    """Return a file of a run: its result, or an office or model file that it was asked with; none if it has no such file."""
    known = {"result.json", *(given for given, _ in run.question.files)}
    return run.folder / name if name in known and run.state is State.DONE else None


def _size_and_moment(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


@contextmanager
def _lock() -> Iterator[int]:
    """Hold the lock of the one run that there may be; a process that inherits it holds it on. Raises ``Busy``."""
    lock = os.open(folder() / "running.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        # Who only looks whether a run is running holds it for a moment.
        for attempt in range(5):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                id, _ = _running()
                if id or attempt == 4:
                    raise Busy(id) from None
                time.sleep(0.05)
        yield lock
    finally:
        os.close(lock)


def _running() -> tuple[str, int]:
    """Return which run is running in which process, ("", 0) if none is."""
    try:
        with (folder() / "running.lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                id, _, process = lock.read().partition(" ")
                return id, int(process or 0)
    except FileNotFoundError:
        pass
    return "", 0


def _kept() -> list[Path]:
    found = list(folder().glob("*/question.json"))
    return [path.parent for path in sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)]


def _forget() -> None:
    for here in _kept()[KEPT:]:
        shutil.rmtree(here, ignore_errors=True)
