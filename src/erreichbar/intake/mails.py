"""Reports as e-mails (RFC 5322): lines such as ``Name: Albrecht``, or tables as attachments."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import make_msgid

from erreichbar.centre.actions import Refused
from erreichbar.intake.reports import known_fields, take
from erreichbar.intake.tables import NoTable, take_table
from erreichbar.record.words import ReportWay

TABLES = ("text/csv", "application/csv", "application/vnd.ms-excel")


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an e-mail: the reply, and whether every report in it was taken."""

    reply: EmailMessage
    ok: bool


def take_mail(given: bytes, *, organisation: str) -> Answered:
    """Take the reports of an e-mail and return the reply. The reply repeats nothing that was said of a citizen.

    A report without a reference of its own has that of the message, so that an e-mail delivered twice is taken once.
    """
    message = message_from_bytes(given, policy=policy.default)
    lines: list[str] = []
    faults = 0
    for part in message.iter_attachments() if isinstance(message, EmailMessage) else ():
        if part.get_content_type() in TABLES or (part.get_filename() or "").lower().endswith(".csv"):
            content = part.get_payload(decode=True)
            told, wrong = _table(content if isinstance(content, bytes) else b"", organisation)
            lines, faults = lines + told, faults + wrong
    if not lines:
        told, wrong = _body(message, organisation)
        lines, faults = told, wrong
    return Answered(_reply(message, lines), faults == 0)


def _table(content: bytes, organisation: str) -> tuple[list[str], int]:
    try:
        answers = list(take_table(content, organisation=organisation, way=ReportWay.EMAIL))
    except NoTable as no:
        return [no.de, no.en], 1
    told = [
        f"{one['line']}: {one['fault']}"
        if one["fault"]
        else f"{one['line']}: {one['code']}, {one['due']}"
        + (" (bekannt / known)" if one["known"] == "yes" else "")
        + (f", Antrag / application {one['application']}" if one["application"] else "")
        for one in answers
    ]
    return told, sum(bool(one["fault"]) for one in answers)


def _body(message: EmailMessage, organisation: str) -> tuple[list[str], int]:
    body = message.get_body(("plain",))
    try:
        text = body.get_content() if body is not None else ""
    except (LookupError, UnicodeError, KeyError):
        text = ""
    pairs = [line.partition(":") for line in str(text).splitlines() if not line.startswith(">")]
    given = known_fields({name: value for name, sep, value in pairs if sep})
    if not given:
        return [
            "In dieser E-Mail steht keine lesbare Meldung. Bitte schreiben Sie Zeilen wie „Name: …“, oder hängen Sie eine CSV-Tabelle an.",
            "There is no readable report in this e-mail. Please write lines such as “Name: …”, or attach a CSV table.",
        ], 1
    reference = str(message["Message-ID"] or "").strip()[:80]
    try:
        taken = take({"reference": reference, **given}, organisation=organisation, way=ReportWay.EMAIL)
    except Refused as refused:
        return [refused.de, refused.en], 1
    known = " (bekannt / known)" if taken.known else ""
    applied = [f"Antrag / application {taken.application}"] if taken.application else []
    return [f"Ticket {taken.code}{known}", f"Spätestens / at the latest: {taken.last_chance or taken.due}", *applied], 0


def _reply(message: EmailMessage, lines: list[str]) -> EmailMessage:
    reply = EmailMessage(policy=policy.SMTP)
    reply["Subject"] = "Ihre Meldung / Your report"
    if message["From"]:
        reply["To"] = str(message["From"])
    if message["Message-ID"]:
        reply["In-Reply-To"] = reply["References"] = str(message["Message-ID"])
    reply["Message-ID"] = make_msgid(domain="erreichbar.invalid")
    reply["Auto-Submitted"] = "auto-replied"
    reply.set_content("\n".join(lines) + "\n")
    return reply
