"""A large office with as many open tickets as one likes, made at once and not one by one.

The demo's office, with more units. Moments, steps and reasons come from the rules of ``promise``, rows and journal entries are those that
the actions would have written, in the order of time; what is left out are the calls they would have come from. That the house would
place none of them otherwise, and that the journal verifies, is for whoever fills it to see (``lists.py`` does).
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from erreichbar import office as offices
from erreichbar import promise
from erreichbar.centre import journal
from erreichbar.centre.journal import pseudonyms
from erreichbar.office import Office
from erreichbar.promise import receipt
from erreichbar.promise.ladder import Ladder, next_step
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Event, Ref
from erreichbar.record.words import (
    AttemptOutcome,
    Channel,
    ClockName,
    EndedBy,
    LadderStep,
    Language,
    PresentedNumber,
    Role,
)

NOW = datetime.fromisoformat("2026-03-05T11:00:00+01:00").astimezone(UTC)
"""A Thursday: two whole days lie before it."""
MINUTE = timedelta(minutes=1)
TRIED = 0.3
"""Share of tickets with one missed callback. Assumption."""
POOL = 0.1
"""Share of tickets that nobody of the unit holds. Assumption."""


def text_of(units: int, people: int) -> str:
    """Return the office file: the demo's, and so many units more, of so many people each with a leader."""
    more = []
    for unit in range(units):
        more.append(
            f'[[units]]\nid = "team-{unit}"\nleader = "leader-{unit}"\nname = {{ de = "Team {unit}", en = "Team {unit}" }}\n'
        )
        for n in range(people):
            stands_in = (n + 1) % people
            more.append(_person(f"p{unit}-{n}", "case_worker", unit, f"p{unit}-{stands_in}"))
        more.append(_person(f"leader-{unit}", "team_leader", unit, "kaminski"))
        more.append(
            f'[[responsibilities]]\nunit = "team-{unit}"\nreasons = ["payment_status"]\npostal_codes = ["{10000 + unit}"]\n'
        )
    before, first, after = offices.demo().text.partition("[[responsibilities]]")
    return before + "\n".join(more) + "\n" + first + after


def _person(name: str, role: str, unit: int, substitute: str) -> str:
    return (
        f'[[people]]\nid = "{name}"\nname = "{name}"\nrole = "{role}"\norganisation = "jobcenter"\nunit = "team-{unit}"\n'
        f'substitute = "{substitute}"\nlanguages = ["de"]\n'
    )


@dataclass(frozen=True)
class _Promise:
    """What all tickets opened in one minute share."""

    opened: datetime
    dues: dict[ClockName, promise.Due]
    steps: dict[LadderStep, datetime]
    why: dict[str, list[dict[str, Any]]]


