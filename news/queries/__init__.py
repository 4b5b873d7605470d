"""Reading news: the public sees what is on the site, an officer the posts of covered units."""

from news.queries.boxes import pictures_shown, pictures_to_choose, videos_shown, videos_to_choose
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
    "pictures_shown",
    "pictures_to_choose",
    "preview",
    "register",
    "related",
    "units_to_write_for",
    "videos_shown",
    "videos_to_choose",
    "visible_to",
    "waiting",
]
