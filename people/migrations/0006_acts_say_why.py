"""An act whose day came and that could not be carried out says why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_bodies_do_not_overlap")]

    operations = [
        migrations.AddField(
            "unitact",
            "failure",
            models.TextField(blank=True, verbose_name="why it is not in effect"),
        ),
        migrations.AddField(
            "unitact",
            "tried_at",
            models.DateTimeField(blank=True, null=True, verbose_name="last tried"),
        ),
    ]
