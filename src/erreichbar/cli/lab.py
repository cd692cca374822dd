"""The lab: what would happen? Without any installation."""

import json

import click

from erreichbar.cli.groups import LANGUAGE, lab, said


@lab.command("office")
@click.argument("name", default="as-contracted")
@click.option("--settlement", type=float, help="Part of matters that agents settle; default: as the file has it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@LANGUAGE
def lab_office(name: str, settlement: float | None, as_json: bool, language: str) -> None:
    """Print what a simulated office assumes, every value with its source. NAME is a default office or a file."""
    from erreichbar.lab.office import load
    from erreichbar.lab.office.expected import expected
    from erreichbar.office import Faults, Text

    try:
        office = load(name, settlement)
    except Faults as faults:
        raise said(faults) from None
    ranges = office.ranges()
    rows = [
        {"name": name, "value": value, "source": source, "between": list(ranges[name]) if name in ranges else None}
        for name, value, source in office.assumptions()
    ]
    found = expected(office)
    if as_json:
        told = {
            "office": office.name,
            "digest": office.office.digest,
            "settlement": office.settlement,
            "people": len(office.staff),
            "reachability_by_erlang_a": found.reachability,
            "assumptions": rows,
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for name, value, source in office.assumptions():
        between = "  [{:g} … {:g}]".format(*ranges[name]) if name in ranges else ""
        click.echo(f"{name:58} {_short(value):24} {source}{between}")
    de = (
        f"\n{office.name}: {len(office.staff)} Personen. Nach Erlang A wären {found.reachability:.0%} der Anrufe beim "
        "Servicecenter erfolgreich,\nwiederholte mitgezählt: eine Probe der Datei, keine Vorhersage. [ … ] ist die Spanne, in "
        "der eine Annahme verändert wird."
    )
    en = (
        f"\n{office.name}: {len(office.staff)} people. By Erlang A {found.reachability:.0%} of calls to the centre would be "
        "answered,\nrepeated ones included: a check of the file, not a forecast. [ … ] is the range in which an assumption "
        "is varied."
    )
    click.echo(Text(de, en).in_(language))


def _short(value: object) -> str:
    text = ", ".join(f"{part:g}" for part in value) if isinstance(value, list) else str(value)
    return text if len(text) <= 24 else text[:23] + "…"
