"""One body of a kind in a unit at a time, one seat a person in it; how a seat was taken and ended."""

import django.db.models.deletion
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_exports_are_made_in_background")]

    operations = [
        migrations.AddField(
            "body",
            "approval",
            models.OneToOneField(
                "people.approval",
                on_delete=django.db.models.deletion.PROTECT,
                null=True,
                blank=True,
                verbose_name="recognition asked",
            ),
        ),
        migrations.AddField(
            "seat",
            "ended_number",
            models.CharField(blank=True, max_length=60, verbose_name="decision that ended it"),
        ),
        migrations.AddField(
            "seat",
            "ended_reason",
            models.CharField(blank=True, max_length=300, verbose_name="why it ended"),
        ),
        migrations.AddField(
            "seat", "is_by_election", models.BooleanField(default=False, verbose_name="elected in addition")
        ),
        migrations.AddConstraint(
            "body",
            ExclusionConstraint(
                name="body_one_of_a_kind_a_day",
                expressions=[("unit", "="), ("kind", "="), ("term", "&&")],
                violation_error_message="The unit has such a body in this term already.",
            ),
        ),
        migrations.AddConstraint(
            "seat",
            ExclusionConstraint(
                name="seat_one_a_person_a_day",
                expressions=[("body", "="), ("person", "="), ("during", "&&")],
                violation_error_message="This person sits in the body in this period already.",
            ),
        ),
    ]
