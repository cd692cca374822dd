"""What the telephone can carry out, and what everybody is told of a model that it cannot."""

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from erreichbar import access
from erreichbar.access.live import LACKING, Ability, needs, not_live
from erreichbar.cli import main
from tests.access.drawn import PRESETS, random_moment, random_rules

NEEDED: dict[str, set[Ability]] = {
    "service-centre": set(),
    "recognisable-callback": set(),
    "transfer-once": {Ability.TRANSFER},
    "urgent-lane": {Ability.URGENT},
    "phone-hours-twice-weekly": {Ability.TRANSFER, Ability.DIRECT, Ability.PHONE_HOURS},
    "phone-hours-daily": {Ability.TRANSFER, Ability.DIRECT, Ability.PHONE_HOURS},
    "direct-lines": {Ability.DIRECT, Ability.DIVERSION, Ability.NO_CENTRE},
    "direct-lines-and-daily-hours": {Ability.DIRECT, Ability.DIVERSION, Ability.PHONE_HOURS},
    "advice-centre-list": {Ability.DIRECT},
}


def test_what_each_preset_needs_beyond_queue_and_callback() -> None:
    assert {name: set(needs(rules)) for name, rules in PRESETS.items()} == NEEDED
    assert set().union(*NEEDED.values()) == set(Ability) == set(LACKING)


def test_a_model_is_live_if_and_only_if_nothing_is_missing() -> None:
    for name in access.names():
        model = access.load(name)
        assert model.live is (not model.not_live)
        assert (model.refusal is None) is model.live
        assert len(model.not_live) == len(not_live(model.rules))
    assert access.load("service-centre").live
    assert access.load("recognisable-callback").live


def test_rules_that_need_nothing_new_answer_with_nothing_new() -> None:
    """Else a model could be called live that rings somebody whom the telephone cannot ring."""
    old = {access.Whom.NOBODY, access.Whom.AGENT, access.Whom.TRIED}
    chance = random.Random(12)
    tried = 0
    while tried < 30:
        rules = random_rules(chance)
        if needs(rules):
            continue
        tried += 1
        for point in access.Point:
            for _ in range(30):
                step = access.decide(rules, random_moment(chance, point))
                assert step.ring_whom in old
                assert step.say not in (access.Say.CALL_AGAIN, access.Say.DIRECT_NUMBERS)
                assert step.priority <= 0


def run(*command: str) -> str:
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_list_says_which_are_live() -> None:
    lines = {line.split()[0]: line for line in run("access", "list").splitlines()}
    assert list(lines) == access.names()
    for name in access.names():
        assert (" live " in lines[name]) is access.load(name).live
        assert ("lab only" in lines[name]) is not access.load(name).live


def test_the_page_of_models_names_every_preset_as_it_is() -> None:
    page = (Path(__file__).parents[2] / "docs/access-models.md").read_text("utf-8")
    said = {cells[1].strip("` "): cells[5].strip() for line in page.splitlines() if len(cells := line.split("|")) == 7}
    assert {name: said[name] == "live" for name in access.names()} == {
        name: access.load(name).live for name in access.names()
    }


@pytest.mark.parametrize("name", access.names())
def test_show_names_in_both_languages_what_cannot_be_carried_out_yet(name: str) -> None:
    model = access.load(name)
    said = " ".join(run("access", "show", name).split())
    for lacking in model.not_live:
        assert lacking.de in said
        assert lacking.en in said
    assert ("for the lab only" in said) is not model.live
    shown = json.loads(run("access", "show", name, "--json"))
    assert [lacking["en"] for lacking in shown["not_live"]] == [lacking.en for lacking in model.not_live]
