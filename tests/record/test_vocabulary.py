"""The whitelist of the journal: what an event may hold, and that everything it holds can be read again."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar.record import events
from erreichbar.record.vocabulary import (
    CODE,
    FIELD_KINDS,
    VOCABULARY,
    Code,
    Count,
    Digest,
    Event,
    NotInVocabulary,
    Ref,
    Staff,
    field_kinds,
)

MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC)
)
REFS = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=13, max_size=13).filter(lambda ref: not ref.isdigit())
VALUES: dict[object, st.SearchStrategy[Any]] = {
    Ref: REFS,
    Staff: REFS,
    Code: st.text("abcxyz0123456789_-", min_size=1, max_size=40).filter(lambda code: CODE.fullmatch(code) is not None),
    Digest: st.text("0123456789abcdef", min_size=64, max_size=64),
    Count: st.integers(0, 999_999_999),
    bool: st.booleans(),
    datetime: MOMENTS,
    date: st.dates(),
}

NOT_FOR_THE_JOURNAL = [
    "0221 4710-100",
    "02214710100",
    "+492214710100",
    "492214710100",
    "4915228817386",  # 13 digits, as long as a reference
    "015228817386",
    "0152 28817386",
    "Erika Mustermann",
    "Müller",
    "erika.mustermann@example.org",
    "Frau M. bittet um Rückruf wegen der Miete.",
    "99901BG0001234",
    "",
]


@st.composite
def any_event(draw: st.DrawFn) -> Event:
    event = VOCABULARY[draw(st.sampled_from(sorted(VOCABULARY)))]
    given: dict[str, Any] = {}
    for name, kind in field_kinds(event).items():
        words = isinstance(kind.type, type) and issubclass(kind.type, StrEnum)
        value = st.sampled_from(list(kind.type)) if words else VALUES[kind.type]
        given[name] = draw(st.none() | value if kind.optional else value)
    return event(**given)


@pytest.mark.parametrize("event", VOCABULARY.values(), ids=VOCABULARY)
def test_every_field_is_of_a_whitelisted_kind_and_says_what_it_means(event: type[Event]) -> None:
    for name, kind in field_kinds(event).items():
        words = isinstance(kind.type, type) and issubclass(kind.type, StrEnum)
        assert words or kind.type in FIELD_KINDS, name
        assert kind.meaning.strip(), name


def test_every_kind_of_field_is_tried_out_here() -> None:
    assert set(VALUES) == set(FIELD_KINDS)


@pytest.mark.parametrize("value", NOT_FOR_THE_JOURNAL)
@pytest.mark.parametrize("kind", [kind for kind in FIELD_KINDS if kind is not bool], ids=str)
def test_no_kind_of_field_takes_a_number_a_name_or_free_text(kind: object, value: str) -> None:
    with pytest.raises(ValueError, match="expected|isoformat|offset|month"):
        FIELD_KINDS[kind](value)


@pytest.mark.parametrize("number", [2214710100, 492214710100, 15228817386])
def test_a_count_is_no_telephone_number(number: int) -> None:
    with pytest.raises(ValueError, match="999,999,999"):
        FIELD_KINDS[Count](number)


@pytest.mark.parametrize("event", VOCABULARY.values(), ids=VOCABULARY)
@pytest.mark.parametrize("value", NOT_FOR_THE_JOURNAL)
def test_no_field_of_any_event_takes_a_number_a_name_or_free_text(event: type[Event], value: str) -> None:
    for name, kind in field_kinds(event).items():
        with pytest.raises(NotInVocabulary):
            kind.parse(event, name, value)


def test_digests_stand_only_where_nothing_personal_does() -> None:
    """A hash of a telephone number can be guessed, so no event about a call, person, matter or ticket has a hash."""
    personal = {"call", "person", "matter", "ticket", "attempt"}
    for event in VOCABULARY.values():
        kinds = field_kinds(event)
        if any(kind.type is Digest for kind in kinds.values()):
            assert not personal & set(kinds), event


@given(any_event())
def test_what_is_written_can_be_read_again(event: Event) -> None:
    line = json.dumps(event.payload(), sort_keys=True)
    assert Event.read(event.kind, json.loads(line)) == event


@given(any_event())
def test_payloads_are_plain_json_with_moments_in_utc(event: Event) -> None:
    for name, value in event.payload().items():
        assert value is None or isinstance(value, str | int | bool)
        if field_kinds(type(event))[name].type is datetime and value is not None:
            assert str(value).endswith("Z")
            assert len(str(value)) == len("2026-03-05T14:00:00.000Z")


def test_moments_of_other_zones_are_the_same_moments() -> None:
    east = timezone(timedelta(hours=2))
    replayed = events.SpoolReplayed(entries=Count(1), since=datetime(2026, 3, 5, 16, tzinfo=east))
    assert replayed == events.SpoolReplayed(entries=Count(1), since=datetime(2026, 3, 5, 14, tzinfo=UTC))


@pytest.mark.parametrize(
    ("kind", "payload", "message"),
    [
        ("call.exploded", {}, "unknown event"),
        ("call.queued", {}, "fields"),
        ("call.queued", {"call": "0123456789abc", "note": "x"}, "fields"),
        ("call.queued", {"call": None}, "call.queued.call"),
        ("call.ended", {"call": "0123456789abc", "by": "wind"}, "citizen"),
        ("day.closed", {}, "fields"),
        ("spool.replayed", {"entries": -1, "since": "2026-03-05T14:00:00Z"}, "spool.replayed.entries"),
        ("spool.replayed", {"entries": True, "since": "2026-03-05T14:00:00Z"}, "spool.replayed.entries"),
        ("spool.replayed", {"entries": 1, "since": "2026-03-05T14:00:00"}, "offset"),
    ],
)
def test_what_the_vocabulary_does_not_know_is_refused_with_its_name(
    kind: str, payload: dict[str, object], message: str
) -> None:
    with pytest.raises(NotInVocabulary, match=message):
        Event.read(kind, payload)


def test_a_refusal_never_repeats_what_was_refused() -> None:
    """The message may end in a log, where a number has no business either."""
    with pytest.raises(NotInVocabulary) as refused:
        Event.read("call.queued", {"call": "+492214710100"})
    assert "4710" not in str(refused.value)


def test_an_event_without_meaning_or_of_another_kind_cannot_be_made() -> None:
    from typing import Annotated, ClassVar

    from erreichbar.record.vocabulary import event

    try:

        @event
        class Chatted(Event):
            kind: ClassVar[str] = "call.chatted"
            text: Annotated[str, "what was said"]

        with pytest.raises(TypeError, match="no kind of field"):
            field_kinds(Chatted)
    finally:
        VOCABULARY.pop("call.chatted", None)
