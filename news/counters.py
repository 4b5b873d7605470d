"""How often articles are opened: counted in this process, written together a few times a minute.

A reader leaves nothing but one more in a sum: no cookie, no address, no row of a visit. Neither Valkey
nor the broker has a part in it. A process that is killed loses what it counted since it last wrote.
"""

import atexit
import logging
import re
import threading
import time
from collections import Counter
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest

from foundation.dates import today

ARTICLE = re.compile(r"/tin-tuc/(?!(?:rss|atom|album)/)([-\w]+)/")
MACHINES = re.compile(
    r"bot|crawl|spider|slurp|preview|externalhit|feed|monitor|curl|python|headless", re.IGNORECASE
)
# Posts that went meanwhile fall out of the join; keys in order, so that processes do not lock each other.
WRITE = """
    INSERT INTO news_reading (post_id, "on", count)
    SELECT post.id, %(on)s, sum(told.n) FROM unnest(%(slugs)s::text[], %(counts)s::int[]) AS told (slug, n)
    JOIN news_post AS post ON post.slug = told.slug GROUP BY post.id ORDER BY post.id
    ON CONFLICT ("on", post_id) DO UPDATE SET count = news_reading.count + excluded.count
"""
log = logging.getLogger(__name__)


class Counts:
    """What this process has counted and not written yet."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.counted: Counter[str] = Counter()
        self.written_at = time.monotonic()

    def add(self, request: HttpRequest) -> None:
        """One more for the article of this request, unless a machine asks or a browser only looks ahead."""
        found = ARTICLE.fullmatch(request.path_info)
        if found is None or request.method != "GET" or request.META.get("HTTP_SEC_PURPOSE"):
            return
        if MACHINES.search(request.META.get("HTTP_USER_AGENT", "")):
            return
        self.counted[found[1]] += 1
        seconds = settings.READINGS_FLUSH_SECONDS
        if seconds and time.monotonic() - self.written_at > seconds:
            self.write()

    def write(self) -> int:
        """Adds what was counted to the day's rows; returns how many. Without a database it waits."""
        with self.lock:
            self.written_at = time.monotonic()
            counted, self.counted = self.counted, Counter()
        if not counted:
            return 0
        values: dict[str, Any] = {"on": today(), "slugs": list(counted), "counts": list(counted.values())}
        try:
            with connection.cursor() as cursor:
                cursor.execute(WRITE, values)
        except DatabaseError as error:
            log.warning("readings could not be written: %s", type(error).__name__)
            self.counted.update(counted)
            return 0
        return counted.total()


COUNTS = Counts()
if settings.READINGS_FLUSH_SECONDS:
    atexit.register(COUNTS.write)
