"""Which numbers of documents the public library holds, kept in the process for a while."""

from time import monotonic

from django.conf import settings
from django.db.models import Count, Max

from news.models import Document

_KEPT: dict[str, tuple[float, dict[str, str]]] = {}


def known_numbers() -> dict[str, str]:
    """Key of a number → address of the one public document that bears it. 1 query, at most one a minute."""
    seconds = settings.CITATIONS_KEPT_SECONDS
    if seconds is None:
        return {}
    at, found = _KEPT.get("numbers", (0.0, {}))
    if not at or monotonic() - at > seconds:
        found = _asked()
        _KEPT["numbers"] = (monotonic(), found)
    return found


def _asked() -> dict[str, str]:
    rows = Document.objects.public().exclude(number_key="").order_by().values("number_key")
    rows = rows.annotate(documents=Count("pk"), slug=Max("slug"))
    return {row["number_key"]: f"/van-ban/{row['slug']}/" for row in rows if row["documents"] == 1}
