"""A callback from a telephone that is not ours, entered by hand: the same steps as the floor's, in one go.

Who called says which number was shown and what came of it. How long it took is not known, so the attempt begins and ends
when it is entered. That the telephone was answered, and that the call is over, the house enters on her word.
"""

from django.db import transaction

from erreichbar.centre import actions, queries, refs
from erreichbar.centre.clock import now
from erreichbar.centre.errors import Invalid, Refused
from erreichbar.centre.models import User
from erreichbar.centre.presenting import check_presenting
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import AttemptOutcome, EndedBy, PresentedNumber

UNANSWERED = frozenset({AttemptOutcome.NOT_ANSWERED, AttemptOutcome.BUSY})
"""Outcomes for which no telephone was picked up."""


def presentable(user: User) -> list[PresentedNumber]:
    """Return the numbers that somebody's telephone may have shown: none, and those with a recorded right of use."""
    office, moment, shown = queries.office_in_force(), now(), []
    for number in PresentedNumber:
        try:
            check_presenting(number, user, office, moment)
        except Refused:
            continue
        shown.append(number)
    return shown


def enter(key: str, user: User, ticket: Ref, presented: str, outcome: str) -> None:
    """Enter a callback with its outcome, whole or not at all. Raises ``Refused``."""
    if presented not in list(PresentedNumber):
        raise Invalid(
            "presented",
            "Bitte geben Sie an, welche Nummer angezeigt wurde.",
            "Please say which number was shown.",
        )
    if outcome not in list(AttemptOutcome):
        raise Invalid("outcome", "Bitte wählen Sie, was daraus wurde.", "Please choose what came of it.")
    attempt, at, by, shown = refs.new_ref(), now(), user.username, PresentedNumber(presented)
    with transaction.atomic():
        actions.StartAttempt(
            key=f"{key}.started",
            by=by,
            at=at,
            attempt=attempt,
            ticket=ticket,
            user=by,
            presented=shown,
            made=True,
        ).run()
        if outcome not in UNANSWERED:
            actions.ConnectAttempt(key=f"{key}.connected", at=at, attempt=attempt).run()
        actions.EndAttempt(key=f"{key}.ended", at=at, attempt=attempt, ended_by=EndedBy.OFFICE).run()
        actions.RecordAttempt(
            key=f"{key}.recorded", by=by, at=at, attempt=attempt, outcome=AttemptOutcome(outcome)
        ).run()
