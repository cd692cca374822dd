"""One floor at a time, and the lease of a killed floor is free at once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from erreichbar.telephone.lease import FloorIsRunning, take

HOLDER = (
    "import sys, time; from pathlib import Path; from erreichbar.telephone.lease import take; "
    "lease = take(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
)


def test_a_second_floor_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE)
    assert holder.stdout and holder.stdout.readline() == b"held\n"
    try:
        with pytest.raises(FloorIsRunning, match=str(holder.pid)):
            take(tmp_path)
    finally:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    take(tmp_path).close()
