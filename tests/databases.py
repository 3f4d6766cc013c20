"""A database for whoever needs one of his own: the tests of one process, or a running market."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url


@contextmanager
def own_database(file: Path, like: str | None = None) -> Iterator[str]:
    """Give the address of an empty database until the block ends, or of a copy of the one at `like`, which nobody uses.

    It is the SQLite file, or stands beside the PostgreSQL database of TEST_DATABASE_URL, which stays untouched.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if not given:
        if like:
            shutil.copy(str(make_url(like).database), file)
        yield f"sqlite:///{file}"
        return
    beside = make_url(given)
    address = beside.set(drivername="postgresql").render_as_string(hide_password=False)
    name = f"{beside.database}_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as connection:
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
        template = make_url(like).database if like else "template0"
        connection.execute(make.format(sql.Identifier(name), sql.Identifier(str(template))))
    try:
        yield beside.set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
