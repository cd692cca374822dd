"""Write Asterisk's configuration from the office file into a run folder.

Only what is needed is loaded: nothing that listens in, records, dials from the dialplan or forwards messages.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from erreichbar.office import Office
from erreichbar.telephone.asterisk import pjsip
from erreichbar.telephone.asterisk.install import Installed
from erreichbar.telephone.asterisk.secret import Secrets, write_private
from erreichbar.telephone.asterisk.settings import Settings

APP = "erreichbar"
"""Name of our application in Asterisk, and of the ARI user."""

VARIABLES = ("ERREICHBAR_CALL", "ERREICHBAR_NUMBER", "ERREICHBAR_CALLED", "ERREICHBAR_PRESENTED")
"""Channel variables told with every channel, so that a controller that starts anew knows what it sees."""

MODULES = [
    "res_timing_timerfd",
    "res_crypto",
    "res_sorcery_config",
    "res_sorcery_memory",
    "res_sorcery_astdb",
    "res_http_websocket",
    "res_websocket_client",
    "res_stasis",
    "res_stasis_answer",
    "res_stasis_playback",
    "res_stasis_recording",
    "res_stasis_snoop",
    "res_ari",
    "res_ari_model",
    "res_ari_applications",
    "res_ari_asterisk",
    "res_ari_bridges",
    "res_ari_channels",
    "res_ari_endpoints",
    "res_ari_events",
    "res_ari_playbacks",
    "res_ari_sounds",
    "res_pjproject",
    "res_pjsip",
    "res_pjsip_pubsub",
    "res_pjsip_session",
    "res_pjsip_sdp_rtp",
    "res_pjsip_authenticator_digest",
    "res_pjsip_outbound_authenticator_digest",
    "res_pjsip_outbound_registration",
    "res_pjsip_endpoint_identifier_ip",
    "res_pjsip_endpoint_identifier_user",
    "res_pjsip_registrar",
    "res_pjsip_caller_id",
    "res_pjsip_header_funcs",
    "res_pjsip_nat",
    "res_pjsip_dtmf_info",
    "res_pjsip_rfc3326",
    "res_pjsip_dlg_options",
    "chan_pjsip",
    "res_rtp_asterisk",
    "res_srtp",
    "res_musiconhold",
    "bridge_simple",
    "bridge_native_rtp",
    "bridge_softmix",
    "codec_alaw",
    "codec_ulaw",
    "codec_a_mu",
    "codec_g722",
    "codec_resample",
    "format_pcm",
    "format_wav",
    "format_sln",
    "pbx_config",
    "app_stasis",
    "app_playback",
    "func_callerid",
    "func_strings",
    "func_logic",
    "func_channel",
]
"""``res_ari_channels`` does not load without ``res_stasis_recording`` and ``res_stasis_snoop``. We never ask them for
anything, and a recording finds no folder to be written to (``astspooldir``)."""

EMPTY = tuple(
    f"{name}.conf" for name in ["acl", "ccss", "cel", "features", "manager", "pjproject", "udptl", "websocket_client"]
)
"""Files that Asterisk misses loudly, so that its log says only what matters."""

WAIT_S = 30
"""How long a call waits for a controller before it is asked to call again: an assumption, longer than a restart of ours."""
ROUND_SOUND = "wait-round"
"""The waiting sound of one round, about two seconds."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a running Asterisk keeps its things, all in one run folder."""

    run: Path

    @property
    def conf(self) -> Path:
        """Its configuration."""
        return self.run / "conf"

    @property
    def log(self) -> Path:
        """What it complains about."""
        return self.run / "log"

    @property
    def sounds(self) -> Path:
        """Announcements by language, and the waiting sound."""
        return self.run / "sounds"

    @property
    def waiting(self) -> Path:
        """What a caller who waits hears, over and over."""
        return self.run / "sounds/waiting"

    def make(self) -> None:
        """Make the folders; nobody else may look in."""
        for folder in (
            self.run,
            self.conf,
            self.log,
            self.sounds,
            self.waiting,
            self.run / "lib",
            self.run / "keys/keys",
        ):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def write(
    office: Office,
    settings: Settings,
    found: Installed,
    secrets: Secrets,
    folders: Folders,
    *,
    ari_port: int,
    password: str | None,
) -> None:
    """Write all files. ``ari_port`` is where ARI listens on loopback; ``password`` is that of the trunk, if it has one."""
    folders.make()
    files = {
        "asterisk.conf": _asterisk(found, folders),
        "modules.conf": _ini("modules", [("autoload", "no"), *(("load", f"{name}.so") for name in MODULES)]),
        "logger.conf": "[general]\n[logfiles]\nmessages = notice,warning,error\n",
        "http.conf": _ini("general", {"enabled": "yes", "bindaddr": "127.0.0.1", "bindport": ari_port}),
        "ari.conf": _ini("general", {"enabled": "yes", "channelvars": ",".join(VARIABLES)})
        + _ini(APP, {"type": "user", "read_only": "no", "password": secrets.ari}),
        "rtp.conf": _ini("general", {"rtpstart": settings.rtp_first, "rtpend": settings.rtp_last, "icesupport": "no"}),
        "cdr.conf": _ini("general", {"enable": "no"}),
        "indications.conf": INDICATIONS,
        "musiconhold.conf": _ini("default", {"mode": "files", "directory": folders.waiting}),
        "extensions.conf": dialplan(folders.sounds),
        "pjsip.conf": pjsip.write(office, settings, secrets, password),
    }
    files |= dict.fromkeys(EMPTY, "; nothing\n")
    for name, text in files.items():
        write_private(folders.conf / name, text)


