"""German says everything that the pages say."""

import re
from collections.abc import Iterable
from pathlib import Path

from babel.messages.pofile import read_po

from erreichbar.desk import catalogue

HOLES = re.compile(r"%\(\w+\)[sd]")


def forms(said: str | Iterable[str] | None) -> list[str]:
    """Return the singular and, if there is one, the plural."""
    return [said] if isinstance(said, str) else list(said or ())


def test_every_sentence_has_its_german() -> None:
    with catalogue.PO.open("rb") as source:
        german = read_po(source, locale="de")
    missing = []
    for message in catalogue.sentences():
        if not message.id:
            continue
        found = german.get(message.id, message.context)
        if found is None or not (all(found.string) if isinstance(found.string, tuple) else found.string):
            missing.append(message.id)
    assert not missing, "run `python -m erreichbar.desk.catalogue` and translate"


def test_no_translation_has_lost_its_sentence_or_a_hole() -> None:
    found = catalogue.sentences()
    with catalogue.PO.open("rb") as source:
        for message in read_po(source, locale="de"):
            if not message.id:
                continue
            assert found.get(message.id, message.context) is not None, f"no longer said: {message.id}"
            for english, german in zip(forms(message.id), forms(message.string), strict=True):
                assert sorted(HOLES.findall(english)) == sorted(HOLES.findall(german)), english


def test_sentences_of_code_and_templates_are_found() -> None:
    found = catalogue.sentences()
    assert found.get("Ready") is not None  # code
    assert found.get("Sign in") is not None  # {% translate %}
    assert found.get(("%(count)d person", "%(count)d persons")) is not None
    assert found.get("l, j F, H:i", "spoken moment") is not None


def test_compiled_only_when_older(tmp_path: Path) -> None:
    po = tmp_path / "django.po"
    po.write_bytes(catalogue.PO.read_bytes())
    first = catalogue.compiled(po).stat().st_mtime_ns
    assert catalogue.compiled(po).stat().st_mtime_ns == first
    po.touch()
    import os

    os.utime(po, ns=(first + 10**9, first + 10**9))
    assert catalogue.compiled(po).stat().st_mtime_ns != first
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".new"] == []
