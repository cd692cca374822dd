"""One experiment that the tests of experiments, reports, commands and pages share."""

import pytest

from erreichbar import access
from erreichbar.lab.experiment.result import Comparison
from erreichbar.lab.experiment.running import Experiment, run
from erreichbar.lab.office import LabOffice, load
from tests.lab.experiment.fake import played

MODELS = ("service-centre", "transfer-once", "phone-hours-daily")


@pytest.fixture(scope="session")
def office() -> LabOffice:
    return load("as-contracted")


@pytest.fixture(scope="session")
def asked(office: LabOffice) -> Experiment:
    return Experiment(office, tuple(access.load(name) for name in MODELS), days=14, replications=6)


@pytest.fixture(scope="session")
def found(asked: Experiment) -> Comparison:
    return run(asked, played)
