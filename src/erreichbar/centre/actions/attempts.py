"""Attempts to call a citizen back. The floor begins and ends them; who called says what came of it."""

from dataclasses import dataclass, field
from datetime import datetime

from erreichbar import promise
from erreichbar.centre import sight
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.deciding import state_of
from erreichbar.centre.actions.found import attempt_with, name_of, ticket_with, user_named
from erreichbar.centre.actions.reaching import mark_reached
from erreichbar.centre.actions.telling import tell_missed
from erreichbar.centre.actions.waiting import end_wait
from erreichbar.centre.errors import Invalid, NoNumber, NotAllowed, Refused, Stale
from erreichbar.centre.models import Attempt, AttemptState, Call, CallState, Person, Ticket, User
from erreichbar.centre.presenting import check_dialling, check_presenting, check_showing
from erreichbar.centre.reading import safe_times
from erreichbar.office import Office
from erreichbar.promise.moves import Move, refusal
from erreichbar.record import events
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import AttemptOutcome, EndedBy, PresentedNumber, Role

MISSED = (AttemptOutcome.NOT_ANSWERED, AttemptOutcome.BUSY, AttemptOutcome.VOICEMAIL)
"""The outcomes after which the citizen is told in writing. To another person, or at a wrong number, nothing is said."""


def check_callback(office: Office, user: User, ticket: Ticket, moment: datetime) -> None:
    """Raise ``Refused`` with the reason if somebody must not call back for a ticket now."""
    sight.require_work_on(user, ticket, office)
    why = refusal(state_of(ticket), Move.ATTEMPT)
    if why is not None:
        raise Refused("ticket_is_closed", why.de, why.en)
    if ticket.number is None:
        raise NoNumber
    check_dialling("ticket", ticket.number, office)
    running = Attempt.objects.filter(ended_at=None, ticket=ticket).select_related("user").first()
    if running is None and ticket.person_id is not None:
        running = Attempt.objects.filter(ended_at=None, person=ticket.person_id).select_related("user").first()
    if running is not None:
        who = name_of(office, running.user)
        raise Stale(
            f"{who.de} ruft diese Person gerade an.",
            f"{who.en} is calling this person just now.",
            who=running.user.username,
            when=running.started_at,
        )
    if ticket.person_id is not None and Call.objects.filter(person=ticket.person_id, state=CallState.TALKING).exists():
        raise Refused(
            "citizen_is_calling", "Diese Person spricht gerade mit uns.", "This person is talking with us just now."
        )


def check_safe(person: Person | None, office: Office, moment: datetime) -> None:
    """Raise ``Refused`` if a citizen must not be called now, as was agreed with her."""
    safe = safe_times(person)
    if safe is not None and not promise.within(safe, moment, office.calendar):
        raise Refused(
            "not_safe_now",
            f"Diese Person darf nur von {safe[0]:%H:%M} bis {safe[1]:%H:%M} Uhr angerufen werden.",
            f"This person may only be called from {safe[0]:%H:%M} to {safe[1]:%H:%M}.",
        )


@dataclass(kw_only=True)
class StartAttempt(Action):
    """Somebody of the office begins to call a citizen back, or (``made``) has done so from another telephone."""

    attempt: Ref
    ticket: Ref
    user: str
    presented: PresentedNumber
    made: bool = False

    def perform(self) -> None:
        user, ticket = user_named(self.user), ticket_with(self.ticket)
        check_callback(self.office, user, ticket, self.moment)
        check_presenting(self.presented, user, self.office, self.moment)
        if not self.made:
            check_safe(ticket.person, self.office, self.moment)
            check_showing(self.presented, ticket.person)
        if Attempt.objects.filter(user=user, ended_at=None).exists():
            raise Refused(
                "in_a_call", "Sie sind in einem Gespräch. Beenden Sie es zuerst.", "You are in a call. End it first."
            )
        Attempt.objects.create(
            ref=self.attempt,
            ticket=ticket,
            person_id=ticket.person_id,
            user=user,
            role=user.role,
            presented=self.presented,
            started_at=self.moment,
        )
        self.journal(
            events.AttemptStarted(
                attempt=self.attempt,
                ticket=self.ticket,
                staff=self.staff(user),
                role=Role(user.role),
                presented=self.presented,
            )
        )


