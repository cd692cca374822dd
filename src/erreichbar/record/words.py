"""The closed lists of words that events, tables, actions and pages share.

Every list is a ``StrEnum``: the value is what stands in the journal, the order of definition is the integer code that
``tables`` and compiled code use (``code(word)``, −1 for none).
"""

from enum import StrEnum


class Line(StrEnum):
    """Which of the office's lines a call came in on."""

    CENTRE = "centre"
    DIRECT = "direct"


class Direction(StrEnum):
    """How citizen and office came together: who rang whom."""

    INBOUND = "inbound"
    CALLBACK = "callback"
    VISIT = "visit"
    """Nobody rang: a citizen came in person, having not got through."""


class Role(StrEnum):
    """In what capacity somebody of the office acts."""

    AGENT = "agent"
    CASE_WORKER = "case_worker"
    DUTY_OFFICER = "duty_officer"
    TEAM_LEADER = "team_leader"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMIN = "admin"


class SeatState(StrEnum):
    """What a seat (a signed-in person at a telephone) is doing."""

    OFF = "off"
    READY = "ready"
    RINGING = "ringing"
    TALKING = "talking"
    WRAP_UP = "wrap_up"
    PAUSE = "pause"


class CallOutcome(StrEnum):
    """How an inbound call ended, seen from the citizen."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    TURNED_AWAY = "turned_away"
    OUT_OF_HOURS = "out_of_hours"


class AttemptOutcome(StrEnum):
    """What came of one attempt to call a citizen back. Never "unreachable": that word has legal weight."""

    REACHED = "reached"
    NOT_ANSWERED = "not_answered"
    BUSY = "busy"
    VOICEMAIL = "voicemail"
    OTHER_PERSON = "other_person"
    WRONG_NUMBER = "wrong_number"


class TicketOutcome(StrEnum):
    """With what result a ticket was closed."""

    SETTLED = "settled"
    DECIDED = "decided"
    REFERRED = "referred"
    DONE_NOT_TOLD = "done_not_told"
    WRITTEN_ASSURANCE_SENT = "written_assurance_sent"
    """Approved, and the signed letter or its lawful electronic form is on its way (§ 34(1) SGB X)."""


class DecisionOutcome(StrEnum):
    """What was decided about an urgent matter."""

    APPROVED = "approved"
    APPROVED_IN_PART = "approved_in_part"
    REFUSED = "refused"
    NOT_NEEDED = "not_needed"
    """The citizen needs no decision any more, as when the flat is gone."""


class DispatchForm(StrEnum):
    """In what form a written decision left the office: written form, or what replaces it by § 36a(2) SGB I (text of March 2022)."""

    SIGNED_LETTER = "signed_letter"
    HANDED_OVER = "handed_over"
    """The signed letter, to the citizen in person."""
    QUALIFIED_SIGNATURE = "qualified_signature"
    """An electronic document with a qualified electronic signature."""
    DE_MAIL = "de_mail"
    """A De-Mail of the office, with the confirmation of § 5(5) De-Mail-Gesetz."""


class TalkedWith(StrEnum):
    """Whom the citizen finally talked with about the matter of a ticket."""

    RESPONSIBLE = "responsible"
    SUBSTITUTE = "substitute"
    DUTY_OFFICER = "duty_officer"
    AGENT = "agent"
    NOBODY = "nobody"


class PresentedNumber(StrEnum):
    """What the citizen's telephone shows on a callback."""

    WITHHELD = "withheld"
    CENTRE = "centre"
    OWN = "own"


class Channel(StrEnum):
    """By what way the citizen wishes the answer. A telephone is not the only one (§ 17(2) SGB I)."""

    TELEPHONE = "telephone"
    EMAIL = "email"
    LETTER = "letter"


class ReportWay(StrEnum):
    """By what way another organisation reported a matter."""

    API = "api"
    EMAIL = "email"
    CSV = "csv"


class WorksBack(StrEnum):
    """To which day an application works back, by the law of its kind."""

    FIRST_OF_MONTH = "first-of-month"
    DAY = "day"
    """To the day on which it was made, no further."""


