"""A mail server and an SMS provider on this machine, for tests: real SMTP, real HTTP."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller

from erreichbar.office import Office


class MailServer:
    """Takes every message, or answers as told. ``port`` is where it listens."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.answer = "250 OK"
        self.port = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append(envelope)
        return "250 OK"

    @property
    def settings(self) -> str:
        """What an office file says of it."""
        return f'[post.mail]\nhost = "127.0.0.1"\nport = {self.port}\nsecurity = "none"\nsender = "post@example.org"\n'

    def read(self, nth: int = 0) -> tuple[list[str], str]:
        """Return to whom a message went and everything that somebody who sees it can read: headers and text."""
        envelope = self.taken[nth]
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        headers = "\n".join(f"{name}: {value}" for name, value in message.items())
        return envelope.rcpt_tos, f"{headers}\n{message.get_content()}"


class Provider(BaseHTTPRequestHandler):
    """An SMS provider that answers as told and keeps what it was given."""

    given: list[tuple[dict[str, Any], str | None, str | None]] = []
    answers: list[int] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.given.append((body, self.headers["Idempotency-Key"], self.headers["Authorization"]))
        self.send_response(answer := self.answers.pop(0) if self.answers else 202)
        if answer == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Let a mail server listen on loopback."""
    handler = MailServer()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


@contextmanager
def sms_provider() -> Iterator[int]:
    """Let an SMS provider listen on loopback, at the port returned."""
    Provider.given.clear()
    Provider.answers.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield serving.server_port
        serving.shutdown()


def telling(office: Office) -> set[str]:
    """Return what would reveal a benefit to whoever else reads a message (§ 35 SGB I): names, matters, papers, words."""
    found = {
        office.name,
        office.short_name,
        "Jobcenter",
        "Leistung",
        "benefit",
        "SGB",
        "Bürgergeld",
        "Amt",
        "Miete",
        "rent",
    }
    found |= {name for unit in office.units.values() for name in (unit.name.de, unit.name.en)}
    for reason in office.reasons.values():
        found |= {reason.label.de, reason.label.en}
        found |= {said for paper in reason.papers for said in (paper.de, paper.en)}
    return found


def tells_nothing(office: Office, text: str) -> bool:
    """Whether nobody learns from a text of a benefit, of the matter, or which office it was."""
    return not [word for word in telling(office) if f" {word.lower()}" in f" {text.lower()}"]
