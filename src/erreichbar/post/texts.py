"""What a written message says. Whoever else reads it learns nothing of benefits, of the matter, or which office it was.

An e-mail or a text message can be seen by others, so it names the office neutrally (``[post] neutral_name``) and no paper to
have ready. A letter is sealed: it lists them. Who wished another language reads German and English.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from erreichbar.office import Office, numbers
from erreichbar.office.text import Text
from erreichbar.promise import receipt
from erreichbar.record.words import Language, MessageChannel, MessageKind

FIRST = {
    MessageKind.MISSED_CALLBACK: Text(
        "wir haben Sie angerufen und nicht erreicht.", "we called you and did not reach you."
    ),
    MessageKind.PROMISE_BROKEN: Text(
        "wir hatten Ihnen eine Antwort bis {due} zugesagt. Das haben wir nicht geschafft. Wir bitten um Entschuldigung.",
        "we promised you an answer by {due}. We have not kept that promise. We apologise.",
    ),
}
NEXT = Text("Wir rufen Sie wieder an: {next}.", "We will call you again: {next}.")
NEXT_BY = Text("{who} ruft Sie an: {next}.", "{who} will call you: {next}.")
SOON_BY = Text("{who} kümmert sich so bald wie möglich darum.", "{who} will see to it as soon as possible.")
TEAM = Text("Jemand aus dem zuständigen Team", "Somebody of the team responsible")
"""Who calls where nobody holds the ticket alone."""
REACH = Text(
    "Sie erreichen uns unter {number}. Nennen Sie bitte das Kennzeichen {code}.",
    "You can reach us at {number}. Please mention the code {code}.",
)
PAPERS = Text("Bitte legen Sie bereit: {papers}.", "Please have ready: {papers}.")
SUBJECT = {
    MessageKind.MISSED_CALLBACK: Text("Unser Anruf", "Our call"),
    MessageKind.PROMISE_BROKEN: Text("Unsere Antwort verspätet sich", "Our answer is late"),
}
HELLO = Text("Guten Tag,", "Hello,")
NO_ANSWER = Text("Auf diese Nachricht können Sie nicht antworten.", "You cannot reply to this message.")
DATE = Text("EEEE, d. MMMM, HH:mm 'Uhr'", "EEEE, d MMMM, HH:mm")


READ = (Language.GERMAN, Language.ENGLISH)
"""The languages that messages are written in. Who wished another gets both."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is written: ``subject`` (unused in a text message) and paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs as one text, apart by empty lines."""
        return "\n\n".join(self.paragraphs)


def written(
    office: Office,
    kind: MessageKind,
    channel: MessageChannel,
    language: Language,
    *,
    code: str,
    reason: str,
    facts: Mapping[str, str | None],
) -> Written:
    """Return the text of a message about the ticket ``code`` (as stored).

    ``facts`` are ``next`` and ``due`` (ISO moments or none) and ``who`` (a name of the office; none is the team).
    """
    languages = [begins_in(language)] if language in READ else [one.value for one in READ]
    found = [_in(one, office, kind, channel, code, reason, facts) for one in languages]
    if channel is MessageChannel.SMS:
        return Written("", (" / ".join(" ".join(paragraphs) for _, paragraphs in found),))
    return Written(" / ".join(subject for subject, _ in found), tuple(line for _, lines in found for line in lines))


def begins_in(language: Language) -> str:
    """Return in which language a message to somebody begins (ISO 639-1); who reads neither of ours gets German first."""
    return (language if language in READ else READ[0]).value


def _in(
    language: str,
    office: Office,
    kind: MessageKind,
    channel: MessageChannel,
    code: str,
    reason: str,
    facts: Mapping[str, str | None],
) -> tuple[str, list[str]]:
    zone, told = office.zone, {name: fact or "" for name, fact in facts.items()}
    centre = office.telephone.centre
    told |= {
        "code": plain(receipt.shown(code)),
        "number": plain(numbers.din5008(centre.e164, len(centre.extension))),
        **{name: _moment(told[name], zone, language) for name in ("next", "due") if told.get(name)},
    }
    lines = [FIRST[kind].in_(language).format(**told)]
    named = kind is MessageKind.PROMISE_BROKEN
    told["who"] = told.get("who") or TEAM.in_(language)
    if told.get("next"):
        lines.append((NEXT_BY if named else NEXT).in_(language).format(**told))
    elif named:
        lines.append(SOON_BY.in_(language).format(**told))
    lines.append(REACH.in_(language).format(**told))
    if channel is MessageChannel.SMS:
        return "", [f"{office.post.neutral_name}: {lines[0][0].upper()}{lines[0][1:]}", *lines[1:]]
    lines = [HELLO.in_(language), *lines]
    if channel is MessageChannel.LETTER:
        known = office.reasons.get(reason)
        papers = "; ".join(paper.in_(language) for paper in known.papers) if known else ""
        return SUBJECT[kind].in_(language), lines + ([PAPERS.in_(language).format(papers=papers)] if papers else [])
    return SUBJECT[kind].in_(language), [*lines, NO_ANSWER.in_(language), office.post.neutral_name]


def _moment(told: str, zone: ZoneInfo, language: str) -> str:
    moment = datetime.fromisoformat(told).astimezone(zone)
    return format_datetime(moment, DATE.in_(language), locale=language)


def plain(text: str) -> str:
    """Return a text with usual spaces and hyphens: a text message would be twice as dear with others (GSM 03.38)."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NON-BREAKING HYPHEN}", "-")
