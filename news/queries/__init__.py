"""Reading news: the public sees what is on the site, an officer the posts of covered units."""

from news.queries.boxes import pictures_shown, pictures_to_choose, videos_shown, videos_to_choose
from news.queries.find import Found, find, first_year, units_on_site
from news.queries.front import lead_story, leads, most_read, sections
from news.queries.maps import has_documents, map_documents, map_figures, map_lists, map_posts
from news.queries.newsroom import (
    counts,
    due_renditions,
    preview,
    register,
    units_to_write_for,
    visible_to,
    waiting,
)
from news.queries.places import Place, everything, place_of
from news.queries.public import (
    Around,
    Article,
    Card,
    Section,
    around,
    article,
    cards,
    categories_on_site,
    count_on_site,
    moved_to,
)

__all__ = [
    "Around",
    "Article",
    "Card",
    "Found",
    "Place",
    "Section",
    "around",
    "article",
    "cards",
    "categories_on_site",
    "count_on_site",
    "counts",
    "due_renditions",
    "everything",
    "find",
    "first_year",
    "has_documents",
    "lead_story",
    "leads",
    "map_documents",
    "map_figures",
    "map_lists",
    "map_posts",
    "most_read",
    "moved_to",
    "pictures_shown",
    "pictures_to_choose",
    "place_of",
    "preview",
    "register",
    "sections",
    "units_on_site",
    "units_to_write_for",
    "videos_shown",
    "videos_to_choose",
    "visible_to",
    "waiting",
]
