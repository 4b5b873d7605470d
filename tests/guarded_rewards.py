"""How the actions on honours are called, for the walk over actions."""

from foundation.dates import today
from rewards.actions import runs
from tests.guarded import Guarded

CALLS: dict[str, Guarded] = {
    "rewards.actions.runs.ask_nightly": Guarded(
        "reward.manage", lambda w, by: runs.ask_nightly(by=by, as_of=today())
    ),
}
