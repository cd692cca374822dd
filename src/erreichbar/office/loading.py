"""Loading an office file: from text to ``Office``, or to every fault of it at once."""

from functools import lru_cache
from importlib import resources
from pathlib import Path

from erreichbar.office import build, toml
from erreichbar.office.faults import Fault, OfficeFaults
from erreichbar.office.model import Office
from erreichbar.office.read import read
from erreichbar.office.references import check_references

DEMO = "demo.toml"


def load(path: Path) -> Office:
    """Return the office of a file. Raises ``OfficeFaults``, also if the file is not there or no UTF-8 text."""
    return loads(text_of(path), path.name)


def text_of(path: Path) -> str:
    """Return the text of a file. Raises ``OfficeFaults`` if it cannot be read or is no UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        de, en = f"Die Datei lässt sich nicht lesen: {error.strerror}.", f"The file cannot be read: {error.strerror}."
        raise OfficeFaults([Fault(str(path), "", "", de, en)]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        de = "Die Datei ist kein UTF-8-Text; bitte im Editor mit der Kodierung UTF-8 speichern."
        en = "The file is no UTF-8 text; please save it with the encoding UTF-8."
        raise OfficeFaults([Fault(str(path), "", "", de, en, line=line)]) from None


@lru_cache(maxsize=8)
def loads(text: str, name: str) -> Office:
    """Return the office of a text; ``name`` is how faults call the file. Raises ``OfficeFaults`` with every fault.

    An office never changes, so who asks again for the same text gets the same one.
    """
    try:
        draft = read(text, name)
    except toml.NotToml as error:
        raise OfficeFaults([error.fault]) from None
    check_references(draft)
    if draft.faults:
        raise OfficeFaults(draft.faults)
    return build.office(draft, text)


def demo() -> Office:
    """Return the fictional office of the demonstration, with drama numbers only."""
    text = resources.files("erreichbar.office").joinpath("offices", DEMO).read_text(encoding="utf-8")
    return loads(text, DEMO)
