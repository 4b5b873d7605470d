"""Periods and pages as people read them."""

from collections.abc import Iterator
from datetime import date, timedelta

from django import template
from django.core.paginator import Page
from django.db.backends.postgresql.psycopg_any import DateRange

register = template.Library()


@register.filter
def last_day(during: DateRange) -> date | None:
    """The last day of a period, which the database stores as the day after; None while open."""
    return during.upper - timedelta(days=1) if during.upper else None


@register.filter
def pages_shown(page: Page[object]) -> Iterator[int | str]:
    """Numbers of pages for a pager: the first, the last, those beside this one, dots between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