class Mistake(StrEnum):
    """Why an application that was entered is withdrawn. The entry stays, and so does the withdrawal."""

    NOT_DECLARED = "not_declared"
    """She did not apply."""
    WRONG_PERSON = "wrong_person"
    WRONG_KIND = "wrong_kind"
    TWICE = "twice"


class MessageKind(StrEnum):
    """What a citizen is told in writing."""

    MISSED_CALLBACK = "missed_callback"
    """We called and did not reach her."""
    PROMISE_BROKEN = "promise_broken"
    """The promise was not kept; a new moment, and who calls."""
    APPLICATION_PROOF = "application_proof"
    """She applied by telephone: when, for what, and to which day that works back."""


class MessageChannel(StrEnum):
    """By what way a written message goes out."""

    EMAIL = "email"
    SMS = "sms"
    LETTER = "letter"


class MessageProblem(StrEnum):
    """Why a written message did not go out."""

    NO_ADDRESS = "no_address"
    """The citizen has no such address (any more)."""
    UNREACHABLE = "unreachable"
    """Mail server or provider did not answer, or asked to try again later."""
    REFUSED = "refused"
    """Mail server or provider refused it for good."""
    WITHDRAWN = "withdrawn"
    """What it would say had been entered by mistake."""


class LadderStep(StrEnum):
    """What is done while a promise runs out, in the order in which it falls due."""

    REASSIGN = "reassign"
    """Whoever holds it is asked for again; from here on only who is there at once counts as there."""
    REMIND = "remind"
    """The holder is told."""
    TELL_LEADER = "tell_leader"
    """The team leader is told."""
    BROKEN = "broken"
    """The citizen is told that the promise was not kept, with a new moment and a name or function; so is the leader."""


class Language(StrEnum):
    """In what language the citizen wishes to be spoken with (ISO 639-1)."""

    GERMAN = "de"
    ENGLISH = "en"
    TURKISH = "tr"
    ARABIC = "ar"
    RUSSIAN = "ru"
    UKRAINIAN = "uk"


class EndedBy(StrEnum):
    """Who ended a conversation."""

    CITIZEN = "citizen"
    OFFICE = "office"
    LINE = "line"


class MatterEnd(StrEnum):
    """How a matter ended. Each ends exactly once; what goes on has none."""

    SETTLED = "settled"
    """Settled in a citizen's call, without a ticket."""
    TICKET = "ticket"
    """Through a ticket that was closed, whatever its outcome."""
    IN_PERSON = "in_person"
    """Settled with the citizen when she came in person, without a ticket."""
    GIVEN_UP = "given_up"
    """The citizen gave up; nobody dealt with it."""
    NEVER_VOICED = "never_voiced"
    """The citizen never tried, for the office could not be reached when she could have called."""


class WorkKind(StrEnum):
    """What somebody of the office does with a stretch of her time. At every moment she is there it is exactly one."""

    APPOINTMENT = "appointment"
    PROTECTED = "protected"
    """Case work in time in which nobody may disturb her."""
    CASE_WORK = "case_work"
    """Case work that a call may interrupt."""
    CALL = "call"
    """A citizen's call, or a citizen who came in person."""
    WRAP_UP = "wrap_up"
    CALLBACK = "callback"
    """An attempt to call a citizen back, from dialling until it ends, with the work after it."""
    IDLE = "idle"
    """There, with nothing to do: an agent who waits for calls, a case worker without a backlog."""
    OTHER = "other"
    """There, but neither with citizens nor with cases: breaks, meetings, training."""


class Availability(StrEnum):
    """When a citizen is able to telephone."""

    ANY = "any"
    BEFORE_NOON = "before_noon"
    AFTER_NOON = "after_noon"
    LATE = "late"
    """Only from 16:00 on."""


class ClockName(StrEnum):
    """The three readings of "within 48 hours"."""

    ELAPSED = "elapsed"
    SERVICE_HOURS = "service-hours"
    WORKING_DAYS = "working-days"


def code(word: StrEnum | None) -> int:
    """Return the integer code of a word: its place in its list from 0, −1 for none."""
    return -1 if word is None else list(type(word)).index(word)
