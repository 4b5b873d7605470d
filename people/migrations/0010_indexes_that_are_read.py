"""Only indexes that a query reads: none twice under two constraints, none of rows that hold nothing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_acts_wait_for_their_decision"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="belonging",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="belongings",
                to="people.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AlterField(
            model_name="identitynumber",
            name="digest",
            field=models.CharField(editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name="identitynumber",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="identity_numbers",
                to="people.person",
                verbose_name="person",
            ),
        ),
        migrations.AlterField(
            model_name="identitynumber",
            name="tail_digest",
            field=models.CharField(editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="batch",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="people.importbatch",
                verbose_name="import",
            ),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="person",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.person",
                verbose_name="person",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="address_unit",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.unit",
                verbose_name="commune",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="absorbed",
                to="people.person",
                verbose_name="merged into",
            ),
        ),
        migrations.AlterField(
            model_name="phone",
            name="number",
            field=models.CharField(max_length=16, verbose_name="number"),
        ),
        migrations.AlterField(
            model_name="phone",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="phones",
                to="people.person",
                verbose_name="person",
            ),
        ),
        migrations.AddIndex(
            model_name="identitynumber",
            index=models.Index(fields=["digest"], name="identitynumber_whole"),
        ),
        migrations.AddIndex(
            model_name="identitynumber",
            index=models.Index(fields=["tail_digest"], name="identitynumber_tail"),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                condition=models.Q(("person__isnull", False)), fields=["person"], name="importrow_person"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("address_unit__isnull", False)),
                fields=["address_unit"],
                name="person_address_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="person_merged",
            ),
        ),
        migrations.AddIndex(
            model_name="phone",
            index=models.Index(fields=["number"], name="phone_by_number", opclasses=["varchar_pattern_ops"]),
        ),
    ]
