"""How does a person in front of a terminal start, check and ask it? The command line: ``erreichbar ROOM VERB``."""

from erreichbar.cli import installation, intake, lab, lab_compare, lab_queue, lab_replay, rules, start, telephones
from erreichbar.cli.groups import main

__all__ = [
    "installation",
    "intake",
    "lab",
    "lab_compare",
    "lab_queue",
    "lab_replay",
    "main",
    "rules",
    "start",
    "telephones",
]
