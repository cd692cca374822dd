"""``pjsip.conf``: the trunk to the telephone network, and a telephone for every seat.

Nothing that names a person of the office may reach a citizen's telephone. Three things see to it, each by itself: a seat's
channel carries no identity but the one that is presented, the trunk sends no changes of the connected line, and media is
never redirected, so that no message of one side is passed to the other.
"""

from erreichbar.office import Office
from erreichbar.office.model import Trunk
from erreichbar.telephone.asterisk.secret import Secrets
from erreichbar.telephone.asterisk.settings import Settings

TRUNK = "trunk"
WITHHELD = "trunk-withheld"
"""The same trunk, showing nobody's number."""

CODECS = "!all,g722,alaw,ulaw"

SILENT_S = 120
"""After so long without any sound packet a side has lost its network, and the call ends. Held calls are left alone."""


def write(office: Office, settings: Settings, secrets: Secrets, password: str | None) -> str:
    """Return the file. ``password`` is the trunk's, none if it asks for none."""
    trunk = office.telephone.trunk
    # A telephone that registers says who it is and proves it; a trunk is known by its address only.
    sections: list[tuple[str, dict[str, object]]] = [
        ("global", {"type": "global", "user_agent": "Erreichbar", "endpoint_identifier_order": "username,ip"}),
        *(_transport(protocol, settings) for protocol in _protocols(trunk)),
    ]
    if trunk is not None:
        sections += _trunk(trunk, office, password)
    for person in office.people.values():
        if person.sip_user:
            sections += _seat(person.sip_user, secrets.seats[person.sip_user])
    return "\n".join(_section(name, values) for name, values in sections)


def _section(name: str, values: dict[str, object]) -> str:
    lines = [f"{key} = {value}" for key, value in values.items() if value is not None]
    return "\n".join([f"[{name}]", *lines, ""])


def _protocols(trunk: Trunk | None) -> list[str]:
    """UDP and TCP for telephones on tables, and whatever the trunk wants."""
    return list(dict.fromkeys(["udp", "tcp", trunk.transport if trunk else "udp"]))


def _transport(protocol: str, settings: Settings) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {
        "type": "transport",
        "protocol": protocol,
        "bind": f"{settings.sip_host}:{settings.sip_port + (protocol == 'tls')}",
        "external_media_address": settings.external_host,
        "external_signaling_address": settings.external_host,
    }
    if settings.external_host:
        values["local_net"] = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16"
    if protocol == "tls":
        values |= {"method": "tlsv1_2", "verify_server": "yes", "ca_list_path": "/etc/ssl/certs"}
    return f"transport-{protocol}", values


def _trunk(trunk: Trunk, office: Office, password: str | None) -> list[tuple[str, dict[str, object]]]:
    address = f"sip:{trunk.host}:{trunk.port}" + (f";transport={trunk.transport}" if trunk.transport != "udp" else "")
    has_login = trunk.username is not None and password is not None
    common: dict[str, object] = {
        "type": "endpoint",
        "transport": f"transport-{trunk.transport}",
        "context": "citizens",
        "disallow": "all",
        "allow": CODECS,
        "aors": TRUNK,
        "outbound_auth": TRUNK if has_login else None,
        "identify_by": "ip",
        "send_connected_line": "no",
        "send_rpid": "no",
        "send_diversion": "no",
        "send_history_info": "no",
        "trust_id_inbound": "yes",
        "trust_id_outbound": "no",
        "direct_media": "no",
        "allow_transfer": "no",
        "media_encryption": "sdes" if trunk.transport == "tls" else None,
        "rtp_symmetric": "yes",
        "rtp_timeout": SILENT_S,
        "language": "de",
    }
    sections: list[tuple[str, dict[str, object]]] = [
        (TRUNK, common | {"send_pai": "yes", "from_domain": trunk.host}),
        (
            WITHHELD,
            common | {"send_pai": "no", "from_user": "anonymous", "from_domain": "anonymous.invalid"},
        ),
        (TRUNK, {"type": "aor", "contact": address, "qualify_frequency": 0}),
        (f"{TRUNK}-identify", {"type": "identify", "endpoint": TRUNK, "match": trunk.host}),
    ]
    if has_login:
        sections.append(
            (TRUNK, {"type": "auth", "auth_type": "digest", "username": trunk.username, "password": password})
        )
    if trunk.registers:
        sections.append(
            (
                f"{TRUNK}-registration",
                {
                    "type": "registration",
                    "transport": f"transport-{trunk.transport}",
                    "outbound_auth": TRUNK if has_login else None,
                    "server_uri": address,
                    "client_uri": f"sip:{trunk.username}@{trunk.host}",
                    "contact_user": office.telephone.centre.e164,
                    "retry_interval": 30,
                    "forbidden_retry_interval": 300,
                    "max_retries": 100000,
                },
            )
        )
    return sections


def _seat(sip_user: str, password: str) -> list[tuple[str, dict[str, object]]]:
    return [
        (
            sip_user,
            {
                "type": "endpoint",
                "context": "seats",
                "disallow": "all",
                "allow": CODECS,
                "aors": sip_user,
                "auth": sip_user,
                "identify_by": "username",
                "trust_id_inbound": "no",
                "send_connected_line": "no",
                "direct_media": "no",
                "allow_transfer": "no",
                "rtp_symmetric": "yes",
                "rtp_timeout": SILENT_S,
                "force_rport": "yes",
                "rewrite_contact": "yes",
                "language": "de",
            },
        ),
        (sip_user, {"type": "auth", "auth_type": "digest", "username": sip_user, "password": password}),
        (
            sip_user,
            {
                "type": "aor",
                "max_contacts": 1,
                "remove_existing": "yes",
                "qualify_frequency": 30,
                "qualify_timeout": 10,
            },
        ),
    ]
