"""The demo: a fictional office on a working morning, any seat without a password, citizens who call."""

import os
import shutil
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click

from erreichbar import access, figures
from erreichbar import office as offices
from erreichbar.office import Office
from erreichbar.site import boot, clock, supervise

LOOPBACK = ("127.0.0.1", "::1", "localhost")
OPENS_AT = time(9, 30)
"""When the demo's day begins, office time: late enough that everybody is there."""


class NotForTheDemo(RuntimeError):
    """Somebody wants seats without a password where that must not be."""


def _live(name: str) -> access.AccessModel:
    """Return an access model that the telephone can carry out. Raises ``NotForTheDemo`` for another, ``ModelFaults``."""
    model = access.load(name)
    if model.refusal:
        raise NotForTheDemo(f"{model.refusal.de}\n{model.refusal.en}")
    return model


def set_up(office: Office, model: access.AccessModel) -> None:
    """Fill an empty database: the office, everybody who works there, the access model."""
    from erreichbar.centre import actions, refs

    actions.ImportOffice(key=f"demo.{refs.new_ref()}", text=office.text, name="demo.toml").run()
    actions.AdoptModel(key=f"demo.{refs.new_ref()}", name=model.name, text=model.text).run()


def serve(host: str, port: int, speed: float, model_name: str, seed: int) -> None:
    """Start the demo and stay until told to stop.

    Raises ``NotForTheDemo`` outside loopback, ``PortInUse``.
    """
    office = offices.demo()
    if host not in LOOPBACK:
        raise NotForTheDemo("The demo gives every seat away without a password, so it listens on this machine only.")
    if not office.fictional:
        raise NotForTheDemo("The demo runs the fictional office only. For a real one use: erreichbar serve.")
    model = _live(model_name)
    listener = supervise.listen(host, port)
    folder = Path("var/demo").resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    clock.tell_children(_morning(office), speed)
    boot.django(folder / "erreichbar.sqlite3", demo=True)
    boot.migrate()
    set_up(office, model)
    address = f"http://{host}:{listener.getsockname()[1]}/"
    click.echo(
        f"""
  Erreichbar: {office.name}, a fictional office, {_morning(office):%A %d %B %Y, %H:%M}, speed {speed:g}

      {address}

  1. Open it, sit down as an agent, choose "Bereit", and take the call that rings.
  2. Open a ticket you cannot settle; in a second window sit down as case worker and call back.
  3. Let the callback be missed and see the citizen ring back onto her ticket.

  Every start is a fresh day. Stop with Ctrl-C.
""",
    )
    supervise.supervise(listener, web=1, floor_arguments=["--line", "training", "--seed", str(seed)])


def _morning(office: Office) -> datetime:
    """Return half past nine of the first open day from today on."""
    day = datetime.now(office.zone).date()
    while not office.calendar.day(day).periods:
        day += timedelta(days=1)
    return datetime.combine(day, OPENS_AT, office.zone)


def run_day(
    day: date, until: str | None, seed: int, db: Path | None, model_name: str, *, progress: bool
) -> Mapping[str, Any]:
    """Run the demo office in virtual time and return what the command prints; see ``telephone.virtual``.

    Raises ``click.UsageError`` for a database that is there already or a moment that cannot be read.
    """
    if db is not None and db.exists():
        raise click.UsageError(f"{db} is there already. Choose another file, or delete this one first.")
    office, model = offices.demo(), _live(model_name)
    end = office.calendar.local(until) if until else None
    # A day in virtual time can be run again at will; waiting for the disk after each change would only cost time.
    os.environ["ERREICHBAR_VIRTUAL"] = "1"
    boot.django(db.resolve() if db else ":memory:", demo=True)
    from django.conf import settings

    from erreichbar.centre import clock as centre_clock
    from erreichbar.centre import journal, refs
    from erreichbar.telephone import agenda, virtual
    from erreichbar.traffic import Citizens, parameters

    start = virtual.VirtualClock(datetime.combine(day, time(), office.zone))
    with centre_clock.use(start), refs.seeded(seed):
        boot.migrate()
        set_up(office, model)
        last = virtual.run_day(
            office,
            model,
            Citizens(parameters(office), office, seed),
            day,
            settings.RUN_FOLDER,
            start,
            until=end,
            progress=(lambda moment: click.echo(f"  {moment:%Y-%m-%d %H:%M}", err=True)) if progress else None,
        )
    verified = journal.verify()
    counted = figures.demo_day(journal.record_tables(), agenda.to_ms(last))
    return {
        "date": day.isoformat(),
        **counted,
        "journal_entries": verified.entries,
        "journal_ok": verified.ok,
    }
