"""Adopting an access model: what the telephone cannot carry out, or does not fit the office, does not come into force."""

from typing import Any

import pytest

from erreichbar import access
from erreichbar.access import contradictions
from erreichbar.centre import actions, journal, queries
from erreichbar.centre.errors import Invalid
from erreichbar.centre.models import AdoptedModel


@pytest.mark.parametrize("name", [name for name in access.names() if access.load(name).live])
def test_what_the_telephone_can_carry_out_comes_into_force(house: Any, name: str) -> None:
    house.do(actions.AdoptModel, name=name)
    assert queries.model_in_force().name == name


@pytest.mark.parametrize("name", [name for name in access.names() if not access.load(name).live])
def test_what_it_cannot_is_refused_with_what_is_missing(house: Any, name: str) -> None:
    before = journal.count()
    for text in (None, access.load(name).text):
        with pytest.raises(Invalid) as refused:
            house.do(actions.AdoptModel, name=name, text=text)
        for lacking in access.load(name).not_live:
            assert lacking.de in refused.value.de
            assert lacking.en in str(refused.value)
        assert refused.value.field == ("text" if text else "name")
    assert journal.count() == before
    assert queries.model_in_force().name == "recognisable-callback"


def test_a_model_that_does_not_fit_the_office_is_refused_with_the_field(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if the telephone could do everything: what is left is the office.
    monkeypatch.setattr("erreichbar.access.live.LIVE", frozenset(access.live.Ability))
    text = access.load("phone-hours-daily").text
    house.do(actions.AdoptModel, name="mine", text=text)
    before = AdoptedModel.objects.count()
    early = text.replace('monday = ["09:00-10:00"]', 'monday = ["06:00-07:00"]')
    with pytest.raises(Invalid, match=r"monday.*08:00–18:00") as refused:
        house.do(actions.AdoptModel, name="mine", text=early)
    (fault,) = contradictions(access.loads(early, "mine"), house.office)
    assert fault.de in refused.value.de
    assert AdoptedModel.objects.count() == before
