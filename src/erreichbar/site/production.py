"""``erreichbar serve``: the imported office, for real."""

import click

from erreichbar.site import boot, supervise

FIRST_MODEL = "service-centre"
"""What a new installation begins with: the way it was before."""


class NotReady(RuntimeError):
    """Something must be done before the office can be served. The message says what."""


def serve(host: str, port: int, web: int, line: str | None) -> None:
    """Serve the office in force, on the database that Django was set up with, and stay until told to stop.

    Raises ``NotReady`` without an office file, an access model or anybody who may sign in, ``PortInUse``.
    """
    if web < 1:
        raise NotReady("At least one web process is needed (--web 1).")
    listener = supervise.listen(host, port)
    boot.migrate()
    from erreichbar.centre import actions, queries, refs
    from erreichbar.centre.models import User

    try:
        office = queries.office_in_force()
    except queries.NothingInForce as missing:
        raise NotReady(str(missing)) from None
    try:
        queries.model_in_force()
    except queries.NothingInForce:
        actions.AdoptModel(key=f"first.{refs.new_ref()}", name=FIRST_MODEL).run()
        click.echo(f"No access model was adopted yet; {FIRST_MODEL} is in force now (erreichbar access adopt NAME).")
    if not User.objects.exclude(password__startswith="!").exists():
        raise NotReady("Nobody may sign in yet. Add somebody first: erreichbar user add PERSON")
    chosen = line or ("asterisk" if office.telephone.trunk else "none")
    if chosen == "training" and not office.fictional:
        raise NotReady("Virtual citizens call fictional offices only. Choose --line asterisk or --line none.")
    click.echo(f"Erreichbar: {office.name} at http://{host}:{listener.getsockname()[1]}/ (telephone: {chosen})")
    supervise.supervise(listener, web, ["--line", chosen])
