"""`python -m bench.count_queries PATH …` inside a Django project: SQL queries of each path, read twice.

The first reading fills what a running server has warm (templates, Wagtail's site paths, renditions); the
second is what every later visitor costs. Counted by wrapping the connection, outside any timed run; JSON.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

import django


class Counter:
    """Counts what passes through the database connection."""

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Count, then do what was asked."""
        self.seen += 1
        return execute(sql, params, many, context)


def count(path: str) -> int:
    """Queries of one warm reading of the path; raises if it is not a page."""
    from django.db import connection
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    for _ in range(2):
        counter = Counter()
        with connection.execute_wrapper(counter):
            answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    return counter.seen


if __name__ == "__main__":
    django.setup()
    print(json.dumps({path: count(path) for path in sys.argv[1:]}))
