"""A house for tests: a clock that stands, and whole stretches of a call told in one line."""

from datetime import datetime
from pathlib import Path
from typing import Any

from erreichbar.centre import actions, refs
from erreichbar.centre.models import User
from erreichbar.office import Office
from erreichbar.record.vocabulary import Ref

MORNING = datetime.fromisoformat("2026-03-05T10:00:00+01:00")
"""A Thursday, in service hours."""


class StandingClock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.moment = MORNING

    def now(self) -> datetime:
        return self.moment

    def set(self, text: str) -> None:
        self.moment = datetime.fromisoformat(text)


class House:
    """Runs actions under fresh keys, and tells whole stretches of a call in one line."""

    def __init__(self, office: Office, standing: StandingClock) -> None:
        self.office = office
        self.clock = standing
        self.path = Path()
        self.address = ""

    def opens_for_business(self) -> "House":
        """Put the office in force under a model."""
        self.do(actions.ImportOffice, text=self.office.text, name="demo.toml")
        self.do(actions.AdoptModel, name="recognisable-callback")
        return self

    def do(self, action: type[actions.Action], by: str | None = None, **fields: Any) -> Any:
        """Run an action once, under a key of its own."""
        return action(key=f"test.{refs.new_ref()}", by=by, **fields).run()

    def user(self, username: str) -> User:
        return User.objects.get(username=username)

    def arrives(self, number: str | None = "+4915228817386", **fields: Any) -> Ref:
        """Let a call arrive and wait."""
        call = refs.new_ref()
        self.do(
            actions.ReceiveCall,
            call=call,
            line_name="training",
            number=number,
            withheld=number is None,
            in_service_hours=True,
            **fields,
        )
        self.do(actions.QueueCall, call=call)
        return call

    def rings(self, number: str | None = "+4915228817386", user: str = "arslan", **fields: Any) -> Ref:
        """Let a call arrive and ring at a seat."""
        call = self.arrives(number, **fields)
        self.do(actions.RingSeat, call=call, user=user)
        self.do(actions.ChangeSeat, user=user, state="ringing", call=call)
        return call

    def talks(self, number: str | None = "+4915228817386", user: str = "arslan", **fields: Any) -> Ref:
        """Let a call arrive and be answered."""
        call = self.rings(number, user, **fields)
        self.do(actions.AnswerCall, call=call, user=user)
        self.do(actions.ChangeSeat, user=user, state="talking", call=call)
        return call

    def hangs_up(self, call: Ref, user: str = "arslan") -> None:
        """Let the citizen end a conversation; the seat goes into wrap-up."""
        self.do(actions.EndCall, call=call, ended_by="citizen")
        self.do(actions.ChangeSeat, user=user, state="wrap_up")

    def registers(self, call: Ref, user: str = "arslan", **fields: Any) -> Ref:
        """Let somebody in a call be recorded."""
        known = {
            "given_name": "Nadia",
            "family_name": "Albrecht",
            "date_of_birth": "1980-03-05",
            "benefit_unit_number": "99901BG0000100",
            "postal_code": "41460",
            "number": "0152 28817386",
        }
        return Ref(self.do(actions.RegisterPerson, user, call=call, **{**known, **fields}))

    def opens(self, call: Ref, person: Ref, user: str = "arslan", reason: str = "payment_status", **fields: Any) -> Ref:
        """Let a matter be raised and become a ticket."""
        matter = self.do(actions.RaiseMatter, user, call=call, person=person, reason=reason)
        return Ref(self.do(actions.OpenTicket, user, matter=matter, **{"number": "0152 28817386", **fields}))

    def ticket(self, **fields: Any) -> Ref:
        """Tell a whole call that ends in a ticket."""
        call = self.talks()
        ticket = self.opens(call, self.registers(call), **fields)
        self.hangs_up(call)
        self.do(actions.ChangeSeat, user="arslan", state="ready")
        return ticket

    def tickets(self, count: int) -> list[Ref]:
        """Tell as many calls, each of another citizen of Petra Lange's, that end in tickets."""
        refs = []
        for number in range(count):
            call = self.talks(f"+49152288173{86 + number}")
            person = self.registers(call, given_name=f"Nadia {'ABCDEFGHIJKL'[number]}", number=None)
            refs.append(self.opens(call, person))
            self.hangs_up(call)
            self.do(actions.ChangeSeat, user="arslan", state="ready")
        return refs

    def tries(self, ticket: Ref, user: str = "lange", presented: str = "centre") -> Ref:
        """Let somebody begin to call back."""
        attempt = refs.new_ref()
        self.do(actions.StartAttempt, attempt=attempt, ticket=ticket, user=user, presented=presented)
        return attempt

    def dials(self, ticket: Ref, user: str = "lange", *, connected: bool = False, **fields: Any) -> Ref:
        """Let somebody begin to call back from the desk."""
        attempt = self.tries(ticket, user)
        self.do(actions.ChangeSeat, user=user, state="talking", call=attempt)
        if connected:
            self.do(actions.ConnectAttempt, attempt=attempt, **fields)
        return attempt

    def ends(self, attempt: Ref, user: str = "lange") -> None:
        """Let the citizen end a callback from the desk."""
        self.do(actions.EndAttempt, attempt=attempt, ended_by="citizen")
        self.do(actions.ChangeSeat, user=user, state="ready")

    def calls_back(self, ticket: Ref, user: str = "lange", outcome: str = "reached") -> Ref:
        """Tell a whole callback."""
        attempt = self.tries(ticket, user)
        if outcome == "reached":
            self.do(actions.ConnectAttempt, attempt=attempt)
        self.do(actions.EndAttempt, attempt=attempt, ended_by="citizen")
        self.do(actions.RecordAttempt, user, attempt=attempt, outcome=outcome)
        return attempt
