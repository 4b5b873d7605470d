"""The register reads the people of a small unit by key from an index that holds name and order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_imports_are_tried_and_claimed")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(state="standing"),
                fields=["id"],
                include=["search_name", "sort_key"],
                name="person_standing",
            ),
        ),
    ]
