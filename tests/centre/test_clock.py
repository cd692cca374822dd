"""One clock: moments are in UTC, cut to the millisecond, and the clock that was there before comes back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from erreichbar.centre import clock

BERLIN_SUMMER = timezone(timedelta(hours=2))


class Standing:
    """A clock that stands."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def test_now_is_in_utc_and_cut_not_rounded() -> None:
    with clock.use(Standing(datetime(2026, 7, 1, 0, 30, 0, 123_999, BERLIN_SUMMER))):
        assert clock.now() == datetime(2026, 6, 30, 22, 30, 0, 123_000, UTC)
        assert clock.now().tzinfo is UTC


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        clock.to_millisecond(datetime(2026, 3, 5, 12))
    with clock.use(Standing(datetime(2026, 3, 5, 12))), pytest.raises(ValueError, match="offset"):
        clock.now()


def test_the_clock_before_comes_back_also_from_within_and_after_a_fault() -> None:
    outer, inner = (Standing(datetime(2026, 3, day, tzinfo=UTC)) for day in (5, 6))

    def fault() -> None:
        with clock.use(inner):
            assert clock.now() == inner.moment
            raise RuntimeError

    with clock.use(outer):
        with pytest.raises(RuntimeError):
            fault()
        assert clock.now() == outer.moment
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_outside_a_block_a_clock_stays() -> None:
    given = Standing(datetime(2026, 3, 5, tzinfo=UTC))
    used = clock.use(given)
    try:
        assert clock.now() == given.moment
    finally:
        used.__exit__(None, None, None)
    assert clock.now() != given.moment
