"""The command line with an engine that takes no time: for tests of what runs it beside itself."""

from erreichbar.cli import main
from erreichbar.lab.experiment import simulated
from tests.lab.experiment.fake import played

if __name__ == "__main__":
    vars(simulated)["simulated"] = played
    main()
