"""Beat starts again whatever a killed one left of its file."""

import dbm.dumb
import shelve
from pathlib import Path

import pytest

from redcross.beat import Scheduler
from redcross.celery import app


@pytest.mark.parametrize("torn", [b"", b"\x80\x04\x95", b"no pickle at all"])
def test_a_torn_file_is_begun_anew(tmp_path: Path, torn: bytes) -> None:
    path = str(tmp_path / "beat-schedule")
    with dbm.dumb.open(path) as left:
        left[b"entries"] = torn
    beat = Scheduler(app=app, schedule_filename=path)
    assert set(beat.schedule) >= set(app.conf.beat_schedule)
    beat.close()
    with shelve.open(path) as kept:
        assert set(kept["entries"]) >= set(app.conf.beat_schedule)
