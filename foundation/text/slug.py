"""The last part of a page's address."""

import re

from foundation.text.fold import fold


def slug(title: str, limit: int = 80) -> str:
    """ "Ngày hội “Giọt hồng”" is "ngay-hoi-giot-hong"; at most `limit` letters, cut between words.

    A first word longer than the limit is cut inside. Empty if the title has no Latin letter or digit.
    """
    words = re.findall(r"[a-z0-9]+", fold(title))
    text = "-".join(words)
    if len(text) <= limit:
        return text
    cut = text[: limit + 1].rfind("-")
    return text[:cut] if cut > 0 else text[:limit]
