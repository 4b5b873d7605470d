"""An import is tried in the background, claimed by a token, and knows its header and consents."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_acts_say_why")]

    operations = [
        migrations.AddField("importbatch", "header_height", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("importbatch", "headers", models.JSONField(default=list, verbose_name="headers")),
        migrations.AddField(
            "importbatch",
            "consents",
            models.JSONField(blank=True, default=dict, verbose_name="consents given"),
        ),
        migrations.AddField(
            "importbatch",
            "fixes_names",
            models.BooleanField(default=True, verbose_name="with proper capitals"),
        ),
        migrations.AddField(
            "importbatch",
            "takes_elsewhere",
            models.BooleanField(default=True, verbose_name="with those perhaps entered elsewhere"),
        ),
        migrations.AddField(
            "importbatch",
            "notices",
            models.JSONField(blank=True, default=list, verbose_name="what was odd in the file"),
        ),
        migrations.AddField("importbatch", "claim", models.UUIDField(editable=False, null=True)),
        migrations.AddIndex(
            "importbatch", models.Index(fields=["unit", "-created_at"], name="importbatch_by_unit")
        ),
        migrations.AlterField(
            "importbatch",
            "state",
            models.CharField(
                choices=[
                    ("read", "read, columns to check"),
                    ("trying", "being tried dry"),
                    ("tried", "tried dry"),
                    ("queued", "waiting to be written"),
                    ("running", "being written"),
                    ("done", "written"),
                    ("failed", "failed, nothing written"),
                    ("cancelled", "cancelled"),
                ],
                default="read",
                max_length=10,
                verbose_name="state",
            ),
        ),
    ]
