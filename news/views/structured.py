"""Structured data (schema.org) inside a page."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def as_json(facts: dict[str, Any]) -> SafeString:
    """The facts as JSON that cannot end its script element."""
    text = json.dumps({"@context": "https://schema.org", **facts}, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308  escaped above
