"""Words of a post as PostgreSQL searches them, kept by the database itself: no writer can forget them."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Concat

from foundation.text import SearchText

LONGEST = 200_000


class Lexemes(Func):
    """Folded text as a tsvector; the simple configuration changes no word."""

    template = "to_tsvector('simple'::regconfig, %(expressions)s)"
    output_field = SearchVectorField()
    arity = 1


class Weighed(Func):
    """A tsvector whose words weigh as the letter says."""

    function = "setweight"
    output_field = SearchVectorField()


class Plain(Func):
    """HTML without its tags, cut to what a tsvector surely holds."""

    template = f"left(regexp_replace(%(expressions)s, '<[^>]*>', ' ', 'g'), {LONGEST})"
    output_field = models.TextField()
    arity = 1


class Both(Func):
    """Two tsvectors as one."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()


class Bare(Func):
    """A tsvector without places and weights: half as long to read, and nothing ranks by it."""

    function = "strip"
    output_field = SearchVectorField()


HEADING = Both(
    Weighed(Lexemes(SearchText(F("title"))), Value("A")),
    Weighed(Lexemes(SearchText(F("summary"))), Value("B")),
)
WORDS = Bare(
    Lexemes(
        SearchText(
            Concat(
                F("title"),
                Value(" "),
                F("summary"),
                Value(" "),
                F("author_line"),
                Value(" "),
                Plain(F("body")),
                output_field=models.TextField(),
            )
        )
    )
)


class VectorField(models.GeneratedField):
    """A generated tsvector that is not read back after an insert."""

    db_returning = False  # type: ignore[assignment]
