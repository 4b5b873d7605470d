"""Money in templates."""

from django import template

from foundation.money import format_vnd

register = template.Library()


@register.filter
def vnd(amount: int | None) -> str:
    """An amount as "1.234.567 đ"; nothing for nothing."""
    return "" if amount is None else format_vnd(amount)
