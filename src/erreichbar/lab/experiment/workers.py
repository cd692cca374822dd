"""Who works at an experiment: threads of this process, or a cluster that Dask schedules (extra ``[lab-cluster]``)."""

from collections.abc import Iterator
from contextlib import contextmanager

import joblib


class NoCluster(ValueError):
    """There is no cluster to work with."""

    def __init__(self, de: str, en: str) -> None:
        self.de, self.en = de, en
        super().__init__(en)


@contextmanager
def backend(cluster: str | None) -> Iterator[None]:
    """Let jobs of joblib go to a Dask scheduler at an address (``tcp://…``), none: stay where they are.

    Every worker there needs the same versions of everything, else the same seed does not give the same bytes. Raises
    ``NoCluster``.
    """
    if cluster is None:
        yield
        return
    try:
        from distributed import Client
    except ImportError:
        raise NoCluster(
            'Für --cluster fehlt Dask. Bitte installieren: pip install "erreichbar[lab-cluster]"',
            'For --cluster Dask is missing. Please install it: pip install "erreichbar[lab-cluster]"',
        ) from None
    try:
        client = Client(cluster, timeout=10)
    except (OSError, ValueError) as error:
        raise NoCluster(
            f"Dort antwortet kein Dask-Scheduler: {cluster} ({error}). Möglich ist eine Adresse wie tcp://10.0.0.1:8786.",
            f"No Dask scheduler answers there: {cluster} ({error}). Possible is an address as tcp://10.0.0.1:8786.",
        ) from None
    with client, joblib.parallel_config(backend="dask", client=client):
        yield
