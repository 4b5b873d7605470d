"""Who may open a page. Default deny: a view without a marker is refused.

Every view carries exactly one marker. Third-party views (allauth, the admin)
are marked where they are mounted, in redcross/urls.py and people/urls.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.urls import URLPattern, URLResolver

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """What a page asks of its visitor: nothing, a sign-in, or one of some rights."""

    is_public: bool = False
    # The doors: open to anybody like public pages, but with a session and never cached.
    is_entrance: bool = False
    rights: frozenset[str] = frozenset()
    # The pages on which a first second step is set up must be open before there is one.
    before_second_step: bool = False
    # The pages on which an existing second step is given.
    gives_second_step: bool = False


PUBLIC = Access(is_public=True)
ENTRANCE = Access(is_public=True, is_entrance=True)
SIGNED_IN = Access()
SIGNING_IN = Access(before_second_step=True)
CONFIRMING = Access(gives_second_step=True)


def mark(view: View, access: Access) -> View:
    """Put an access marker on a view; returns the same view."""
    view.rc_access = access  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anyone; must not touch user, session or cookies."""
    return mark(view, PUBLIC)


def entrance(view: View) -> View:
    """Anyone, on the way in or out: holds a session and a form, is never cached."""
    return mark(view, ENTRANCE)


def signed_in_only(view: View) -> View:
    """Any signed-in person, with the second step if an office forces it."""
    return mark(view, SIGNED_IN)


def signing_in(view: View) -> View:
    """Any signed-in person, also before a second step is set up; who has one gives it first."""
    return mark(view, SIGNING_IN)


def confirming(view: View) -> View:
    """Any signed-in person, before the second step is given in this session: here it is."""
    return mark(view, CONFIRMING)


def with_right(*rights: str) -> Callable[[View], View]:
    """Someone holding an office with at least one of the rights (people/tables/offices.toml)."""

    def marker(view: View) -> View:
        return mark(view, Access(rights=frozenset(rights)))

    return marker


def access_of(view: Callable[..., Any]) -> Access | None:
    """The marker of a view, looked for through functools.wraps layers; None if it has none."""
    seen: Any = view
    while seen is not None:
        found = getattr(seen, "rc_access", None)
        if found is not None:
            return found  # type: ignore[no-any-return]
        seen = getattr(seen, "__wrapped__", None)
    return None


def mark_patterns(patterns: list[URLPattern | URLResolver], marker: Callable[[Any], Any]) -> list[Any]:
    """Mark every view of third-party patterns that has no marker yet; returns the same patterns."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            mark_patterns(pattern.url_patterns, marker)
        elif access_of(pattern.callback) is None:
            pattern.callback = marker(_own(pattern.callback))
    return patterns


def _own(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view of its own around a third-party one, so that marking it marks nothing else."""

    @wraps(view)
    def own(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    own.__dict__.pop("rc_access", None)
    return own
