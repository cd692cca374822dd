"""The floor process: ``python -m erreichbar.site.floor --line training|asterisk|none``."""

import logging
import signal
import sys
from pathlib import Path
from typing import Any

import click

from erreichbar.site import boot
from erreichbar.site.supervise import end_with_parent

log = logging.getLogger(__name__)


@click.command()
@click.option("--line", "line_name", type=click.Choice(["training", "asterisk", "none"]), required=True)
@click.option("--seed", default=1)
def main(line_name: str, seed: int) -> None:
    """Bring calls and people together until told to stop."""
    boot.django()
    from django.conf import settings

    from erreichbar.centre import bell, clock, queries, refs
    from erreichbar.intake import calendars
    from erreichbar.post import digests, outbox
    from erreichbar.site.clock import take_over
    from erreichbar.site.errands import Errands
    from erreichbar.telephone.agenda import Agenda
    from erreichbar.telephone.floor import Floor
    from erreichbar.telephone.lease import FloorIsRunning, take
    from erreichbar.telephone.process import Heart

    folder: Path = settings.RUN_FOLDER
    try:
        lease = take(folder)
    except FloorIsRunning as running:
        sys.exit(str(running))
    agenda = Agenda()
    office, model = queries.office_in_force(), queries.model_in_force()
    line: Any
    if line_name == "training":
        from erreichbar.telephone.training import TrainingLine
        from erreichbar.traffic import Citizens, parameters

        line = TrainingLine(office, Citizens(parameters(office), office, seed), agenda, clock.now, refs.new_ref)
    elif line_name == "asterisk":
        from erreichbar.telephone.asterisk import AsteriskLine, NoAsterisk, WrongSetting

        try:
            line = AsteriskLine.of(office, folder, refs.new_ref)
        except (NoAsterisk, WrongSetting) as problem:
            sys.exit(f"{problem.de}\n{problem.en}")
    else:
        from erreichbar.telephone.silent import SilentLine

        line = SilentLine()
    floor = Floor(office, model, line, agenda, folder, clock.now)

    def begin() -> None:
        if line_name == "training":
            from erreichbar.telephone.training import day

            day.begin(floor, line)

    errands = Errands(
        {"post": outbox.send_due, "digests": digests.send_due, "calendars": calendars.read_due}, clock.now
    )
    with bell.Bell() as ears:
        heart = Heart(floor, clock.now, ears, take_over(), begin)
        signal.signal(signal.SIGTERM, lambda *_: heart.stop())
        signal.signal(signal.SIGINT, lambda *_: heart.stop())
        end_with_parent()
        errands.start()
        heart.beat()
        errands.stop()
    lease.close()


if __name__ == "__main__":
    main()
