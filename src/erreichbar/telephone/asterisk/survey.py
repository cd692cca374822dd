"""Look around in an Asterisk that went on without us: which calls are there, who is joined with whom."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import PresentedNumber
from erreichbar.telephone.asterisk.client import Json, Refused
from erreichbar.telephone.asterisk.conf import APP
from erreichbar.telephone.asterisk.inbound import Inbound
from erreichbar.telephone.asterisk.outbound import Outbound
from erreichbar.telephone.line import Surviving

if TYPE_CHECKING:
    from erreichbar.telephone.asterisk.exchange import Exchange


async def survey(exchange: Exchange) -> list[Surviving]:
    """Take over every call that is whole, join those that were about to be joined, end the rest.

    What can be told: channels carry our reference (see ``Exchange.channel_id`` and ``conf.VARIABLES``), a bridge has the
    reference as its id and exists from the moment that the seat picked up.
    """
    channels: list[Json] = await exchange.ari.get("channels")
    bridges: dict[str, Json] = {bridge["id"]: bridge for bridge in await exchange.ari.get("bridges")}
    citizens: dict[Ref, Json] = {}
    legs: dict[tuple[str, Ref], list[Json]] = defaultdict(list)
    for channel in channels:
        way, _, rest = channel["id"].partition(".")
        if way in ("call", "back"):
            legs[way, Ref(rest.partition(".")[0])].append(channel)
        elif in_our_application(channel):
            known = (channel.get("channelvars") or {}).get("ERREICHBAR_CALL")
            citizens[Ref(known) if known else exchange.new_ref()] = channel
    found = [
        await _inbound(exchange, ref, citizen, legs.pop(("call", ref), []), bridges.pop(ref, None))
        for ref, citizen in citizens.items()
    ]
    for (way, ref), left in legs.items():
        bridge = bridges.pop(ref, None)
        if way == "back":
            found.append(await _outbound(exchange, ref, left, bridge))
        else:
            await _end(exchange, left, bridge)
    for bridge in bridges.values():
        await exchange.ari.delete(f"bridges/{bridge['id']}")
    return [survivor for survivor in found if survivor is not None]


def in_our_application(channel: Json) -> bool:
    """Whether a channel that came in by itself, a citizen's, is in our application now."""
    dialplan = channel.get("dialplan") or {}
    return bool(dialplan.get("app_name") == "Stasis" and dialplan.get("app_data", "").split(",")[0] == APP)


async def _end(exchange: Exchange, channels: list[Json], bridge: Json | None) -> None:
    for channel in channels:
        await exchange.ari.delete(f"channels/{channel['id']}")
    if bridge:
        await exchange.ari.delete(f"bridges/{bridge['id']}")


def _user(channel: Json) -> str | None:
    """Return whose seat a channel rings, none for a citizen's."""
    parts: list[str] = channel["id"].split(".")
    return parts[3] if parts[2] == "seat" else None


async def _inbound(
    exchange: Exchange, ref: Ref, citizen: Json, seats: list[Json], bridge: Json | None
) -> Surviving | None:
    from erreichbar.telephone.asterisk.exchange import signalled

    answered = [seat for seat in seats if seat["state"] == "Up"]
    if bridge and not answered:
        # They talked, and the seat hung up meanwhile.
        await _end(exchange, [citizen, *seats], bridge)
        return None
    talk = Inbound(exchange, ref, citizen["id"])
    for seat in seats:
        talk.legs[seat["id"]] = _user(seat) or ""
    try:
        await talk.claim()
    except Refused:
        await talk.end()
        return None
    exchange.add(talk)
    for seat in answered:
        if bridge and seat["id"] in bridge["channels"] and citizen["id"] in bridge["channels"]:
            talk.seat, talk.user = seat["id"], talk.legs.pop(seat["id"])
        elif talk.seat is None:
            # Picked up in the moment of the crash: they are joined now.
            await talk.started(seat)
    number, called = signalled(citizen)
    return Surviving(
        call=ref,
        user=talk.user or next(iter(talk.legs.values()), None),
        talking=talk.seat is not None,
        outbound=False,
        number=number,
        called=called,
    )


async def _outbound(exchange: Exchange, ref: Ref, channels: list[Json], bridge: Json | None) -> Surviving | None:
    seats = [channel for channel in channels if _user(channel)]
    citizens = [channel for channel in channels if not _user(channel)]
    if not seats or (bridge and not citizens):
        # One side left meanwhile, whichever it was.
        await _end(exchange, channels, bridge)
        return None
    seat, variables = seats[0], seats[0].get("channelvars") or {}
    talk = Outbound(
        exchange,
        ref,
        _user(seat) or "",
        variables.get("ERREICHBAR_NUMBER", ""),
        PresentedNumber(variables.get("ERREICHBAR_PRESENTED") or PresentedNumber.WITHHELD),
    )
    talk.seat = seat["id"]
    talk.picked_up = bool(bridge)
    if citizens:
        talk.citizen = citizens[0]["id"]
        talk.talking = citizens[0]["state"] == "Up"
        talk.rang = citizens[0]["state"] == "Ringing"
    exchange.add(talk)
    if talk.talking:
        pass
    elif citizens:
        await talk.go_on(dialled=citizens[0]["state"] != "Down")
    elif seat["state"] == "Up":
        talk.put(talk.call_citizen)
    else:
        talk.wait_for_seat()
    return Surviving(call=ref, user=talk.user, talking=talk.talking, outbound=True, number=talk.number)
