"""How the roof's own actions are called, for the walk over actions."""

from redcross.actions import replay_job
from tests.guarded import Guarded

CALLS: dict[str, Guarded] = {
    "redcross.actions.replay_job": Guarded(
        "jobs.run", lambda _w, by: replay_job(by=by, task="people.find_duplicates")
    ),
}
