"""The register reads who belongs to a subtree from the index alone, and knows how frequent a name is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_acts_name_new_units")]

    operations = [
        migrations.RemoveIndex(model_name="belonging", name="belonging_by_unit"),
        migrations.AddIndex(
            model_name="belonging",
            index=models.Index(fields=["unit", "kind", "person"], include=["during"], name="belonging_place"),
        ),
        migrations.RunSQL(
            "ALTER TABLE people_person ALTER search_name SET STATISTICS 1000",
            "ALTER TABLE people_person ALTER search_name SET STATISTICS -1",
        ),
    ]
