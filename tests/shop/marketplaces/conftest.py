"""What the database is asked while a page is made."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session


@pytest.fixture
def statements(app: Flask, session: Session) -> Iterator[list[str]]:
    """The texts of the statements sent from now on."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)
