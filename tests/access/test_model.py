"""Model files: the presets, and what a wrong file gets."""

import json
from pathlib import Path
from typing import get_type_hints

import pytest
from click.testing import CliRunner

from erreichbar import access
from erreichbar.access import AccessModel, ModelFaults, Rules
from erreichbar.cli import main
from erreichbar.record.vocabulary import CODE

GOOD = """
[model]
name = "mine"
title = { de = "Meines", en = "Mine" }
description = { de = "So.", en = "Thus." }
[queue]
ring_s = 20
[callback]
presented = "centre"
attempts = 2
"""


@pytest.fixture(params=access.names())
def preset(request: pytest.FixtureRequest) -> AccessModel:
    return access.load(request.param)


def test_a_preset_bears_its_name_and_explains_itself_in_both_languages(preset: AccessModel) -> None:
    assert preset.name in access.names()
    assert CODE.fullmatch(preset.name)
    for text in (preset.description.de, preset.description.en):
        assert len(text.split()) > 100
    assert len(preset.description.de.split("\n\n")) == len(preset.description.en.split("\n\n"))


def test_a_preset_tells_citizens_case_workers_and_the_provider_what_they_will_experience(preset: AccessModel) -> None:
    beginnings = {
        "de": (
            "Was Bürger:innen erleben: ",
            "Was die Sachbearbeitung erlebt: ",
            "Was der Betreiber des Servicecenters erlebt: ",
        ),
        "en": (
            "What citizens experience: ",
            "What case workers experience: ",
            "What the provider of the centre experiences: ",
        ),
    }
    for language, expected in beginnings.items():
        paragraphs = preset.description.in_(language).split("\n\n")
        assert [part.startswith(begins) for part, begins in zip(paragraphs[1:], expected, strict=False)] == [True] * 3


def test_a_preset_that_nobody_has_tried_names_its_assumptions(preset: AccessModel) -> None:
    if not preset.live:
        assert preset.description.de.split("\n\n")[-1].startswith("Annahmen: ")
        assert preset.description.en.split("\n\n")[-1].startswith("Assumptions: ")


def test_the_digest_is_that_of_the_text(preset: AccessModel) -> None:
    again = access.loads(preset.text, preset.name)
    assert again == preset
    assert access.loads(preset.text + "\n# a remark\n", preset.name).digest != preset.digest


def test_what_is_left_out_does_not_apply() -> None:
    rules = access.loads(GOOD, "mine.toml").rules
    assert (rules.places, rules.places_per_agent, rules.longest_wait_ms) == (-1, -1.0, -1)
    assert (rules.ring_back, rules.ring_back_first_ms) == (False, 0)
    assert (rules.centre, rules.transfer_ring_ms, rules.urgent_from, rules.direct_ring_ms) == (True, -1, -1, -1)
    assert [type(value) for value in rules] == [get_type_hints(Rules)[name] for name in Rules._fields]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "mine"', 'name = "Mein Modell"', "model.name"),
        ('name = "mine"', 'name = "4915228817386"', "model.name"),
        ("ring_s = 20", "ring_s = 2", "queue.ring_s"),
        ("ring_s = 20", 'ring_s = "20"', "queue.ring_s"),
        ("ring_s = 20", "ring_s = 20\nplace = 3", "queue.place"),
        ("attempts = 2", "attempts = 0", "callback.attempts"),
        ('presented = "centre"', 'presented = "center"', "callback.presented"),
        ('presented = "centre"\n', "", "callback.presented"),
        ("attempts = 2", "attempts = 2\n[ring_back]\nwithin_working_days = 5", "ring_back.first_to_who_tried_s"),
    ],
)
def test_a_fault_names_file_and_key_in_both_languages(old: str, new: str, key: str) -> None:
    assert old in GOOD
    with pytest.raises(ModelFaults) as faults:
        access.loads(GOOD.replace(old, new), "mine.toml")
    (fault,) = faults.value.faults
    assert fault.key == key
    for language in ("de", "en"):
        assert fault.in_(language).startswith("mine.toml")
    assert fault.de != fault.en


def test_every_fault_comes_in_one_go() -> None:
    with pytest.raises(ModelFaults) as faults:
        access.loads(GOOD.replace("ring_s = 20", "ring_s = 2").replace("attempts = 2", "attempts = 0"), "mine.toml")
    assert {fault.key for fault in faults.value.faults} == {"queue.ring_s", "callback.attempts"}


