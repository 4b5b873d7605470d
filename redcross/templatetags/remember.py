"""`{% remember "top" %}…{% endremember %}`: the head and foot of a public page, drawn once a process."""

from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
# A handful: one for each place in the menu.
DRAWN: dict[tuple[Any, ...], SafeString] = {}


class RememberNode(Node):
    """What stands inside may read only the chapter and the public menus: they are the key."""

    def __init__(self, name: str, inside: NodeList) -> None:
        self.name = name
        self.inside = inside

    def render(self, context: Context) -> SafeString:
        chapter: dict[str, str] = context.get("chapter") or {}
        menus = (tuple(context.get("nav_public") or ()), tuple(context.get("nav_footer") or ()))
        key = (self.name, get_language(), menus, tuple(chapter.values()))
        drawn = DRAWN.get(key)
        if drawn is None:
            drawn = DRAWN[key] = self.inside.render(context)
        return drawn


@register.tag
def remember(parser: Parser, token: Token) -> RememberNode:
    """The name is one word in quotes; each block of the shells has its own."""
    _tag, name = token.split_contents()
    inside = parser.parse(("endremember",))
    parser.delete_first_token()
    return RememberNode(name.strip("\"'"), inside)
