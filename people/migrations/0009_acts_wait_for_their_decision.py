import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_username_unique"),
        ("people", "0008_register_reads_small_units_from_an_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="unitact",
            name="is_outside",
            field=models.BooleanField(default=True, verbose_name="decided outside the portal"),
        ),
        migrations.AddField(
            model_name="unitact",
            name="issuer",
            field=models.CharField(blank=True, max_length=200, verbose_name="who decided"),
        ),
        migrations.AddField(
            model_name="unitact",
            name="issuing_unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.unit",
                verbose_name="unit whose paper decides",
            ),
        ),
        migrations.AlterField(
            model_name="unitact",
            name="decided_on",
            field=models.DateField(blank=True, null=True, verbose_name="decided on"),
        ),
        migrations.AlterField(
            model_name="unitact",
            name="decision_number",
            field=models.CharField(blank=True, max_length=60, verbose_name="decision number"),
        ),
        migrations.AlterField(
            model_name="unitact",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("awaiting", "waits for its decision"),
                    ("waiting", "waits for its day"),
                    ("done", "in effect"),
                    ("cancelled", "cancelled"),
                ],
                default="draft",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["waiting", "done"]), _negated=True),
                    models.Q(models.Q(("decision_number", ""), _negated=True), ("decided_on__isnull", False)),
                    _connector="OR",
                ),
                name="unitact_no_effect_without_decision",
            ),
        ),
    ]
