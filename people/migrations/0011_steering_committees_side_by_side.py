"""Steering committees of a unit stand side by side, each with its name."""

import django.contrib.postgres.constraints
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_indexes_that_are_read"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="body",
            name="body_one_of_a_kind_a_day",
        ),
        migrations.AlterField(
            model_name="body",
            name="kind",
            field=models.CharField(
                choices=[
                    ("executive", "executive committee"),
                    ("standing", "standing committee"),
                    ("presidium", "permanent members"),
                    ("inspection", "inspection committee"),
                    ("steering", "steering committee"),
                    ("award_council", "emulation and award council"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "steering"), _negated=True),
                expressions=[("unit", "="), ("kind", "="), ("term", "&&")],
                name="body_one_of_a_kind_a_day",
                violation_error_message="The unit has such a body in this term already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "steering")),
                expressions=[("unit", "="), ("name", "="), ("term", "&&")],
                name="body_one_steering_of_a_name_a_day",
                violation_error_message="The unit has such a body in this term already.",
            ),
        ),
    ]