def test_a_ring_back_to_a_withheld_number_is_a_contradiction() -> None:
    text = GOOD.replace('"centre"', '"withheld"') + "[ring_back]\nwithin_working_days = 5\nfirst_to_who_tried_s = 10\n"
    with pytest.raises(ModelFaults, match="cannot ring back"):
        access.loads(text, "mine.toml")


DIRECT = '[direct]\naudience = "public"\nring_s = 20\n'
NO_CENTRE = GOOD.replace("[queue]\nring_s = 20\n", "[centre]\nanswers = false\n").replace('"centre"', '"own"')
HOURS = '[phone_hours]\ntuesday = ["09:30-11:30"]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("[queue]\nring_s = 20\n", ""), "[queue] is missing"),
        (GOOD + "[centre]\nanswers = false\n" + DIRECT, "[queue] stands beside [centre] answers = false"),
        (NO_CENTRE, "the office cannot be reached"),
        (NO_CENTRE + DIRECT.replace("public", "advice-centres"), "the office cannot be reached"),
        (NO_CENTRE.replace('"own"', '"centre"') + DIRECT, "there is no centre to ring back"),
        (GOOD + DIRECT.replace("public", "advice-centres") + "published = true\n", "a public list is not for"),
        (GOOD + HOURS, "nobody is rung in these hours"),
        (GOOD + "[phone_hours]\n" + DIRECT, "names no time at all"),
        (GOOD + "[transfer]\nring_s = 15\nonly_in_phone_hours = true\n", "the model has no telephone hours"),
    ],
)
def test_what_may_not_stand_together_is_told_with_what_would_be_possible(text: str, said: str) -> None:
    with pytest.raises(ModelFaults) as faults:
        access.loads(text, "mine.toml")
    (fault,) = faults.value.faults
    assert said in fault.en
    assert fault.de != fault.en
    assert fault.allowed.de


def test_what_may_stand_together_is_read() -> None:
    rules = access.loads(NO_CENTRE + DIRECT + HOURS, "mine.toml").rules
    assert (rules.centre, rules.direct_ring_ms, rules.ring_ms, rules.phone_hours) == (False, 20_000, 20_000, True)


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("[transfer]\nring_s = 2", "transfer.ring_s"),
        ('[urgent]\nring_s = 20\nfrom_urgency = "normal"', "urgent.from_urgency"),
        ('[direct]\nring_s = 20\naudience = "all"', "direct.audience"),
        ('[direct]\nring_s = 20\naudience = "public"\ncolleagues = 9', "direct.colleagues"),
        (DIRECT + '[phone_hours]\ntuesday = ["9-11"]', "phone_hours.tuesday"),
        (DIRECT + '[[phone_hours.others]]\nunit = ["x"]', "phone_hours.others.1.unit"),
    ],
)
def test_a_wrong_value_is_told_by_its_key(table: str, key: str) -> None:
    with pytest.raises(ModelFaults) as faults:
        access.loads(GOOD + table + "\n", "mine.toml")
    assert [fault.key for fault in faults.value.faults] == [key]


def test_an_unknown_name_tells_which_there_are() -> None:
    with pytest.raises(ModelFaults, match=r"service-centre.*recognisable-callback"):
        access.load("service-center")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[model", b""])
def test_a_file_that_is_no_model_is_told_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.toml"
    file.write_bytes(content)
    with pytest.raises(ModelFaults):
        access.load(file)
    assert CliRunner().invoke(main, ["access", "check", str(file)]).exit_code == 1


def test_the_command_line_lists_and_shows() -> None:
    listed = json.loads(CliRunner().invoke(main, ["access", "list", "--json"]).stdout)
    assert [model["name"] for model in listed] == access.names()
    shown = json.loads(CliRunner().invoke(main, ["access", "show", "service-centre", "--json"]).stdout)
    assert shown["rules"]["presented"] == "withheld"
    assert shown["rules"]["places"] is None
    assert shown["phone_hours"] == {}
    hours = CliRunner().invoke(main, ["access", "show", "phone-hours-twice-weekly"]).stdout
    assert "monday                 13:00–15:00" in hours
    assert CliRunner().invoke(main, ["access", "show", "nonsense"]).exit_code != 0
