"""Operations taken together make the same tables and the same history as one after the other."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from foundation.migrating import Together


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith("house_")}


@pytest.mark.django_db
def test_tables_that_name_each_other_are_made_and_taken_away() -> None:
    key = models.BigAutoField(primary_key=True)
    rooms = migrations.CreateModel(
        "Room",
        [("id", key), ("door", models.ForeignKey("house.Door", models.CASCADE))],
        options={"constraints": [models.UniqueConstraint(fields=["door"], name="room_once")]},
    )
    doors = migrations.CreateModel("Door", [("id", key)])
    made = Together([rooms, doors])
    before, after = ProjectState(), ProjectState()
    assert before.apps.get_models() == []  # drawn, as Django draws it before the first migration
    after = before.clone()
    made.state_forwards("house", after)

    with connection.schema_editor() as editor:
        made.database_forwards("house", editor, before, after)
    assert tables() == {"house_room", "house_door"}
    room, door = after.apps.get_model("house", "Room"), after.apps.get_model("house", "Door")
    assert room.objects.create(door=door.objects.create()).door.pk == door.objects.get().pk
    with connection.cursor() as cursor:
        assert "room_once" in connection.introspection.get_constraints(cursor, "house_room")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with connection.schema_editor() as editor:
        made.database_backwards("house", editor, after, before)
    assert tables() == set()


def test_it_is_written_into_a_migration_as_it_was() -> None:
    name, arguments, named = Together([migrations.DeleteModel("Room")]).deconstruct()
    again = Together(*arguments, **named)
    assert name == "Together"
    assert [one.deconstruct() for one in again.operations] == [("DeleteModel", [], {"name": "Room"})]
    assert "1" in again.describe()
