"""What may happen in a history, one thing each."""

from datetime import timedelta

from erreichbar.centre import actions, journal, refs
from erreichbar.centre.models import Attempt, Message, Person, User
from erreichbar.desk import by_hand
from erreichbar.record.words import AttemptOutcome, EndedBy, MessageChannel, Role, SeatState
from erreichbar.telephone.line import CitizenMissed, CitizenPickedUp, Declined, PickedUp
from tests.histories.history import AGENTS, History, Sent, Step
from tests.histories.world import LEAVING, without
from tests.typed import there

UNITS = ("benefits-1", "benefits-1", "benefits-2", "placement-1")
BENEFIT_UNITS = {"benefits-1": "99901BG0000100", "benefits-2": "99901BG0003000"}
TAKING_OVER = {"call.adopted", "call.queued", "call.rang", "seat.changed"}
REASONS = ("payment_status", "housing_approval", "no_means")


# -- the telephone ----------------------------------------------------------------------------------------------------


def somebody_calls(history: History) -> None:
    """A citizen calls: a new one, or one who waits for an answer."""
    number: str | None
    if history.draw.random() < 0.5:
        number = history.draw.choice([history.next_citizen(), None])
    else:
        number = history.ticket().number
    call = refs.new_ref()
    history.tell(f"Call {history.name(call)} comes in.")
    history.exchange.arrives(call, number)


def somebody_picks_up(history: History) -> None:
    call, user = history.call(SeatState.RINGING)
    history.tell(f"{user} takes call {history.name(call)}.")
    history.exchange.calls[call].talking = True
    history.exchange.calls[call].user = user
    history.exchange.events.append(PickedUp(call=call, at=history.house.clock.now(), user=user))


def what_it_is_about(history: History) -> None:
    """Whoever is in a call takes up what it is about: a ticket of hers, or a new matter."""
    call, user = history.call(SeatState.TALKING)
    number = history.exchange.calls[call].number
    known = Person.objects.filter(numbers__e164=number).order_by("pk").first() if number else None
    if known is not None and history.draw.random() < 0.7:
        history.act(actions.IdentifyCaller, user, call=call, person=known.ref, checks=2)
        ticket = known.tickets.filter(closed_at=None).order_by("pk").first()
        if ticket is not None:
            history.tell(f"{user} takes call {history.name(call)} up on ticket {history.name(ticket.ref)}.")
            history.act(actions.JoinTicket, user, call=call, ticket=ticket.ref)
            if Role(history.office.people[user].role) is not Role.AGENT:
                history.act(actions.ReachCitizen, user, ticket=ticket.ref, version=ticket.version, call=call)
            return
    opens(history, user, call, number or history.next_citizen())


def opens(history: History, user: str | None, call: str | None, number: str) -> None:
    unit = history.draw.choice(UNITS)
    person = history.act(
        actions.RegisterPerson, user, call=call, given_name="Nadia", number=number,
        family_name=history.draw.choice("ABDHMSTW") + "ecker",
        benefit_unit_number=BENEFIT_UNITS.get(unit) if history.draw.random() < 0.7 else None,
        channel="telephone", email=history.draw.choice(("", f"citizen{history.citizens}@example.org")),
    )  # fmt: skip
    reason = "job_related" if unit == "placement-1" else history.draw.choice(REASONS)
    matter = history.act(actions.RaiseMatter, user, call=call, person=person, reason=reason)
    channel = history.draw.choice(("telephone", "telephone", "telephone", "letter"))
    may_leave_message = history.draw.choice((True, False, None))
    if may_leave_message is False:
        history.refused_messages.add(person)
    ticket = history.act(
        actions.OpenTicket, user, matter=matter, number=number, channel=channel, may_leave_message=may_leave_message
    )
    history.tell(f"Ticket {history.name(ticket)} is opened ({reason}).")


def a_matter_without_a_call(history: History) -> None:
    opens(history, None, None, history.next_citizen())


def somebody_hangs_up(history: History) -> None:
    call = history.one_of(sorted(history.exchange.calls))
    history.tell(f"Call {history.name(call)} is over.")
    history.exchange.over(call, history.draw.choice((EndedBy.CITIZEN, EndedBy.OFFICE, EndedBy.LINE)))


def seats_change(history: History) -> None:
    user = history.draw.choice((*AGENTS, history.somebody()))
    kind = history.draw.choice(("ready", "ready", "ready", "pause", "leave", "hang_up"))
    history.tell(f"{user} asks for {kind}.")
    history.act(actions.AskFloor, user, kind=kind)


def calls_back(history: History) -> None:
    ticket = history.ticket()
    user = history.holder_of(ticket)
    history.tell(f"{user} calls back for ticket {history.name(ticket.ref)}.")
    history.act(actions.AskFloor, user, kind="call_back", args={"ticket": ticket.ref})
    history.delivers()
    goes_through(history)


