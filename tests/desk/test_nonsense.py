"""Nonsense in any field of any form gets an answer, never a fault, and what somebody typed beside it is not lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.db import transaction

from erreichbar.centre import actions
from erreichbar.centre.models import Ticket
from tests.desk.conftest import Window
from tests.house import House

NONSENSE = (
    "", "🙂" * 3, "x" * 10_000, "a\0b", "\u202eabc", "31.02.1980", "0000-00-00", "25:61", "9" * 40, "NaN", "١٢٣",
    "+49 (0) 221 4710100", "benefits-1/nobody",
)  # fmt: skip


@dataclass
class Form:
    """A form of a page: where it goes, and what its fields hold, several values of one name where there are choices."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(has.get("action", ""), has.get("method", "get").lower()))
        if not self.found:
            return
        fields, name = self.found[-1].fields, has.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in has or self._select not in fields):
            fields[self._select] = has.get("value", "")
        elif tag in ("input", "button", "textarea") and name and name != "csrfmiddlewaretoken":
            fields.setdefault(name, has.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def forms_of(window: Window, *addresses: str) -> Iterator[Form]:
    """Return the forms of pages, each action once."""
    seen = set()
    for address in addresses:
        for form in Forms(window.see(address)).found:
            known = form.action or address, frozenset(form.fields)
            if known not in seen:
                seen.add(known)
                yield Form(form.action or address, form.method, form.fields)


def send_nonsense(window: Window, form: Form) -> int:
    """Send a form once for each field and each nonsense, and see that an answer comes. Returns how often."""
    times = 0
    for name in form.fields:
        for nonsense in NONSENSE:
            with transaction.atomic():
                send = window.post if form.method == "post" else window.get
                answer = send(form.action, {**form.fields, name: nonsense})
                assert answer.status_code < 500, (form.action, name, nonsense[:20])
                times += 1
                transaction.set_rollback(True)
    return times


@pytest.mark.slow
def test_an_agent_types_nonsense(house: House, window: Callable[..., Window]) -> None:
    arslan = window("arslan")
    call = house.talks()
    times = sum(send_nonsense(arslan, form) for form in forms_of(arslan, "/conversation"))
    person = house.registers(call)
    house.do(actions.RaiseMatter, "arslan", call=call, person=person, reason="payment_status")
    times += sum(send_nonsense(arslan, form) for form in forms_of(arslan, "/conversation"))
    assert times > 200


@pytest.mark.slow
@pytest.mark.parametrize("who", ["lange", "kaminski"])
def test_who_deals_with_tickets_types_nonsense(house: House, window: Callable[..., Window], who: str) -> None:
    page = window(who)
    ticket = house.ticket(channel="letter")
    house.calls_back(ticket, outcome="not_answered")
    addresses = [f"/tickets/{ticket}", "/tickets", "/time", "/letters", *(["/board"] if who == "kaminski" else [])]
    times = sum(send_nonsense(page, form) for form in forms_of(page, *addresses))
    house.do(actions.ReachCitizen, "lange", ticket=ticket, version=Ticket.objects.get(ref=ticket).version)
    times += sum(send_nonsense(page, form) for form in forms_of(page, f"/tickets/{ticket}"))
    assert times > 200
