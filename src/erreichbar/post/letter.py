"""Letters as accessible PDF (PDF/UA-1, ISO 14289-1), for a window envelope. The office keeps the address: there is room for it."""

import json
from datetime import date
from pathlib import Path

import typst
from babel.dates import format_date

from erreichbar.centre.models import Person
from erreichbar.office import Office
from erreichbar.post.texts import Written, begins_in
from erreichbar.record.words import Language

TEMPLATE = Path(__file__).parent / "letter.typ"
BLANK = "_" * 28
"""Where the address is filled in by hand: this house knows no streets."""


def pdf(office: Office, person: Person | None, written: Written, on: date, language: Language) -> bytes:
    """Return a letter as PDF. It is sealed, so it names the office; names, texts and date stand in it as given."""
    read_as = begins_in(language)
    told = {
        "sender": office.short_name,
        "name": person.name if person else BLANK,
        "street": BLANK,
        "place": f"{person.postal_code} {BLANK}" if person and person.postal_code else BLANK,
        "date": format_date(on, "long", locale=read_as),
        "subject": written.subject,
        "paragraphs": list(written.paragraphs),
        "language": read_as,
    }
    made = typst.compile(
        TEMPLATE, sys_inputs={"letter": settable(json.dumps(told, ensure_ascii=False))}, pdf_standards=["ua-1"]
    )
    assert isinstance(made, bytes)
    return made


def settable(text: str) -> str:
    """Return a text in which signs that no font of ours has are question marks; PDF/UA allows no sign without a shape."""
    return "".join(
        sign if sign < "\u0530" or sign in "–—‘’‚“”„…€•\u2011" or "\u1e00" <= sign < "\u1f00" else "?" for sign in text
    )
