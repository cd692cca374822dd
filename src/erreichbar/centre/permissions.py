"""Who may make which kind of change: one table, by role. What one may see of whom is decided in ``queries.sight``."""

from collections.abc import Mapping

from erreichbar.record.words import Role

_AT_A_TELEPHONE = frozenset({"ask_floor"})
_WITH_A_CALLER = frozenset(
    {"register_person", "identify_caller", "raise_matter", "settle_matter", "open_ticket", "join_ticket",
     "record_application", "withdraw_application"}
)  # fmt: skip
_WITH_A_TICKET = frozenset(
    {"start_attempt", "record_attempt", "reach_citizen", "forward_ticket", "take_ticket", "resolve_ticket",
     "reopen_ticket", "write_note", "pause_ticket", "resume_ticket", "agree_on_calling",
     "dispatch_letter", "take_over_application", "identify_applicant", "keep_urgent_facts", "decide_matter",
     "withdraw_decision", "dispatch_decision", "refer_matter"}
)  # fmt: skip
_WITH_A_DESK = frozenset(
    {"take_time", "not_in_today", "free_time", "read_calendar", "follow_calendar", "leave_calendar", "dismiss_digest"}
)
_OF_THE_HOUSE = frozenset({"import_office", "add_user", "record_number_right", "close_day", "erase_entries"})

ALLOWED: Mapping[Role, frozenset[str]] = {
    # An agent reaches a citizen and resolves only what the first level may settle, in the call in front of her.
    Role.AGENT: _AT_A_TELEPHONE | _WITH_A_CALLER | {"reach_citizen", "resolve_ticket", "agree_on_calling"},
    Role.CASE_WORKER: _AT_A_TELEPHONE | _WITH_A_CALLER | _WITH_A_TICKET | _WITH_A_DESK,
    Role.DUTY_OFFICER: _AT_A_TELEPHONE | _WITH_A_CALLER | _WITH_A_TICKET | _WITH_A_DESK,
    Role.TEAM_LEADER: _AT_A_TELEPHONE | _WITH_A_CALLER | _WITH_A_TICKET | _WITH_A_DESK | {"spread_tickets"},
    Role.MANAGER: frozenset({"adopt_model"}),
    Role.AUDITOR: frozenset(),
    Role.ADMIN: _OF_THE_HOUSE,
}
"""Role → the changes it may make. The house itself (floor, importers, what is due now) may make every change."""


def allows(role: Role, permission: str) -> bool:
    """Return whether a role allows a change, named ``centre.open_ticket`` or ``open_ticket``."""
    return permission.removeprefix("centre.") in ALLOWED[role]
