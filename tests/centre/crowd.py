"""One of a crowd: a process of its own that makes changes through the actions, and says as JSON what came of them."""

import json
import sys
import time
from collections.abc import Mapping
from typing import Any

from erreichbar.site import boot

AGENTS = ("arslan", "becker", "dimitrova", "haddad", "hoffmann")
DECIDERS = ("lange", "yildiz", "schwarz", "brandt", "kaminski", "roth")
"""Who may decide about a ticket of benefits-1."""
PATIENCE_S = 60


def take_part(number: int, tickets: list[str], calls: int) -> dict[str, Any]:
    """Decide about each ticket, as everybody does; make the one change that everybody makes; and have some calls of one's own."""
    from erreichbar.centre import clock, refs
    from erreichbar.centre.actions import AnswerCall, EndCall, QueueCall, ReceiveCall, ReplaySpool, Stale
    from tests.house import StandingClock

    decider, agent = DECIDERS[number % len(DECIDERS)], AGENTS[number % len(AGENTS)]
    said: dict[str, Any] = {"decider": decider, "won": [], "stale": {}, "calls": [], "keys": []}

    def make(action: Any, key: str, **fields: Any) -> Any:
        """Make a change, again under the same key while the database is busy: nothing is lost by that."""
        from erreichbar.centre.actions import Busy

        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                result = action(key=key, **fields).run()
            except Busy:
                if time.monotonic() > end:
                    raise
                continue
            said["keys"].append(key)
            return result

    with clock.use(StandingClock()):
        for turn, ticket in enumerate(tickets):
            try:
                decide(make, f"{number}.decides.{turn}", decider, ticket, resolves=number % 2 == 0)
                said["won"].append(ticket)
            except Stale as stale:
                said["stale"][ticket] = [stale.who, stale.en]
            make(ReplaySpool, f"everybody.{turn}", entries=turn + 1, since=clock.now())
            for nth in range(calls):
                key, call = f"{number}.{turn}.{nth}", refs.new_ref()
                own = {"line_name": "training", "withheld": True, "in_service_hours": True}
                assert make(ReceiveCall, f"{key}.received", call=call, **own) == call
                make(QueueCall, f"{key}.queued", call=call)
                make(AnswerCall, f"{key}.answered", call=call, user=agent)
                make(EndCall, f"{key}.ended", call=call, ended_by="citizen")
                said["calls"].append(call)
    return said


def decide(make: Any, key: str, by: str, ticket: str, *, resolves: bool) -> None:
    """Resolve a ticket, or give it to a colleague, as it was seen in version 2."""
    from erreichbar.centre.actions import ForwardTicket, ResolveTicket

    seen: Mapping[str, Any] = {"by": by, "ticket": ticket, "version": 2}
    if resolves:
        make(ResolveTicket, key, **seen, outcome="settled")
    else:
        make(ForwardTicket, key, **seen, unit="benefits-1", holder="schwarz")


def main() -> None:
    """Say that one is ready, wait for the word, take part."""
    given = json.loads(sys.argv[1])
    boot.django(given.pop("database"))
    from django.db import connection

    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(take_part(**given)))


if __name__ == "__main__":
    main()
