"""Beat's own memory of what ran when: a file that a killed beat may leave torn, and starts anew then."""

import pickle
from typing import Any

from celery.beat import PersistentScheduler

TORN = (
    EOFError,
    pickle.UnpicklingError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    ImportError,
    OSError,
)


class Scheduler(PersistentScheduler):
    """Celery's scheduler, which else stops at every start when its file ends in the middle.

    Nothing is lost with the file: what is due stands in rows of the database.
    """

    def _open_schedule(self) -> Any:
        store = super()._open_schedule()  # type: ignore[misc]
        try:
            for name in store:
                store[name]
        except TORN:
            store.dict.close()
            self._remove_db()  # type: ignore[attr-defined]
            store = super()._open_schedule()  # type: ignore[misc]
        return store
