"""The office file: the demo office loads, a broken one is told every fault in one go."""

from pathlib import Path

import pytest

from erreichbar import office
from erreichbar.record.words import PresentedNumber, Role

BROKEN = Path(__file__).with_name("broken.toml")
DEMO = office.demo()


def faults_of(text: str) -> dict[tuple[str, str], office.Fault]:
    with pytest.raises(office.OfficeFaults) as raised:
        office.loads(text, "office.toml")
    return {(fault.section, fault.key): fault for fault in raised.value.faults}


def changed(old: str, new: str) -> str:
    assert old in DEMO.text
    return DEMO.text.replace(old, new, 1)


def test_the_demo_office_is_complete() -> None:
    assert DEMO.fictional
    assert len(DEMO.in_role(Role.AGENT)) == 5
    assert {unit: len(DEMO.in_role(Role.CASE_WORKER, unit)) for unit in DEMO.units} == {
        "benefits-1": 3,
        "benefits-2": 3,
        "placement-1": 3,
    }
    assert {person.role for person in DEMO.people.values()} == set(Role)
    assert len(DEMO.reasons) == 17
    for reason in DEMO.reasons.values():
        assert reason.script
        assert reason.questions
        assert reason.share_source == "assumption"


def test_the_demo_office_has_drama_numbers_only() -> None:
    lines = [DEMO.telephone.direct_line(person) for person in DEMO.people.values()]
    numbers = [DEMO.telephone.centre, *(line for line in lines if line is not None)]
    for number in numbers:
        assert number.e164.startswith("+492214710")
        assert len(number.e164) == len("+492214710999")
    assert set(DEMO.telephone.presented) == {PresentedNumber.CENTRE, PresentedNumber.OWN}


def test_every_reason_of_the_demo_office_finds_somebody() -> None:
    for reason in DEMO.reasons:
        for number in ("99901BG0000001", "99901BG0005000", None):
            found = office.responsible(DEMO, reason, benefit_unit_number=number, family_name="Öztürk")
            assert found.unit in DEMO.units


def test_a_broken_file_is_told_everything_at_once() -> None:
    with pytest.raises(office.OfficeFaults) as raised:
        office.load(BROKEN)
    found = {(fault.line, fault.key) for fault in raised.value.faults}
    assert {
        (3, "short_name"), (4, "fictional"), (5, "zone"), (6, "state"), (7, "telefon"), (11, "example"),
        (14, "monday"), (15, "tuesday"), (16, "wensday"), (18, ""), (23, "kind"), (24, "name.en"), (29, "leader"),
        (32, "id"), (34, "role"), (35, "organisation"), (36, "languages"), (42, "organisation"), (43, "unit"),
        (44, "substitute"), (45, "extension"), (50, "label.de"), (53, "share"), (55, "script"), (59, "reasons"),
        (60, "letters.1"), (62, "centre"), (63, "direct_trunk"),
    } <= found  # fmt: skip
    for fault in raised.value.faults:
        assert fault.file == "broken.toml"
        assert fault.section.startswith("[")
        assert fault.de
        assert fault.en
    assert [fault.line for fault in raised.value.faults] == sorted(fault.line or 0 for fault in raised.value.faults)


def test_a_misspelt_key_is_told_its_neighbour() -> None:
    fault = faults_of(changed("wednesday =", "wensday ="))["[hours]", "wensday"]
    assert "Meinten Sie „wednesday“?" in fault.de
    assert "Did you mean “wednesday”?" in fault.en
    assert "wednesday" in fault.allowed.de


@pytest.mark.parametrize(
    ("old", "new", "section", "key", "said"),
    [
        ('substitute = "yildiz"', 'substitute = "lange"', "[[people]] 6 (lange)", "substitute", "vertritt sich selbst"),
        (
            'substitute = "yildiz"',
            'substitute = "arslan"',
            "[[people]] 6 (lange)",
            "substitute",
            "darf nicht vertreten",
        ),
        ('extension = "202"', 'extension = "201"', "[[people]] 7 (yildiz)", "extension", "hat schon"),
        ('id = "becker"', 'id = "arslan"', "[[people]] 2 (arslan)", "id", "gibt es schon"),
        ('leader = "kaminski"', 'leader = "lange"', "[[units]] 1 (benefits-1)", "leader", "team_leader"),
        (
            'case_worker = "bondarenko"',
            'case_worker = "lange"',
            "[[responsibilities]] 1",
            "case_worker",
            "gehört nicht",
        ),
        ("allowed_countries = [49]", "allowed_countries = [49, 999]", "[telephone]", "allowed_countries", "999"),
        ("day = 2026-09-16", "day = 2026-10-03", "[[part_days]] 2", "day", "Tag der Deutschen Einheit"),
        (
            'direct_trunk = "0221 4710"',
            'direct_trunk = "0221 47100000"',
            "[[people]] 6 (lange)",
            "extension",
            "keine gültige Rufnummer",
        ),
    ],
)
def test_what_refers_to_something_else_must_fit(old: str, new: str, section: str, key: str, said: str) -> None:
    assert said in faults_of(changed(old, new))[section, key].de


