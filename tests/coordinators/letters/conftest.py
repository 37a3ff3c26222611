"""A mail server for the tests of letters."""

from collections.abc import Iterator

import pytest

from tests.coordinators.letters.server import Postbox, mail_server


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as box:
        yield box