def _ini(section: str, values: Mapping[str, object] | Iterable[tuple[str, object]]) -> str:
    pairs = values.items() if isinstance(values, Mapping) else values
    return f"[{section}]\n" + "".join(f"{name} = {value}\n" for name, value in pairs) + "\n"


def _asterisk(found: Installed, folders: Folders) -> str:
    run = folders.run
    return _ini(
        "directories",
        {
            "astetcdir": folders.conf,
            "astmoddir": found.modules,
            "astvarlibdir": run / "lib",
            "astdbdir": run / "lib",
            "astkeydir": run / "keys",
            "astdatadir": found.data,
            "astagidir": run / "lib",
            # Nothing can be written below this, not even by root: no recording, ever.
            "astspooldir": "/dev/null",
            "astrundir": run,
            "astlogdir": folders.log,
        },
    ) + _ini("options", {"quiet": "yes", "nocolor": "yes", "defaultlanguage": "de", "systemname": APP})


INDICATIONS = """[general]
country = de

[de]
description = Germany
ringcadence = 1000,4000
dial = 425
busy = 425/480,0/480
ring = 425/1000,0/4000
congestion = 425/240,0/240
callwaiting = !425/200,!0/200,!425/200,!0/5000,!425/200,!0/200,!425/200,!0/5000,!425/200,!0/200,!425/200,!0/5000
info = !950/330,!1400/330,!1800/330,0/1000
"""


def dialplan(sounds: Path) -> str:
    """Return ``extensions.conf``: a citizen's call goes to us; where nobody of ours is there, it waits and then is told.

    The pattern has no letters, for it would match ``h`` and start the application again when the call is over. Who asks
    for privacy (RFC 3323, RFC 3325), by whichever of the ways networks use, has no number here.
    """
    return f"""[general]
static = yes
writeprotect = yes

[citizens]
exten => _[+0-9]!,1,Set(ERREICHBAR_CALLED=${{FILTER(+0-9,${{EXTEN}})}})
 same => n,Set(PRIVACY=${{FILTER(a-z,${{TOLOWER(${{PJSIP_HEADER(read,Privacy)}})}})}})
 same => n,Set(FROM=${{FILTER(a-z,${{TOLOWER(${{PJSIP_HEADER(read,From)}})}})}})
 same => n,GotoIf($["${{CALLERID(num-pres):0:7}}" != "allowed"]?hidden)
 same => n,GotoIf(${{REGEX("id|user|header|session" ${{PRIVACY}})}}?hidden)
 same => n,GotoIf(${{REGEX("anonymous" ${{FROM}})}}?hidden)
 same => n,Set(ERREICHBAR_NUMBER=${{FILTER(+0-9,${{CALLERID(num)}})}})
 same => n(hidden),Set(SINCE=${{EPOCH}})
 same => n(try),Stasis({APP})
 same => n,GotoIf($["${{STASISSTATUS}}" = "SUCCESS"]?over)
 same => n,GotoIf($[${{EPOCH}} - ${{SINCE}} >= {WAIT_S}]?tell)
 same => n,Answer(,i)
 same => n,Playback({sounds}/{ROUND_SOUND})
 same => n,Goto(try)
 same => n(tell),Playback({sounds}/de/restarting&{sounds}/en/restarting)
 same => n(over),Hangup()

; A telephone on a table takes calls and calls nobody by itself.
[seats]
"""