def goes_through(history: History) -> None:
    """A callback goes on: the own telephone is picked up or not, then the citizen's."""
    attempt = history.attempt()
    ref, user, now = attempt.ref, attempt.user.username, history.house.clock.now()
    one = history.exchange.calls[ref]
    if one.rings == "desk":
        if history.draw.random() < 0.1:
            history.tell(f"{user} does not pick up the own telephone.")
            del history.exchange.calls[ref]  # it never rang at the citizen's
            history.exchange.events.append(Declined(call=ref, at=now, user=user))
            return
        one.rings = "citizen"
        history.exchange.rang_at_citizen.add(ref)
        history.exchange.events.append(PickedUp(call=ref, at=now, user=user))
        if history.draw.random() < 0.3:
            history.tell(f"It rings at the citizen's ({history.name(ref)}).")
            return
    if one.talking:
        return
    if history.draw.random() < 0.6:
        outcome = history.draw.choice((AttemptOutcome.NOT_ANSWERED, AttemptOutcome.BUSY, AttemptOutcome.WRONG_NUMBER))
        history.tell(f"The citizen does not answer ({history.name(ref)}: {outcome}).")
        del history.exchange.calls[ref]
        history.exchange.events.append(CitizenMissed(call=ref, at=now, outcome=outcome))
        return
    history.tell(f"Somebody answers callback {history.name(ref)}.")
    one.talking = True
    history.exchange.events.append(CitizenPickedUp(call=ref, at=now))


def says_what_came_of_it(history: History) -> None:
    attempts = Attempt.objects.filter(outcome=None, connected_at__isnull=False).select_related("user").order_by("pk")
    attempt = history.one_of(list(attempts))
    outcome = history.draw.choice(("reached", "reached", "voicemail", "other_person", "wrong_number"))
    history.tell(f"Callback {history.name(attempt.ref)}: {outcome}.")
    history.act(actions.RecordAttempt, attempt.user.username, attempt=attempt.ref, outcome=outcome)


def calls_back_from_elsewhere(history: History) -> None:
    ticket = history.ticket()
    user = history.holder_of(ticket)
    caller = User.objects.get(username=user)
    outcome = history.draw.choice(("reached", "not_answered", "busy", "voicemail", "other_person", "wrong_number"))
    history.tell(f"{user} has called for ticket {history.name(ticket.ref)} from elsewhere: {outcome}.")
    key = f"desk.{refs.new_ref()}"
    history.sends(
        Sent(f"{key}.started", "StartAttempt", lambda: by_hand.enter(key, caller, ticket.ref, "withheld", outcome))
    )


# -- the desk ---------------------------------------------------------------------------------------------------------


def forwards(history: History) -> None:
    ticket, unit = history.ticket(), history.draw.choice(list(history.office.units))
    holder = history.draw.choice([None, *history.office.units[unit].members])
    history.tell(f"Ticket {history.name(ticket.ref)} is forwarded to {holder or 'the pool'} of {unit}.")
    history.act(actions.ForwardTicket, ticket=ticket.ref, version=ticket.version, unit=unit, holder=holder)


def asks_the_duty_office(history: History) -> None:
    ticket, unit = history.ticket(), history.office.people["roth"].unit
    history.tell(f"Ticket {history.name(ticket.ref)} goes to the duty office.")
    history.act(actions.ForwardTicket, ticket=ticket.ref, version=ticket.version, unit=unit, holder="roth")


def takes(history: History) -> None:
    ticket = history.ticket()
    user = history.one_of([one.id for one in history.office.in_role(Role.CASE_WORKER, ticket.unit)])
    history.tell(f"{user} takes ticket {history.name(ticket.ref)}.")
    history.act(actions.TakeTicket, user, ticket=ticket.ref, version=ticket.version)


def resolves(history: History) -> None:
    ticket = history.ticket()
    outcome = history.draw.choice(("settled", "decided", "done_not_told"))
    history.tell(f"Ticket {history.name(ticket.ref)} is closed: {outcome}.")
    history.act(
        actions.ResolveTicket, history.holder_of(ticket), ticket=ticket.ref, version=ticket.version, outcome=outcome
    )


def reopens(history: History) -> None:
    ticket = history.ticket(closed=True)
    history.tell(f"Ticket {history.name(ticket.ref)} is opened again.")
    history.act(actions.ReopenTicket, ticket=ticket.ref, version=ticket.version)


def waits(history: History) -> None:
    ticket = history.ticket()
    until = history.house.clock.now().date() + timedelta(days=history.draw.choice((1, 4, 20)))
    history.tell(f"Ticket {history.name(ticket.ref)} waits until {until}.")
    history.act(actions.PauseTicket, ticket=ticket.ref, version=ticket.version, until=until)


def resumes(history: History) -> None:
    ticket = history.ticket()
    history.tell(f"Ticket {history.name(ticket.ref)} is taken up again.")
    history.act(actions.ResumeTicket, ticket=ticket.ref, version=ticket.version)


