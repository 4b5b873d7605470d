"""What takes effect when a paper is issued: a function of an upper app, known by a code.

An app registers its effects in its AppConfig.ready: `register("members.admit", admit)`. A paper
carries the code; `carry_out` calls the function in the transaction that issues the paper, so a
failing effect takes number and state back with it. An effect may bring a second function that is
called in the transaction in which its draft is given up.
"""

from typing import Protocol

from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from papers.models import Paper


class Effect(Protocol):
    """Writes what the paper decides; raises Refused when it cannot."""

    def __call__(self, *, by: Actor, paper: Paper) -> None: ...


class GivenUp(Protocol):
    """Takes back what waited for the paper."""

    def __call__(self, *, by: Actor, paper: Paper, reason: str) -> None: ...


EFFECTS: dict[str, Effect] = {}
GIVEN_UP: dict[str, GivenUp] = {}


def register(code: str, effect: Effect, given_up: GivenUp | None = None) -> None:
    """Make an effect known. ValueError if another one has the code."""
    if EFFECTS.get(code, effect) is not effect:
        raise ValueError(f"two effects are called {code}")
    EFFECTS[code] = effect
    if given_up is not None:
        GIVEN_UP[code] = given_up


def give_up(by: Actor, paper: Paper, reason: str) -> None:
    """The draft is given up: tell whoever waits for it."""
    if paper.effect in GIVEN_UP:
        GIVEN_UP[paper.effect](by=by, paper=paper, reason=reason)


def carry_out(by: Actor, paper: Paper) -> None:
    """Call the paper's effect, if it has one. Refused for a code nobody registered."""
    if not paper.effect:
        return
    effect = EFFECTS.get(paper.effect)
    if effect is None:
        raise Refused(
            [_("What this paper decides cannot be carried out: %(code)s.") % {"code": paper.effect}]
        )
    effect(by=by, paper=paper)
