"""A process that is killed with -9 while it makes a change: the change is there whole or not at all, and the journal holds."""

import os
import signal
import subprocess
import sys

import pytest

from erreichbar.centre import actions, journal
from erreichbar.centre.journal.head import head_file, read_head
from erreichbar.centre.models import Call
from erreichbar.record.vocabulary import Ref
from tests.house import House
from tests.typed import there

KILLED = """
import os, signal, sys
from erreichbar.site import boot
boot.django(sys.argv[1])
from erreichbar.centre import actions, bell
from erreichbar.centre.journal import head
def killed(*_): os.kill(os.getpid(), signal.SIGKILL)
setattr(*{"commit": (bell, "ring_on_commit"), "file": (head, "advance"), "rename": (os, "fsync")}[sys.argv[2]], killed)
actions.ReceiveCall(key="killed", call=sys.argv[3], line_name="training", withheld=True, in_service_hours=True).run()
"""
"""Dies before the commit, between the commit and the head file, or with the head file half written."""
CALL = Ref("0k1ed0k1ed0k1")


@pytest.mark.parametrize("before", ["commit", "file", "rename"])
def test_killed_before(either_house: House, before: str) -> None:
    file = there(head_file())
    entries, head = journal.count(), read_head(file)
    command = [sys.executable, "-c", KILLED, either_house.address, before, CALL]
    died = subprocess.run(command, env={**os.environ, "ERREICHBAR_RUN": str(file.parent)}, check=False)
    assert died.returncode == -signal.SIGKILL

    made = before != "commit"
    assert Call.objects.filter(ref=CALL).exists() is made
    assert journal.count() == entries + made
    assert read_head(file) == head, "it lags"
    found = journal.verify()
    assert found.ok, found

    again = actions.ReceiveCall(
        key="killed", call=CALL, line_name="training", withheld=True, in_service_hours=True
    ).run()
    assert again == CALL
    assert journal.count() == entries + 1, "the same change made again is made once"
    either_house.do(actions.QueueCall, call=CALL)
    assert read_head(file).sequence == journal.last_sequence() == entries + 2, "the file catches up"
    assert journal.verify().ok
