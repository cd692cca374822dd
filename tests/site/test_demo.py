"""The demo as a stranger meets it: one command, one address, a call taken; and what a killed process leaves behind."""

import http.cookiejar
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
PATIENCE_S = 300


def until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"waited {PATIENCE_S} s in vain for {what}")


class Browser:
    """As much of a browser as these tests need."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies)).open

    def get(self, path: str) -> str:
        with self._open(self.address + path, timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: str) -> str:
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        data = urllib.parse.urlencode(
            {"csrfmiddlewaretoken": token, "key": f"test.{time.time_ns()}", **fields}
        ).encode()
        with self._open(urllib.request.Request(self.address + path, data), timeout=30) as answer:
            return str(answer.read().decode())


class Demo:
    """A running demo."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "erreichbar.cli", "demo", "--port", "0"],
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
            env={key: value for key, value in os.environ.items() if not key.startswith("ERREICHBAR_")},
        )
        said = ""
        assert self.process.stdout
        while not (found := re.search(r"http://127\.0\.0\.1:\d+/", said)):
            line = self.process.stdout.readline()
            assert line, f"the demo ended: {said}"
            said += line
        self.address = found.group().rstrip("/")
        until(self.is_up, "the house")

    def health(self) -> dict[str, object]:
        try:
            with urllib.request.urlopen(self.address + "/healthz", timeout=5) as answer:
                return dict(json.load(answer))
        except OSError:
            return {}

    def is_up(self) -> bool:
        return self.health().get("floor") == "ok"

    def pid(self, module: str) -> int | None:
        """Return the process of one of the two kinds, none while there is none."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
                parent = int((folder / "stat").read_text().rsplit(") ", 1)[1].split()[1])
            except OSError:
                continue
            if parent == self.process.pid and module.encode() in words:
                return int(folder.name)
        return None


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    demo = Demo(tmp_path_factory.mktemp("demo"))
    yield demo
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(30) == 0


def in_a_call(demo: Demo) -> Browser:
    """Sit down as an agent and take the call that rings."""
    browser = Browser(demo.address)
    browser.get("/seats")
    browser.post("/seats", person="arslan")
    browser.post("/seat/ready")
    until(lambda: "data-ringing" in browser.get("/conversation"), "a call")
    browser.post("/seat/accept")
    until(lambda: "/seat/hang_up" in browser.get("/conversation"), "the conversation")
    return browser


def test_a_stranger_takes_a_call(demo: Demo) -> None:
    browser = in_a_call(demo)
    browser.post("/seat/hang_up")
    until(lambda: "/seat/wrap_up_done" in browser.get("/conversation"), "wrap-up")
    browser.post("/seat/wrap_up_done")
    browser.post("/sign-out")


@pytest.mark.parametrize("module", ["erreichbar.site.floor", "erreichbar.site.web"])
def test_a_killed_process_comes_back_and_the_talk_goes_on(demo: Demo, module: str) -> None:
    browser = in_a_call(demo)
    killed = demo.pid(module)
    assert killed
    os.kill(killed, signal.SIGKILL)
    until(lambda: demo.is_up() and demo.pid(module) not in (killed, None), "the process that was killed")
    assert "/seat/hang_up" in browser.get("/conversation")
    browser.post("/seat/hang_up")
    until(lambda: "/seat/wrap_up_done" in browser.get("/conversation"), "wrap-up")
    browser.post("/seat/wrap_up_done")
    browser.post("/sign-out")
    verified = subprocess.run(
        [sys.executable, "-m", "erreichbar.cli", "journal", "verify", "--json", "--db", "var/demo/erreichbar.sqlite3"],
        cwd=demo.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(verified.stdout)["ok"], verified.stderr


def test_the_demo_listens_on_this_machine_only() -> None:
    from erreichbar.site import demo

    with pytest.raises(demo.NotForTheDemo):
        demo.serve("0.0.0.0", 0, 1.0, "service-centre", 1)


def test_an_office_that_is_real_cannot_be_a_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from erreichbar import office as offices
    from erreichbar.site import demo

    real = replace(offices.demo(), fictional=False)
    monkeypatch.setattr(offices, "demo", lambda: real)
    with pytest.raises(demo.NotForTheDemo):
        demo.serve("127.0.0.1", 0, 1.0, "service-centre", 1)
