"""`{{ rule.citation|cited }}`: a citation leads to its document where the library holds it."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from news.queries.citations import known_numbers
from news.rules.numbers import cited_numbers

register = template.Library()


@register.filter
def cited(text: object) -> SafeString:
    """The text with each number the library holds as a link; "" for nothing."""
    words = str(text or "")
    known = known_numbers() if "/" in words else {}
    parts, place = [], 0
    for begin, end, key in cited_numbers(words) if known else ():
        if key in known:
            parts += [escape(words[place:begin]), f'<a href="{known[key]}">{escape(words[begin:end])}</a>']
            place = end
    return mark_safe("".join([*parts, escape(words[place:])]))  # noqa: S308  every piece is escaped
