"""The suite's own tables in a PostgreSQL that one test has for itself, without migrating again."""

import subprocess
from pathlib import Path

from django.db import connection

from redcross import embedded


def copy_schema(sockets: Path) -> None:
    """The tables of the suite's own database, without its rows."""
    of = connection.settings_dict
    dump = [
        embedded.postgresql_binary("pg_dump"),
        "--schema-only",
        "--no-owner",
        "-U",
        of["USER"] or "postgres",
    ]
    dump += ["-h", of["OPTIONS"].get("host") or of["HOST"], of["NAME"]]
    told = subprocess.run(dump, check=True, capture_output=True)
    psql = [embedded.postgresql_binary("psql"), "-q", "-h", str(sockets), "-U", "postgres", "redcross"]
    subprocess.run(psql, input=told.stdout, check=True, capture_output=True)
