import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0001_first"),
        ("people", "0009_acts_wait_for_their_decision"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="unit_act",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.unitact",
                verbose_name="act on units",
            ),
        ),
        migrations.AddField(
            model_name="paperrecipient",
            name="received_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="received"),
        ),
        migrations.AddField(
            model_name="paperrecipient",
            name="received_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="received by",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperrecipient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("unit__isnull", False)),
                fields=("paper", "unit"),
                name="paper_once_to_a_unit",
            ),
        ),
    ]
