"""The proof of an application made by telephone: a sealed letter says it all, an e-mail nothing that others may not read."""

from babel.dates import format_date, format_datetime

from erreichbar.centre.models import Application
from erreichbar.office import Office, numbers
from erreichbar.office.text import Text
from erreichbar.post.texts import HELLO, NO_ANSWER, REACH, READ, Written, begins_in, plain
from erreichbar.promise import receipt
from erreichbar.record.words import Language, MessageChannel

SUBJECT = Text("Bestätigung Ihres Antrags", "Confirmation of your application")
NEUTRAL_SUBJECT = Text("Bestätigung Ihres Anrufs", "Confirmation of your call")
NEUTRAL = Text(
    "was Sie uns am Telefon erklärt haben, ist festgehalten: {made}.",
    "what you declared to us on the telephone has been written down: {made}.",
)
MADE = Text(
    "Sie haben am Telefon einen Antrag gestellt: {made}. Der Antrag ist aufgenommen.",
    "You applied on the telephone: {made}. The application has been taken down.",
)
WHAT_FOR = Text("Beantragt ist: {kind}.", "Applied for: {kind}.")
BACK = Text("Der Antrag wirkt zurück auf den {day} ({law}).", "The application works back to {day} ({law}).")
NOT_DECIDED = Text(
    "Ob und in welcher Höhe Leistungen zustehen, wird noch entschieden. Welche Angaben und Unterlagen fehlen, sagen wir Ihnen.",
    "Whether benefits are due, and how much, is still to be decided. We will tell you which particulars and papers are missing.",
)
DATE_AND_YEAR = Text("EEEE, d. MMMM y, HH:mm 'Uhr'", "EEEE, d MMMM y, HH:mm")
KEEP = Text("Bitte heben Sie diesen Brief auf.", "Please keep this letter.")


def proof(office: Office, application: Application, channel: MessageChannel, language: Language) -> Written:
    """Return the proof of an application. Who reads neither German nor English gets both."""
    languages = [begins_in(language)] if language in READ else [one.value for one in READ]
    found = [_in(one, office, application, channel) for one in languages]
    return Written(" / ".join(subject for subject, _ in found), tuple(line for _, lines in found for line in lines))


def _in(language: str, office: Office, application: Application, channel: MessageChannel) -> tuple[str, list[str]]:
    kind, centre = office.applications.get(application.kind), office.telephone.centre
    made = format_datetime(application.made_at.astimezone(office.zone), DATE_AND_YEAR.in_(language), locale=language)
    told = {
        "made": made,
        "kind": kind.label.in_(language) if kind else application.kind,
        "day": format_date(application.works_back_to, "long", locale=language),
        "law": application.law[language],
        "code": plain(receipt.shown(application.code)),
        "number": plain(numbers.din5008(centre.e164, len(centre.extension))),
    }
    sealed = channel is MessageChannel.LETTER
    said = [MADE, WHAT_FOR, BACK, NOT_DECIDED, REACH, KEEP] if sealed else [NEUTRAL, REACH, NO_ANSWER]
    lines = [HELLO.in_(language), *(text.in_(language).format(**told) for text in said)]
    if sealed:
        return SUBJECT.in_(language), lines
    return NEUTRAL_SUBJECT.in_(language), [*lines, office.post.neutral_name]
