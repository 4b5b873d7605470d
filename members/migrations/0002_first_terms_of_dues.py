"""The first rate and shares of dues, from tables/dues.toml: historical and unconfirmed."""

from datetime import date
from importlib.resources import files
from tomllib import loads

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.psycopg_any import DateRange


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for entry in loads((files("members") / "tables" / "dues.toml").read_text("utf-8"))["entry"]:
        first: date = entry["effective_from"]
        common = {
            "during": DateRange(first, None),
            "decision": entry["citation"],
            "confirmed": entry["confirmed"],
        }
        values = entry["values"]
        for kind, monthly in values["monthly"].items():
            apps.get_model("members", "DuesRate").objects.create(kind=kind, monthly=monthly, **common)
        apps.get_model("members", "DuesShares").objects.create(
            branch=values["branch_percent"],
            base=values["base_percent"],
            upper=values["upper_percent"],
            **common,
        )


class Migration(migrations.Migration):
    replaces = [("members", "0003_first_dues_terms")]
    dependencies = [("members", "0001_tables")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