@dataclass(kw_only=True)
class ConnectAttempt(Action):
    """The called telephone was answered, by whomever."""

    attempt: Ref
    training_words: dict[str, object] = field(default_factory=dict, repr=False)

    def perform(self) -> None:
        attempt = attempt_with(self.attempt)
        if attempt.connected_at is not None:
            return
        if attempt.ended_at is None:
            attempt.state = AttemptState.TALKING
        attempt.connected_at = max(self.moment, attempt.started_at)
        attempt.training_words = self.training_words
        attempt.save(update_fields=["state", "connected_at", "training_words"])
        count(attempt)
        self.journal(events.AttemptConnected(attempt=self.attempt))


@dataclass(kw_only=True)
class EndAttempt(Action):
    """The outgoing call is over."""

    attempt: Ref
    ended_by: EndedBy

    def perform(self) -> None:
        attempt = attempt_with(self.attempt)
        if attempt.ended_at is not None:
            return
        attempt.state, attempt.ended_by = AttemptState.ENDED, self.ended_by
        attempt.ended_at = max(self.moment, attempt.connected_at or attempt.started_at)
        attempt.save(update_fields=["state", "ended_by", "ended_at"])
        self.journal(events.AttemptEnded(attempt=self.attempt, by=self.ended_by))


@dataclass(kw_only=True)
class RecordAttempt(Action):
    """What came of an attempt. ``reached`` says that the citizen herself spoke about the matter with who called.

    To another person nothing was said. What was recorded stays; a further attempt is another attempt.
    """

    attempt: Ref
    outcome: AttemptOutcome

    def perform(self) -> None:
        attempt = attempt_with(self.attempt)
        if self.actor is not None and attempt.user_id != self.actor.pk:
            raise NotAllowed(
                "Nur wer angerufen hat, kann sagen, was daraus wurde.",
                "Only who called can say what came of it.",
            )
        if attempt.outcome == self.outcome:
            return
        if attempt.outcome is not None:
            raise Refused(
                "recorded_already",
                "Das Ergebnis dieses Rückrufs ist schon eingetragen.",
                "The outcome of this callback has been recorded already.",
            )
        reached = self.outcome is AttemptOutcome.REACHED
        if reached and attempt.connected_at is None:
            raise Invalid(
                "outcome",
                "Bei diesem Rückruf hat niemand abgenommen.",
                "Nobody answered this callback.",
            )
        ticket = ticket_with(attempt.ticket.ref)
        attempt.outcome, attempt.recorded_at = self.outcome, self.moment
        attempt.save(update_fields=["outcome", "recorded_at"])
        count(attempt, ticket)
        self.journal(events.AttemptRecorded(attempt=self.attempt, ticket=Ref(ticket.ref), outcome=self.outcome))
        if self.outcome in MISSED:
            tell_missed(self, ticket, attempt.user)
        if reached:
            end_wait(self, ticket, attempt.user)
            mark_reached(self, ticket, sight.talked_with(attempt.user, ticket, self.office), attempt.user)


def count(attempt: Attempt, ticket: Ticket | None = None) -> None:
    """Let an attempt count for its ticket, once: it was answered, or something came of it.

    A callback that never left the office (the own telephone was not picked up) is no attempt.
    """
    ticket = ticket or attempt.ticket
    if ticket.last_attempt_at is not None and ticket.last_attempt_at >= attempt.started_at:
        return
    ticket.last_attempt_at = attempt.started_at
    ticket.attempts_made += 1
    ticket.attempted_at = min(attempt.started_at, ticket.attempted_at or attempt.started_at)
    ticket.save(update_fields=["last_attempt_at", "attempts_made", "attempted_at"])
