"""Citizens' telephones behind the trunk, for tests: SIPp, which writes down every message of its side."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tests.telephone.asterisk.sip_telephones import free_udp_port, until

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="citizen">\n'

SDP = """v=0
o=citizen 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio [media_port] RTP/AVP 8
a=rtpmap:8 PCMA/8000
a=ptime:20
"""


def _send(lines: str, sdp: bool = False, retrans: bool = False) -> str:
    body = f"Content-Type: application/sdp\nContent-Length: [len]\n\n{SDP}" if sdp else "Content-Length: 0\n\n"
    again = ' retrans="500"' if retrans else ""
    return f"<send{again}><![CDATA[\n\n{lines}\n{body}\n]]></send>\n"


def _reply(status: str, sdp: bool = False) -> str:
    lines = f"SIP/2.0 {status}\n[last_Via:]\n[last_From:]\n[last_To:];tag=[call_number]\n[last_Call-ID:]\n[last_CSeq:]\nContact: <sip:[local_ip]:[local_port]>"
    return _send(lines, sdp, retrans=sdp)


_BYE_COMES = '<recv request="BYE"/>\n' + _send(
    "SIP/2.0 200 OK\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]"
)


def answers(rings_ms: int = 300) -> str:
    """A citizen who answers and talks until the other side hangs up."""
    return (
        '<recv request="INVITE"/>\n'
        + _reply("180 Ringing")
        + f'<pause milliseconds="{rings_ms}"/>\n'
        + _reply("200 OK", sdp=True)
        + '<recv request="ACK"/>\n'
        + _BYE_COMES
    )


def answers_and_hangs_up(after_ms: int) -> str:
    """A citizen who answers and hangs up after a while."""
    bye = (
        "BYE [next_url] SIP/2.0\nVia: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\n"
        "From: [$me]\nTo: [$you]\n[last_Call-ID:]\nCSeq: 1 BYE\nMax-Forwards: 70"
    )
    return (
        '<recv request="INVITE" rrs="true"><action>'
        '<ereg regexp=".*" search_in="hdr" header="From:" assign_to="you"/>'
        '<ereg regexp=".*" search_in="hdr" header="To:" assign_to="to"/>'
        '<assignstr assign_to="me" value="[$to];tag=[call_number]"/></action></recv>\n'
        + _reply("180 Ringing")
        + _reply("200 OK", sdp=True)
        + f'<recv request="ACK"/>\n<pause milliseconds="{after_ms}"/>\n'
        + _send(bye, retrans=True)
        + '<recv response="200"/>\n'
    )


def refuses(status: str) -> str:
    """A number that answers with an error: "486 Busy Here", "404 Not Found" …"""
    return '<recv request="INVITE"/>\n' + _reply(status) + '<recv request="ACK"/>\n'


def never_answers() -> str:
    """A telephone that rings until the caller gives up."""
    return (
        '<recv request="INVITE"/>\n'
        + _reply("180 Ringing")
        + '<recv request="CANCEL"/>\n'
        + _send("SIP/2.0 200 OK\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]")
        + _send(
            "SIP/2.0 487 Request Terminated\n[last_Via:]\n[last_From:]\n[last_To:];tag=[call_number]\n[last_Call-ID:]\n"
            "CSeq: 1 INVITE"
        )
    )


PRIVACY = {
    "asserted": (
        'From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=[call_number]\n'
        "P-Asserted-Identity: <sip:+4922147100999@127.0.0.1>\nPrivacy: id"
    ),
    "asserted without Privacy": (
        'From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=[call_number]\n'
        "P-Asserted-Identity: <sip:+4922147100999@127.0.0.1>"
    ),
    "numbered with id": "From: <sip:+4922147100999@127.0.0.1>;tag=[call_number]\nPrivacy: id",
    "numbered with user": "From: <sip:+4922147100999@127.0.0.1>;tag=[call_number]\nPrivacy: user;id",
}
"""The ways in which networks signal a caller who withholds her number (RFC 3323, RFC 3325)."""


def calls(number: str | None, called: str, *, privacy: str = "asserted", hangs_up_after_ms: int | None = None) -> str:
    """A citizen who calls, with her number or withholding it (as the network signals it), and talks."""
    identity = f"From: <sip:{number}@127.0.0.1>;tag=[call_number]" if number else PRIVACY[privacy]
    sender = identity.partition("\n")[0]
    head = "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\nMax-Forwards: 70\nCall-ID: [call_id]\n"
    invite = (
        f"INVITE sip:{called}@[remote_ip]:[remote_port] SIP/2.0\n{head}{identity}\n"
        f"To: <sip:{called}@[remote_ip]>\nCSeq: 1 INVITE\nContact: <sip:[local_ip]:[local_port]>"
    )
    ack = f"ACK [next_url] SIP/2.0\n{head}{sender}\n[last_To:]\nCSeq: 1 ACK"
    bye = f"BYE [next_url] SIP/2.0\n{head}{sender}\n[last_To:]\nCSeq: 2 BYE"
    text = (
        _send(invite, sdp=True, retrans=True)
        + '<recv response="100" optional="true"/>\n<recv response="180" optional="true"/>\n'
        + '<recv response="183" optional="true"/>\n<recv response="200" rrs="true"/>\n'
        + _send(ack)
    )
    if hangs_up_after_ms is None:
        return text + _BYE_COMES
    return (
        text + f'<pause milliseconds="{hangs_up_after_ms}"/>\n' + _send(bye, retrans=True) + '<recv response="200"/>\n'
    )


@dataclass
class Citizen:
    """A SIPp that runs, and what it wrote down."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def messages(self) -> str:
        """Every SIP message sent and received so far."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    @property
    def received(self) -> list[str]:
        """The messages that came from Asterisk."""
        parts = self.messages.split("-----------------------------------------------")
        return [part.partition("\n\n")[2] for part in parts if "message received" in part]

    def is_over(self) -> bool:
        """Whether her scenario has come to its end."""
        return self.process.poll() is not None

    def wait(self, seconds: float = 60) -> None:
        """Return when the scenario has come to its end. Fails if it took another way."""
        until(self.is_over, seconds, lambda: f"the citizen's scenario to end; so far:\n{self.messages[-3000:]}")
        assert self.process.returncode == 0, f"SIPp ended with {self.process.returncode}:\n{self.messages[-6000:]}"

    def end(self) -> None:
        """Take the telephone away."""
        if not self.is_over():
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


def citizen(sipp: Path, folder: Path, scenario: str, *, port: int, asterisk: int | None = None) -> Citizen:
    """Start a citizen's telephone at ``port``; with ``asterisk`` (its SIP port) it calls, else it waits to be called.

    What it hears it says back (RTP echo).
    """
    name = f"{'calls' if asterisk else 'waits'}-{time.monotonic_ns()}"
    script = folder / f"{name}.xml"
    script.write_text(HEAD + scenario + "</scenario>\n", "utf-8")
    log = folder / f"{name}.messages"
    once = (str(sipp), "-sf", str(script), "-i", "127.0.0.1", "-p", str(port), "-m", "1")
    sound = ("-mi", "127.0.0.1", "-mp", str(free_udp_port()), "-rtp_echo")
    told = ("-trace_msg", "-message_file", str(log), "-trace_err", "-error_file", str(folder / f"{name}.errors"))
    command = [*once, *sound, *told, "-nostdin", "-watchdog_interval", "0"]
    if asterisk:
        command.append(f"127.0.0.1:{asterisk}")
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=(folder / f"{name}.out").open("wb"),
        stderr=subprocess.STDOUT,
        env=os.environ | {"TERM": "xterm"},
    )
    if not asterisk:
        until(lambda: _listens(port) or process.poll() is not None, 60, "SIPp to listen")
    return Citizen(process, log)


def _listens(port: int) -> bool:
    """Whether somebody has the UDP port (as Linux lists it)."""
    return any(line.split()[1].endswith(f":{port:04X}") for line in Path("/proc/net/udp").read_text().splitlines()[1:])
