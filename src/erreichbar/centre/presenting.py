"""Whether a number may be dialled, and whether a number may be shown (§ 120 TKG)."""

from datetime import datetime

from erreichbar.centre.errors import NumberRefused
from erreichbar.centre.models import NumberRight, Person, User
from erreichbar.office import Office, numbers
from erreichbar.record.words import PresentedNumber


def check_dialling(field: str, number: str, office: Office) -> None:
    """Raise ``NumberRefused`` with the reason if a number (E.164) must not be called back."""
    why = numbers.refusal(number, office.telephone)
    if why is not None:
        raise NumberRefused(field, why.de, why.en)


def check_presenting(presented: PresentedNumber, user: User, office: Office, moment: datetime) -> None:
    """Raise ``NumberRefused`` with the reason if a number must not be shown: its right of use is not recorded.

    A right stands in the office file or was recorded by ``RecordNumberRight``. To show no number needs none.
    """
    if presented is PresentedNumber.WITHHELD:
        return
    person = office.people.get(user.username)
    if presented is PresentedNumber.OWN and (person is None or person.extension is None):
        raise NumberRefused(
            "presented", "Sie haben keine Durchwahl, die gezeigt werden kann.", "You have no direct line to be shown."
        )
    today = moment.astimezone(office.zone).date()
    right = office.telephone.presented.get(presented)
    if right is not None and right.valid_from <= today:
        return
    if NumberRight.objects.filter(presented=presented, valid_from__lte=today).exists():
        return
    which = {
        PresentedNumber.CENTRE: ("die Nummer des Servicecenters", "the centre's number"),
        PresentedNumber.OWN: ("Ihre Durchwahl", "your direct line"),
    }[presented]
    raise NumberRefused(
        "presented",
        f"Der Rückruf darf {which[0]} nicht zeigen: Das Nutzungsrecht (§ 120 TKG) ist nicht eingetragen.",
        f"The callback must not show {which[1]}: the right to use it (§ 120 TKG) is not recorded.",
    )


def presented_to(person: Person | None, wished: PresentedNumber) -> PresentedNumber:
    """Return what a callback shows to a citizen: what is ``wished`` by the access model, unless she wants no number shown."""
    return wished if person is None or person.may_show_number else PresentedNumber.WITHHELD


def check_showing(presented: PresentedNumber, person: Person | None) -> None:
    """Raise ``NumberRefused`` if a citizen wants no number of ours on her telephone."""
    if presented_to(person, presented) is not presented:
        raise NumberRefused(
            "presented",
            "Diese Person möchte nicht, dass ihr Telefon eine Nummer von uns zeigt. Bitte unterdrücken Sie die Nummer.",
            "This person does not want her telephone to show a number of ours. Please withhold the number.",
        )
