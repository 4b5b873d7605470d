"""Vietnamese text: fold and search, order, names, addresses of pages."""

from foundation.text.fold import Fold, SearchText, fold, search_text
from foundation.text.names import (
    family_name,
    given_name,
    house_spelling,
    initials,
    mask_name,
    proper_name,
)
from foundation.text.order import person_sort_key, sort_key
from foundation.text.search import excerpt, highlight, matching, search_terms
from foundation.text.slug import slug

__all__ = [
    "Fold",
    "SearchText",
    "excerpt",
    "family_name",
    "fold",
    "given_name",
    "highlight",
    "house_spelling",
    "initials",
    "mask_name",
    "matching",
    "person_sort_key",
    "proper_name",
    "search_terms",
    "search_text",
    "slug",
    "sort_key",
]
