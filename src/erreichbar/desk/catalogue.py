"""The German catalogue: what is to be translated, and compiling it, without GNU gettext.

``python -m erreichbar.desk.catalogue`` brings ``django.po`` up to date with code and templates; new sentences stand there
untranslated until somebody translates them (a test asks for it).
"""

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import template

HOUSE = Path(__file__).parent.parent
"""Where code and templates are looked through."""
PO = Path(__file__).parent / "locale/de/LC_MESSAGES/django.po"
HEADER = """\
# German. Sentences come from code and templates: python -m erreichbar.desk.catalogue
msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
PYTHON = "babel.messages.extract.extract_python"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...]] = {
    "_": (1,), "gettext": (1,), "lazy": (1,), "gettext_lazy": (1,), "gettext_noop": (1,),
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
"""Functions that mark a sentence → which arguments are its forms, from 1; ``(1, "c")`` says that argument 1 is its context."""


def sentences() -> Catalog:
    """Return every sentence of code and templates that is to be translated, with where it stands."""
    catalogue = Catalog(locale="de", domain="django", project="Erreichbar", charset="utf-8")
    for place, source in _sources():
        # A variable is left out: its sentence stands where it was marked.
        for line, said, comments, context in extract(PYTHON, io.BytesIO(source.encode()), KEYWORDS, ["Translators:"]):
            catalogue.add(said, locations=[(place, line)], context=context, user_comments=comments)
    return catalogue


def compiled(po: Path = PO) -> Path:
    """Compile a catalogue if it is newer than what was compiled of it, and return the path of the result."""
    mo = po.with_suffix(".mo")
    if not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns:
        with po.open("rb") as source:
            catalogue = read_po(source, locale="de")
        # Two processes may start at once; each puts a whole file in place.
        handle, name = tempfile.mkstemp(dir=mo.parent, suffix=".mo.new")
        with os.fdopen(handle, "wb") as target:
            write_mo(target, catalogue)
        Path(name).chmod(0o644)
        Path(name).replace(mo)
    return mo


def update() -> None:
    """Bring ``django.po`` up to date; translations that are no longer used are dropped."""
    found = sentences()
    if PO.exists():
        with PO.open("rb") as source:
            known = read_po(source, locale="de")
        for message in found:
            before = known.get(message.id, message.context)
            if message.id and before is not None:
                message.string = before.string
    write(found)


def write(catalogue: Catalog) -> None:
    """Write ``django.po``: by files, without line numbers and dates, so that it changes only where sentences change."""
    text = io.BytesIO()
    write_po(text, catalogue, width=120, sort_by_file=True, include_lineno=False, omit_header=True)
    PO.write_text(HEADER + text.getvalue().decode())


def _sources() -> Iterator[tuple[str, str]]:
    for path in sorted([*HOUSE.rglob("*.py"), *HOUSE.rglob("*.html")]):
        place = path.relative_to(HOUSE).as_posix()
        text = path.read_text("utf-8")
        if path.suffix == ".html":
            yield place, _as_python(template.templatize(text, origin=place))
        elif "translation import" in text:
            yield place, text


def _as_python(templatized: str) -> str:
    """Return what Django's template reader leaves (marked sentences between letters X) without its indentation."""
    return "\n".join(line.strip() for line in templatized.splitlines())


if __name__ == "__main__":
    update()
