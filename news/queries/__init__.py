"""Reading news: the public sees what is on the site, an officer the posts of covered units."""

from news.queries.newsroom import (
    counts,
    due_renditions,
    preview,
    register,
    units_to_write_for,
    visible_to,
    waiting,
)
from news.queries.public import (
    Article,
    Card,
    article,
    cards,
    categories_on_site,
    count_on_site,
    moved_to,
    related,
)

__all__ = [
    "Article",
    "Card",
    "article",
    "cards",
    "categories_on_site",
    "count_on_site",
    "counts",
    "due_renditions",
    "moved_to",
    "preview",
    "register",
    "related",
    "units_to_write_for",
    "visible_to",
    "waiting",
]
