"""Whole public pages in Valkey. Everything here may fail: pages are then made anew.

An entry carries the generation token that stood when its making began. A publish sets a new
token after its commit, so every older entry is void at once, one being made at that moment too.
Without Valkey nothing is kept; an entry never lives longer than PAGE_CACHE_SECONDS.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

GENERATION = b"redcross:pages:generation"
TIMEOUT_SECONDS = 0.2
REST_SECONDS = 2.0
Answer = TypeVar("Answer")
log = logging.getLogger(__name__)


class _Breaker:
    """After a failure nobody asks for a while: a dead Valkey costs one timeout, not one a request."""

    def __init__(self) -> None:
        self.rests_until = 0.0
        self.lock = threading.Lock()

    def ask(self, question: Callable[[], Answer]) -> Answer | None:
        """The answer, or None if Valkey failed now or a moment ago."""
        if self.rests_until:
            with self.lock:
                now = time.monotonic()
                if now < self.rests_until:
                    return None
                self.rests_until = now + REST_SECONDS  # one asks, the others wait for what it learns
        try:
            answer = question()
        except (RedisError, OSError) as error:
            if not self.rests_until:
                log.warning("page cache is away: %s", type(error).__name__)
            self.rests_until = time.monotonic() + REST_SECONDS
            return None
        self.rests_until = 0.0
        return answer


BREAKER = _Breaker()


@cache
def client() -> "Redis":
    """This process's client; threads share its pool."""
    return Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


def read(key: bytes) -> tuple[bytes | None, bytes | None]:
    """The generation in force and the page made in it; (None, …) without Valkey, (…, None) for a miss."""
    found: Any = BREAKER.ask(lambda: client().mget(GENERATION, key))
    if found is None:
        return None, None
    generation, entry = found
    if generation is None:
        return BREAKER.ask(_begin), None
    if entry is None or not entry.startswith(generation):
        return generation, None
    return generation, entry[len(generation) :]


def write(key: bytes, generation: bytes, page: bytes, age: float) -> None:
    """Keep a page made in a generation, begun `age` seconds ago."""
    left = round((settings.PAGE_CACHE_SECONDS - age) * 1000)
    if left > 0:
        BREAKER.ask(lambda: client().set(key, generation + page, px=left))


def forget_pages() -> None:
    """After the commit of this transaction no page made before it is shown again.

    Asked of Valkey even while the breaker rests; if it fails, old pages end with their time.
    """
    if settings.PAGE_CACHE:
        transaction.on_commit(_set_generation)


def _set_generation() -> None:
    try:
        client().set(GENERATION, _token())
    except (RedisError, OSError) as error:
        log.warning("page cache could not be told of a change: %s", type(error).__name__)


def _begin() -> bytes | None:
    client().set(GENERATION, _token(), nx=True)
    generation: Any = client().get(GENERATION)
    return generation  # type: ignore[no-any-return]


def _token() -> bytes:
    return secrets.token_hex(8).encode()