def fill(office: Office, tickets: int, seed: int = 1) -> None:
    """Open so many tickets in the service hours of the two days before ``NOW``, evenly over units, people and minutes."""
    from django.db import transaction

    from erreichbar.centre.models import User

    random_, staff = random.Random(seed), {user.username: user for user in User.objects.all()}
    units = [unit for unit in office.units if unit.startswith("team-")]
    promises = [_promised(office, minute) for minute in _minutes(office)]
    codes = iter(random_.sample(range(10_000_000), tickets))
    told: list[tuple[datetime, Event]] = []
    with journal.deferred(), transaction.atomic():
        for start in range(0, tickets, 5000):
            batch = []
            for number in range(start, min(start + 5000, tickets)):
                unit = units[number % len(units)]
                members = [one for one in office.units[unit].members if not one.startswith("leader")]
                person = members[number // len(units) % len(members)]
                made = promises[number * len(promises) // tickets]
                holder = None if random_.random() < POOL else staff[person]
                batch.append((made, unit, holder, receipt.code(next(codes))))
            told += _save(office, batch, random_, staff)
        told.sort(key=itemgetter(0))
        for moment, those in groupby(told, key=itemgetter(0)):
            journal.append([event for _, event in those], moment)


def _minutes(office: Office) -> list[datetime]:
    minutes = int(promise.clocks.PROMISED / MINUTE)
    past = (NOW - number * MINUTE for number in range(minutes - 1, 0, -1))
    return [moment for moment in past if office.calendar.is_open(moment)]


def _promised(office: Office, opened: datetime) -> _Promise:
    dues = promise.on_all_clocks(office.calendar, opened)
    headline = dues[ClockName.ELAPSED]
    steps = Ladder.of(office).moments(office.calendar, opened, headline.moment, headline.last_chance)
    why = {clock.value: [one.to_json(office.zone) for one in due.why] for clock, due in dues.items()}
    return _Promise(opened, dues, steps, why)


def _save(
    office: Office, batch: list[tuple[_Promise, str, Any, str]], random_: random.Random, staff: dict[str, Any]
) -> Iterator[tuple[datetime, Event]]:
    """Write a batch of tickets with whose they are and what was done about them; return what the journal is told."""
    from erreichbar.centre.models import Attempt, Matter, Person, PersonNumber, StepTaken, Ticket

    people = Person.objects.bulk_create(
        Person(
            given_name="Kim",
            family_name=f"Muster {code}",
            search_name=f"muster {code} kim",
            benefit_unit_number=f"99901BG{code[:7]}",
            postal_code="41460",
        )
        for _, _, _, code in batch
    )
    PersonNumber.objects.bulk_create(PersonNumber(person=person, e164=_number(person.pk)) for person in people)
    matters = Matter.objects.bulk_create(
        Matter(person=person, reason="payment_status", raised_at=made.opened)
        for person, (made, *_) in zip(people, batch, strict=True)
    )
    tickets = [
        _ticket(office, made, unit, holder, code, matter)
        for (made, unit, holder, code), matter in zip(batch, matters, strict=True)
    ]
    tried = [one for one in tickets if random_.random() < TRIED and one.opened_at < NOW - 10 * MINUTE]
    for one in tried:
        one.attempts_made = 1
        one.attempted_at = one.last_attempt_at = one.opened_at + 5 * MINUTE
    Ticket.objects.bulk_create(tickets)
    attempts = Attempt.objects.bulk_create(
        Attempt(
            ticket=one,
            person=one.person,
            user=one.holder or staff[office.units[one.unit].members[0]],
            role=Role.CASE_WORKER,
            presented=PresentedNumber.CENTRE,
            state="ended",
            started_at=one.last_attempt_at,
            ended_at=one.last_attempt_at,
            ended_by=EndedBy.OFFICE,
            outcome=AttemptOutcome.NOT_ANSWERED,
            recorded_at=one.last_attempt_at,
        )
        for one in tried
    )
    taken = [
        (ticket, step, at)
        for ticket, (made, *_) in zip(tickets, batch, strict=True)
        for step, at in made.steps.items()
        if at <= NOW
    ]
    StepTaken.objects.bulk_create(StepTaken(ticket=ticket, step=step, taken_at=at) for ticket, step, at in taken)
    return _told(tickets, attempts, taken)


def _number(person: int) -> str:
    """Return one of the numbers that belong to nobody. Several people share one, as they do in life."""
    return f"+492214710{person % 1000:03}"


def _ticket(office: Office, made: _Promise, unit: str, holder: Any, code: str, matter: Any) -> Any:
    from erreichbar.centre.models import Ticket

    taken = [step for step, at in made.steps.items() if at <= NOW]
    coming = next_step(made.steps, taken)
    headline, name = made.dues[ClockName.ELAPSED], office.units[unit].name
    return Ticket(
        code=code,
        changed_at=made.opened,
        matter=matter,
        person=matter.person,
        reason=matter.reason,
        urgent=False,
        unit=unit,
        holder=holder,
        responsible=holder,
        assigned_why={"de": name.de, "en": name.en},
        number=_number(matter.person.pk),
        language=Language.GERMAN,
        channel=Channel.TELEPHONE,
        opened_at=made.opened,
        due_elapsed=headline.moment,
        due_service_hours=made.dues[ClockName.SERVICE_HOURS].moment,
        due_working_days=made.dues[ClockName.WORKING_DAYS].moment,
        last_chance=headline.last_chance,
        due_why=made.why,
        next_step=coming[0] if coming else None,
        next_step_at=coming[1] if coming else None,
    )


def _told(
    tickets: list[Any], attempts: list[Any], taken: list[tuple[Any, LadderStep, datetime]]
) -> Iterator[tuple[datetime, Event]]:
    names: dict[int, Any] = {}

    def staff(user: int) -> Any:
        if user not in names:
            names[user] = pseudonyms.of(user, NOW)
        return names[user]

    for one in tickets:
        matter, person, ticket = Ref(one.matter.ref), Ref(one.person.ref), Ref(one.ref)
        yield one.opened_at, events.MatterRaised(matter=matter, call=None, person=person, reason=Code(one.reason))
        yield (
            one.opened_at,
            events.TicketOpened(
                ticket=ticket,
                matter=matter,
                call=None,
                person=person,
                reason=Code(one.reason),
                unit=Code(one.unit),
                holder=staff(one.holder_id) if one.holder_id else None,
                urgent=False,
                channel=Channel(one.channel),
                language=Language(one.language),
                due_elapsed=one.due_elapsed,
                due_service_hours=one.due_service_hours,
                due_working_days=one.due_working_days,
                last_chance=one.last_chance,
            ),
        )
    for one in attempts:
        attempt, ticket, at = Ref(one.ref), Ref(one.ticket.ref), one.started_at
        yield (
            at,
            events.AttemptStarted(
                attempt=attempt,
                ticket=ticket,
                staff=staff(one.user_id),
                role=Role(one.role),
                presented=PresentedNumber(one.presented),
            ),
        )
        yield at, events.AttemptEnded(attempt=attempt, by=EndedBy(one.ended_by))
        yield at, events.AttemptRecorded(attempt=attempt, ticket=ticket, outcome=AttemptOutcome(one.outcome))
    for one, step, at in taken:
        yield at, events.StepTaken(ticket=Ref(one.ref), step=step)