def agrees_on_times(history: History) -> None:
    ticket = history.ticket()
    safe = history.draw.choice((("14:00", "16:00"), ("08:00", "09:00"), ("", "")))
    history.tell(f"For ticket {history.name(ticket.ref)} it is safe to call {safe}.")
    holder, may_leave_message = history.holder_of(ticket), history.draw.choice((True, False))
    if not may_leave_message and ticket.person is not None:
        history.refused_messages.add(ticket.person.ref)
    history.act(
        actions.AgreeOnCalling, holder, ticket=ticket.ref, may_show_number=True,
        may_leave_message=may_leave_message, safe_from=safe[0], safe_to=safe[1],
    )  # fmt: skip


def dispatches_a_letter(history: History) -> None:
    letters = Message.objects.filter(channel=MessageChannel.LETTER, sent_at=None, ticket__isnull=False).select_related(
        "ticket__holder"
    )
    letter = history.one_of(list(letters.order_by("pk")))
    ticket = there(letter.ticket)
    history.tell(f"A letter about ticket {history.name(ticket.ref)} is dispatched.")
    history.act(actions.DispatchLetter, history.holder_of(ticket), message=letter.ref)


# -- who is there -----------------------------------------------------------------------------------------------------


def is_absent(history: History) -> None:
    start = history.house.clock.now() + timedelta(hours=history.draw.choice((0, 5, 30)))
    end = None if history.draw.random() < 0.1 else start + timedelta(hours=history.draw.choice((1, 9, 50, 200)))
    kind, person = history.draw.choice(("absent", "absent", "appointment", "protected")), history.somebody()
    history.tell(f"{person}: {kind} from {start:%a %d %b %H:%M} to {end and f'{end:%a %d %b %H:%M}'}.")
    history.act(actions.TakeTime, person=person, start=start, end=end, kind=kind)


def not_in_today(history: History) -> None:
    person = history.somebody()
    history.tell(f"{person} is not in today.")
    history.act(actions.NotInToday, person=person)


def comes_back(history: History) -> None:
    entry = history.entry()
    history.tell(f"{entry.user.username} is there after all.")
    history.act(actions.FreeTime, person=entry.user.username, entry=entry.ref)


def nobody_is_on_duty(history: History) -> None:
    now = history.house.clock.now()
    history.tell("Nobody is on duty for two days.")
    for person in ("brandt", "roth"):
        history.act(actions.TakeTime, person=person, start=now, end=now + timedelta(hours=50), kind="absent")


def leaves(history: History) -> None:
    """Somebody does not work here any more: the office file no longer knows her."""
    history.tell(f"{LEAVING} leaves the office.")
    history.act(actions.ImportOffice, text=without(history.office.text, LEAVING), name="demo.toml")


# -- from outside -----------------------------------------------------------------------------------------------------


def is_reported(history: History) -> None:
    """Another organisation reports a matter, new or one that it has reported before."""
    if history.reports and history.draw.random() < 0.4:
        report = history.draw.choice(history.reports)
    else:
        number, called = (
            history.next_citizen(),
            history.house.clock.now() - timedelta(hours=history.draw.choice((0, 3, 30))),
        )
        report = {
            "organisation": "service-centre", "way": "api", "reference": f"report {history.citizens}",
            "called_at": called.isoformat(), "reason": history.draw.choice(REASONS), "family_name": "Yilmaz",
            "given_name": "Eda", "date_of_birth": f"1980-01-{history.citizens % 28 + 1:02}", "number": number,
        }  # fmt: skip
        history.reports.append(report)
    history.tell(f"{report['reference']} comes in.")
    history.act(actions.ReportMatter, **report)


# -- the house --------------------------------------------------------------------------------------------------------


def is_started_anew(history: History) -> None:
    """The floor is started twice: the second time it takes over what goes on, and ends nothing that the first left."""
    history.tell("The floor is started anew.")
    history.begins()
    last = journal.last_sequence()
    history.begins()
    more = {entry.kind for entry in journal.entries(last)} - TAKING_OVER
    assert not more, f"a second start did {more}"


def the_database_is_away(history: History) -> None:
    history.power.is_away = not history.power.is_away
    history.tell(f"The database is {'away' if history.power.is_away else 'back'}.")


def a_call_comes_in_meanwhile(history: History) -> None:
    """A call comes in while the floor is not there."""
    history.tell("A call comes in while no floor is there.")
    history.exchange.arrives(refs.new_ref(), history.next_citizen())
    history.begins()


STEPS: tuple[Step, ...] = (
    somebody_calls, somebody_calls, somebody_picks_up, somebody_picks_up, what_it_is_about, what_it_is_about,
    a_matter_without_a_call, somebody_hangs_up, seats_change, calls_back, calls_back, calls_back, goes_through,
    says_what_came_of_it, says_what_came_of_it, calls_back_from_elsewhere, forwards, asks_the_duty_office, takes,
    resolves, reopens, waits, resumes, agrees_on_times, dispatches_a_letter, is_absent, is_absent, not_in_today,
    comes_back, nobody_is_on_duty, leaves, is_reported, is_started_anew, the_database_is_away,
    a_call_comes_in_meanwhile, History.the_post_answers,
)  # fmt: skip
