"""Money and components in templates."""

from django import template
from django.utils.translation import gettext as _

from donors.enums import Component
from foundation.money import format_vnd

register = template.Library()


@register.filter
def vnd(amount: int | None) -> str:
    """An amount as "1.234.567 đ"; nothing for nothing."""
    return "" if amount is None else format_vnd(amount)


@register.filter
def component(code: str) -> str:
    """A component's name."""
    return str(Component(code).label).capitalize()


@register.filter
def or_open(honour: str) -> str:
    """A form of honour; where none is established, that it is to be decided."""
    return honour or _("To be decided")
