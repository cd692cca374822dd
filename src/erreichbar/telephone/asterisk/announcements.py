"""What callers are told by the line itself, German and English. No name of the office: a telephone may be on loudspeaker."""

from collections.abc import Mapping

from erreichbar.office.text import Text
from erreichbar.telephone.line import Announcement

TEXTS: Mapping[Announcement, Text] = {
    Announcement.WELCOME: Text(
        "Guten Tag. Ihr Anruf ist bei uns angekommen. Bitte warten Sie einen Augenblick. Das Gespräch wird nicht aufgezeichnet.",
        "Good day. Your call has reached us. Please hold for a moment. The conversation is not recorded.",
    ),
    Announcement.OUT_OF_HOURS: Text(
        "Guten Tag. Sie rufen außerhalb unserer Servicezeiten an. Bitte rufen Sie während der Servicezeiten wieder an. Vielen Dank.",
        "Good day. You are calling outside our service hours. Please call again during service hours. Thank you.",
    ),
    Announcement.TURNED_AWAY: Text(
        "Guten Tag. Im Augenblick sind leider alle Plätze im Gespräch. Bitte rufen Sie später noch einmal an. Vielen Dank.",
        "Good day. Unfortunately everyone is in a conversation right now. Please call again later. Thank you.",
    ),
    Announcement.RESTARTING: Text(
        "Guten Tag. Unsere Telefonanlage ist gerade gestört. Bitte rufen Sie in einigen Minuten noch einmal an. Vielen Dank.",
        "Good day. Our telephone system has a fault right now. Please call again in a few minutes. Thank you.",
    ),
}