def test_how_the_promise_is_kept_has_defaults_and_is_checked() -> None:
    assert (DEMO.keeping.reassign, DEMO.keeping.remind, DEMO.keeping.tell_leader) == (0.5, 0.75, 0.9)
    assert DEMO.keeping.returns
    faults = faults_of(changed("[hours]", "[promise]\nremind = 0.95\n\n[hours]"))
    (fault,) = [fault for (section, _), fault in faults.items() if section == "[promise]"]
    assert "must rise" in fault.en
    assert ("[promise]", "returns") in faults_of(changed("[hours]", '[promise]\nreturns = "yes"\n\n[hours]'))


def test_a_reason_nobody_is_responsible_for_is_a_fault() -> None:
    start = DEMO.text.index("[[responsibilities]]")
    end = DEMO.text.index("# ----", start)
    rule = '[[responsibilities]]\nunit = "benefits-1"\nreasons = ["no_means"]\n\n'
    found = faults_of(DEMO.text[:start] + rule + DEMO.text[end:])
    assert len(found) == len(DEMO.reasons) - 1
    assert all("niemand zuständig" in fault.de for fault in found.values())


@pytest.mark.parametrize("text", ['[office\nname = "X"', 'name = "never closed', '[office]\nname = "a"\nname = "b"\n'])
def test_what_is_no_toml_is_told_with_line_and_column(text: str) -> None:
    with pytest.raises(office.OfficeFaults) as raised:
        office.loads(text, "office.toml")
    (fault,) = raised.value.faults
    assert fault.line is not None
    assert "Spalte" in fault.de
    assert "column" in fault.en


def test_a_file_that_is_not_there_or_no_text_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(office.OfficeFaults, match="cannot be read"):
        office.load(tmp_path / "none.toml")
    latin = tmp_path / "latin.toml"
    latin.write_bytes('[office]\nname = "Köln"\n'.encode("latin-1"))
    with pytest.raises(office.OfficeFaults, match="UTF-8") as raised:
        office.load(latin)
    assert raised.value.faults[0].line == 2


def test_windows_editors_are_understood(tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_bytes(b"\xef\xbb\xbf" + DEMO.text.replace("\n", "\r\n").encode())
    assert office.load(file).people == DEMO.people


def test_an_empty_file_names_every_section_it_needs() -> None:
    sections = {section for section, _ in faults_of("")}
    assert {"[office]", "[hours]", "[telephone]", "[[people]]", "[[units]]", "[[reasons]]"} <= sections


def test_the_mornings_digest_may_have_a_time_and_people_an_address() -> None:
    assert DEMO.keeping.digest_at is None and DEMO.people["lange"].email is None
    for wrong in ('"8 Uhr"', '"25:00"', "8"):
        fault = faults_of(changed("[hours]", f"[promise]\ndigest_at = {wrong}\n\n[hours]"))["[promise]", "digest_at"]
        assert "keine Uhrzeit" in fault.de
    faults = faults_of(changed('id = "lange"', 'id = "lange"\nemail = "lange@"'))
    assert "no e-mail address" in faults["[[people]] 6 (lange)", "email"].en
    good = office.loads(changed("[hours]", '[promise]\ndigest_at = "08:30"\n\n[hours]'), "x.toml")
    assert f"{good.keeping.digest_at}" == "08:30:00"


def test_who_takes_applications_says_for_what() -> None:
    start, end = DEMO.text.index("[[applications]]"), DEMO.text.index("[[reasons]]")
    keys = {key for _, key in faults_of(DEMO.text[:start] + DEMO.text[end:])}
    assert keys == {"takes_applications"}
