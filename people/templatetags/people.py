"""Periods as people read them."""

from datetime import date, timedelta

from django import template
from django.db.backends.postgresql.psycopg_any import DateRange

register = template.Library()


@register.filter
def last_day(during: DateRange) -> date | None:
    """The last day of a period, which the database stores as the day after; None while open."""
    return during.upper - timedelta(days=1) if during.upper else None
