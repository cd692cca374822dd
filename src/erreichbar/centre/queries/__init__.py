"""Questions about what did happen. They change nothing, and answer no more than who asks may know."""

from erreichbar.centre.office_in_force import NothingInForce, model_in_force, office_in_force
from erreichbar.centre.queries.applications import application_for, applications_of, pending_applications
from erreichbar.centre.queries.callers import (
    CallerHint,
    TooMany,
    call_of,
    caller_hint,
    find_person,
    open_tickets,
    search_persons,
)
from erreichbar.centre.queries.floor import (
    CallbackTarget,
    LiveAttempt,
    LiveCall,
    LiveSeat,
    OpenCommand,
    RingBack,
    callback_target,
    live_attempts,
    live_calls,
    live_seats,
    open_commands,
    ring_back,
    waits_for,
    words_of_attempt,
    words_of_call,
)
from erreichbar.centre.queries.house import any_open_ticket, floor_is_there, journal_entries, person_of, seat_of
from erreichbar.centre.queries.lists import Page, called_for, list_page, state_of_list, units_page
from erreichbar.centre.queries.messages import letter_for, letters_of, messages_of
from erreichbar.centre.queries.presence import absence_now, calendar_of, calendars_due, entries_of, roster
from erreichbar.centre.queries.tickets import (
    Promised,
    held_now,
    next_work,
    promise_of,
    ticket_for,
    units_of,
    version,
)
from erreichbar.centre.queries.urgent import (
    Urgent,
    decision_for,
    duty_list,
    on_duty,
    reason_of,
    to_conclude,
    urgent_of,
)

__all__ = [
    "CallbackTarget", "CallerHint", "LiveAttempt", "LiveCall", "LiveSeat", "NothingInForce", "OpenCommand",
    "Page", "Promised", "RingBack", "TooMany", "Urgent", "absence_now", "any_open_ticket", "application_for",
    "applications_of", "calendar_of", "calendars_due", "call_of", "callback_target", "called_for", "caller_hint",
    "decision_for", "duty_list", "entries_of", "find_person", "floor_is_there", "held_now", "journal_entries",
    "letter_for", "letters_of", "list_page", "live_attempts", "live_calls", "live_seats", "messages_of", "model_in_force",
    "next_work", "office_in_force", "on_duty", "open_commands", "open_tickets", "pending_applications",
    "person_of", "promise_of", "reason_of", "ring_back", "roster", "search_persons", "seat_of", "state_of_list",
    "ticket_for", "to_conclude", "units_of", "units_page", "urgent_of", "version", "waits_for", "words_of_attempt",
    "words_of_call",
]  # fmt: skip
