"""The house as a whole: the table of rooms holds, files stay small, nothing points to where it was built."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import grimp
import pytest

from erreichbar.cli import main

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/erreichbar"
PURE = ("record", "office", "promise", "access", "traffic", "figures", "lab")
TEXT = {".py", ".toml", ".md", ".html", ".css", ".js", ".json", ".txt", ".sh", ".svg", ".po", ".yml", ".yaml", ""}


def committed() -> list[Path]:
    """Return the files of the project: those that git would commit."""
    said = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [path for line in said.stdout.splitlines() if (path := ROOT / line).is_file()]


def test_rooms_import_only_what_stands_in_their_row() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("office/a.py", "from house.record import b", None),
        (
            "office/a.py",
            "from house.centre import b",
            "imports house.centre.b, which does not stand in the row of office/",
        ),
        ("lab/a.py", "from house import centre", "imports house.centre, which does not stand in the row of lab/"),
        ("lab/a.py", "def f():\n    import django.db", "imports django, but lab/ is pure"),
        ("figures/a.py", "import time", "imports time, but figures/ is pure"),
        ("cellar/a.py", "", "has no row in the table of rooms"),
        (
            "evidence/a.py",
            "from house.desk import b",
            "imports house.desk.b, which does not stand in the row of evidence/",
        ),
    ],
)
def test_the_table_of_rooms_binds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, text: str, fault: str | None
) -> None:
    for folder in ("", "record", "office", "centre", "desk", Path(file).parent.name):
        (tmp_path / "house" / folder).mkdir(exist_ok=True)
        (tmp_path / "house" / folder / "__init__.py").touch()
    for room in ("record", "centre", "desk"):
        (tmp_path / "house" / room / "b.py").touch()
    (tmp_path / "house" / file).write_text(text + "\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend(str(ROOT))
    from tools.rooms import RoomsContract

    graph = grimp.build_graph("house", include_external_packages=True, cache_dir=None)
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]
    options = {**configured, "package": "house"}
    contract = RoomsContract(name=options.pop("name"), session_options={}, contract_options=options)
    faults = {said for _, said, _ in contract.check(graph, verbose=False).metadata["faults"]}
    assert faults == ({fault} if fault else set())


def test_the_pure_rooms_do_not_ask_what_time_it_is() -> None:
    found = []
    for room in PURE:
        for file in (PACKAGE / room).rglob("*.py"):
            found += [
                f"{file.relative_to(ROOT)}:{node.lineno}"
                for node in ast.walk(ast.parse(file.read_text("utf-8")))
                if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today")
            ]
    assert not found


def test_every_room_says_which_question_it_answers() -> None:
    rooms = [path for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))]
    silent = []
    for room in rooms:
        said = ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))) or ""
        if "?" not in said.split("\n\n")[0]:
            silent.append(room.name)
    assert not silent


def test_files_are_of_one_idea() -> None:
    """Files seldom have more than 300 lines; none more than 400. What is generated or data is not read in one go."""
    spared = ("LICENSE", "package-lock.json", ".po", "requirements/", "/migrations/", "/offices/")
    long = {
        str(path.relative_to(ROOT)): lines
        for path in committed()
        if path.suffix in TEXT
        and not any(name in str(path.relative_to(ROOT)) for name in spared)
        and (lines := path.read_text("utf-8").count("\n")) > 400
    }
    assert not long


def test_nothing_points_to_where_it_was_built() -> None:
    """No address of a package registry or mirror, no path of somebody's machine: a clone works anywhere."""
    registries = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com", "deb." + "debian.org"]
    registries += ["yarnpkg" + ".com", "proxy.golang" + ".org", "snapshot." + "debian.org"]
    paths = ["/" + "work/", "/" + "root/", "/home/" + "user"]
    pattern = re.compile("|".join(map(re.escape, registries + paths)))
    found = []
    for path in committed():
        if path.suffix in TEXT:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if pattern.search(line):
                    found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not found


def test_what_the_readme_tells_to_type_exists() -> None:
    """Every command of the README is a target of the Makefile or a command of ``erreichbar`` with these options."""
    blocks = re.findall(r"^```(?:sh)?\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    typed = [line.split("#")[0].split() for block in blocks for line in block.splitlines() if line.strip()]
    assert {tuple(words) for words in typed} >= {("make", "demo"), ("make", "test")}
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for words in typed:
        if words[0] == "make":
            assert words[1] in targets
            continue
        assert words[0] in ("erreichbar", ".venv/bin/erreichbar"), words
        command: click.Command = main
        rest = words[1:]
        while isinstance(command, click.Group):
            assert rest and rest[0] in command.commands, words
            command = command.commands[rest.pop(0)]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in rest if word.startswith("-")} <= known, words


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    for article in range(1, 16):
        assert re.search(rf"^{article}\. ?[A-Z]", text, re.MULTILINE), f"article {article} is missing"
    assert "Appendix" in text
