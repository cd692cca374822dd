"""Asking another machine over HTTP: within a time limit, through the installation's proxy, and no further than asked."""

import http.client
import urllib.error
import urllib.request

PATIENCE_S = 30
"""How long an answer is waited for."""


class NoAnswer(Exception):
    """The other machine gave no answer, or none that is HTTP."""


class Refusal(Exception):
    """The other machine answered with a ``status`` other than 2xx. An answer that points elsewhere is one: nothing follows it."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


def _opener() -> urllib.request.OpenerDirector:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def ask(request: urllib.request.Request, most: int = 0) -> bytes:
    """Return the first ``most`` bytes of the answer. Raises ``NoAnswer``, ``Refusal``."""
    try:
        with _opener().open(request, timeout=PATIENCE_S) as answer:
            return bytes(answer.read(most))
    except urllib.error.HTTPError as error:
        raise Refusal(error.code) from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NoAnswer from None
