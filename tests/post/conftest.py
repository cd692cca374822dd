"""A real mail server on this machine, for everything that goes out by e-mail."""

from collections.abc import Iterator

import pytest

from tests.post.servers import MailServer, mail_server


@pytest.fixture
def mail() -> Iterator[tuple[MailServer, int]]:
    with mail_server() as server:
        yield server, server.port
