"""Addresses of the desk. Citizens appear in none of them but by random reference."""

from django.urls import path

from erreichbar.desk.live import live
from erreichbar.desk.views import agent, agreed, case_worker, entrance, letters, my_time, presence, seat

app_name = "desk"

urlpatterns = [
    path("", entrance.start, name="start"),
    path("sign-in", entrance.SignIn.as_view(), name="sign_in"),
    path("sign-out", entrance.sign_out, name="sign_out"),
    path("seats", entrance.seats, name="seats"),
    path("live", live, name="live"),
    path("seat", seat.seat_part, name="seat_part"),
    path("seat/<slug:kind>", seat.ask, name="ask"),
    path("conversation", agent.agent, name="agent"),
    path("conversation/part", agent.panel, name="agent_panel"),
    path("conversation/search", agent.search, name="search"),
    path("conversation/identify", agent.identify, name="identify"),
    path("conversation/register", agent.register, name="register"),
    path("conversation/matter", agent.raise_matter, name="raise"),
    path("conversation/matter/<slug:matter>/settle", agent.settle, name="settle"),
    path("conversation/matter/<slug:matter>/ticket", agent.open_ticket, name="open_ticket"),
    path("conversation/ticket/<slug:ref>/join", agent.join, name="join"),
    path("conversation/ticket/<slug:ref>/reached", agent.reach, name="reach"),
    path("conversation/ticket/<slug:ref>/resolve", agent.resolve, name="resolve_in_call"),
    path("tickets", case_worker.case_worker, name="case_worker"),
    path("tickets/part", case_worker.list_part, name="list_part"),
    path("presence/not-in-today", presence.not_in_today, name="not_in_today"),
    path("presence/in-after-all", presence.in_after_all, name="in_after_all"),
    path("letters", letters.letters, name="letters"),
    path("letters/<slug:ref>.pdf", letters.pdf, name="letter"),
    path("letters/<slug:ref>/dispatched", letters.dispatched, name="dispatched"),
    path("time", my_time.my_time, name="my_time"),
    path("time/taken", my_time.take, name="take_time"),
    path("time/freed", my_time.free, name="free_time"),
    path("time/calendar", my_time.read, name="read_calendar"),
    path("time/calendar/address", my_time.follow, name="follow_calendar"),
    path("time/calendar/left", my_time.leave, name="leave_calendar"),
    path("tickets/incoming", case_worker.incoming_part, name="incoming_part"),
    path("tickets/<slug:ref>", case_worker.ticket, name="ticket"),
    path("tickets/<slug:ref>/part", case_worker.ticket_part, name="ticket_part"),
    path("tickets/<slug:ref>/call-back", case_worker.call_back, name="call_back"),
    path("tickets/<slug:ref>/hang-up", case_worker.hang_up, name="hang_up"),
    path("tickets/<slug:ref>/attempts/<slug:attempt>", case_worker.record, name="record"),
    path("tickets/<slug:ref>/attempts", case_worker.enter_attempt, name="enter_attempt"),
    path("tickets/<slug:ref>/reached", case_worker.reached, name="reached"),
    path("tickets/<slug:ref>/resolve", case_worker.resolve, name="resolve"),
    path("tickets/<slug:ref>/wait", agreed.pause, name="pause"),
    path("tickets/<slug:ref>/answered", agreed.resume, name="resume"),
    path("tickets/<slug:ref>/agreed", agreed.agree, name="agree"),
    path("tickets/<slug:ref>/forward", case_worker.forward, name="forward"),
    path("tickets/<slug:ref>/take", case_worker.take, name="take"),
    path("tickets/<slug:ref>/reopen", case_worker.reopen, name="reopen"),
    path("tickets/<slug:ref>/notes", case_worker.note, name="note"),
]
