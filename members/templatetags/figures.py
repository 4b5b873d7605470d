"""Bars beside figures: an SVG the server draws, hidden from readers who have the figure itself."""

from typing import Any

from django import template

register = template.Library()
WIDTH = 100


@register.inclusion_tag("parts/bar.html")
def bar(value: int, most: int, tone: str = "main") -> dict[str, Any]:
    """A bar as long as the value is of the most; nothing for nothing."""
    length = round(WIDTH * value / most, 1) if most > 0 else 0
    return {"length": f"{min(length, WIDTH):.1f}", "tone": tone, "width": WIDTH}


@register.inclusion_tag("parts/bar_pair.html")
def bar_pair(left: int, right: int, most: int) -> dict[str, Any]:
    """Two bars from the middle outwards, on one scale: women to the left, men to the right."""
    one, other = (round(WIDTH * n / most, 1) if most > 0 else 0 for n in (left, right))
    return {"left": f"{one:.1f}", "start": f"{WIDTH - one:.1f}", "right": f"{other:.1f}", "width": WIDTH}
