"""The house itself: what is in force, who works here, and the record's upkeep."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from erreichbar import access
from erreichbar import office as offices
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.found import user_named
from erreichbar.centre.errors import Invalid, NotFound
from erreichbar.centre.models import AdoptedModel, NumberRight, OfficeFile, Ticket, User
from erreichbar.centre.office_in_force import NothingInForce
from erreichbar.centre.reading import one_line
from erreichbar.office import Office
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Count, Digest, Ref
from erreichbar.record.words import PresentedNumber, Role


@dataclass(kw_only=True)
class ImportOffice(Action):
    """Let an office file be the one in force, if it has no fault. Returns its digest.

    Everybody in the file gets a seat; ``AddUser`` gives a password. Who is not in the file any more can no longer sign
    in; what lay on her list goes into the pool of its unit. A unit that still has open tickets cannot disappear.
    """

    text: str = field(repr=False)
    name: str = "office.toml"

    def perform(self) -> str:
        try:
            office = offices.loads(self.text, self.name)
        except offices.OfficeFaults as error:
            raise Invalid("text", error.in_("de"), error.in_("en"), "office_faults") from None
        self._check_units(office)
        OfficeFile.objects.create(digest=office.digest, name=self.name[:255], text=office.text, imported_at=self.moment)
        self.journal(events.OfficeImported(digest=Digest(office.digest)))
        self._people(office)
        return office.digest

    def _check_units(self, office: Office) -> None:
        held = set(Ticket.objects.filter(closed_at=None).values_list("unit", flat=True).distinct())
        if gone := sorted(held - set(office.units)):
            names = ", ".join(gone)
            raise Invalid(
                "text",
                f"In der neuen Bürodatei fehlen Stellen, bei denen noch offene Tickets liegen: {names}.",
                f"The new office file lacks units that still have open tickets: {names}.",
                "units_with_tickets",
            )

    def _people(self, office: Office) -> None:
        known = {user.username: user for user in User.objects.all()}
        for person in office.people.values():
            user = known.pop(person.id, None) or User(username=person.id, password="!")
            if user.pk is None or (user.role, user.is_active) != (person.role, True):
                user.role, user.is_active = person.role, True
                user.save()
        for user in known.values():
            if user.is_active:
                user.is_active = False
                user.save(update_fields=["is_active"])
                self._to_the_pool(user)

    def _to_the_pool(self, user: User) -> None:
        for ticket in Ticket.objects.select_for_update().filter(holder=user, closed_at=None).order_by("pk"):
            ticket.holder = ticket.responsible = None
            ticket.version += 1
            ticket.changed_at, ticket.changed_by, ticket.changed_how = self.moment, self.actor, "assigned"
            ticket.assigned_why = {
                "de": "Die bisher zuständige Person arbeitet nicht mehr hier.",
                "en": "The person it lay with does not work here any more.",
            }
            ticket.save()
            self.journal(
                events.TicketAssigned(
                    ticket=Ref(ticket.ref), unit=Code(ticket.unit), holder=None, by=self.staff_of_actor
                )
            )


@dataclass(kw_only=True)
class AdoptModel(Action):
    """Let an access model be the one in force: one of the house by ``name``, or another by its ``text``.

    Raises ``Invalid`` with what is missing if it has faults, the telephone cannot carry it out, or it does not fit the
    office in force. Whether a number may be shown is asked at each callback, as the right may be recorded later.
    """

    name: str
    text: str | None = None

    def perform(self) -> str:
        try:
            model = access.loads(self.text, self.name) if self.text is not None else access.load(self.name)
        except access.ModelFaults as error:
            raise Invalid("text" if self.text else "name", error.in_("de"), error.in_("en"), "model_faults") from None
        field = "text" if self.text else "name"
        if model.refusal:
            raise Invalid(field, model.refusal.de, model.refusal.en, "model_not_live")
        faults = access.ModelFaults(self._contradictions(model))
        if faults.faults:
            raise Invalid(field, faults.in_("de"), faults.in_("en"), "model_contradicts_office")
        AdoptedModel.objects.create(digest=model.digest, name=model.name, text=model.text, adopted_at=self.moment)
        self.journal(events.ModelAdopted(model=Code(model.name), digest=Digest(model.digest)))
        return model.digest

    def _contradictions(self, model: access.AccessModel) -> tuple[offices.Fault, ...]:
        try:
            return access.contradictions(model, self.office, rights=tuple(PresentedNumber))
        except NothingInForce:
            return ()


@dataclass(kw_only=True)
class AddUser(Action):
    """Let somebody of the office file sign in. Without a password she can only take a seat in the demo."""

    person: str
    password: str | None = field(default=None, repr=False)
    is_virtual: bool = False

    def to_json(self) -> dict[str, Any]:
        raise TypeError("a password never waits in a file")

    def perform(self) -> None:
        if self.person not in self.office.people:
            known = ", ".join(self.office.people)
            raise NotFound(
                f"„{self.person}“ steht nicht in der Bürodatei. Dort stehen: {known}.",
                f'"{self.person}" is not in the office file. It knows: {known}.',
            )
        user = user_named(self.person)
        if self.password is not None:
            self._check_password(user, self.password)
        user.set_password(self.password)
        user.is_virtual = self.is_virtual
        user.save(update_fields=["password", "is_virtual"])
        self.journal(events.UserAdded(staff=self.staff(user), role=Role(user.role)))

    def _check_password(self, user: User, password: str) -> None:
        said = {}
        for language in ("de", "en"):
            with translation.override(language):
                try:
                    validate_password(password, user)
                except ValidationError as error:
                    said[language] = " ".join(error.messages)
        if said:
            raise Invalid("password", said["de"], said["en"], "weak_password")


@dataclass(kw_only=True)
class RecordNumberRight(Action):
    """The right to present one of the office's numbers was checked (§ 120 TKG)."""

    presented: PresentedNumber
    basis: str
    valid_from: date
    checked_by: str

    def perform(self) -> None:
        basis = one_line("basis", self.basis, 200)
        if not basis:
            raise Invalid("basis", "Worauf beruht das Recht?", "On what does the right rest?")
        if self.presented is PresentedNumber.WITHHELD:
            raise Invalid(
                "presented", "Wer keine Nummer zeigt, braucht kein Recht.", "To show no number needs no right."
            )
        checker = user_named(self.checked_by)
        NumberRight.objects.create(
            presented=self.presented,
            basis=basis,
            valid_from=self.valid_from,
            checked_by=checker,
            recorded_at=self.moment,
        )
        self.journal(events.NumberRightRecorded(presented=self.presented, by=self.staff(checker)))


@dataclass(kw_only=True)
class ReplaySpool(Action):
    """What happened while the database was away has been entered."""

    entries: int
    since: datetime

    def perform(self) -> None:
        self.journal(events.SpoolReplayed(entries=Count(self.entries), since=self.since))
