"""How often posts are read, the lead story, and the words of posts as PostgreSQL searches them."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import news.models.vectors
from foundation.text import SearchText


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0009_first_revisions"),
        ("people", "0011_steering_committees_side_by_side"),
    ]

    operations = [
        migrations.CreateModel(
            name="LeadStory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chosen_at", models.DateTimeField(verbose_name="chosen at")),
                ("until_at", models.DateTimeField(verbose_name="leads until")),
            ],
            options={
                "verbose_name": "lead story",
                "verbose_name_plural": "lead stories",
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("count", models.PositiveIntegerField(verbose_name="times read")),
            ],
            options={
                "verbose_name": "reading",
                "verbose_name_plural": "readings",
            },
        ),
        migrations.AddField(
            model_name="post",
            name="heading",
            field=news.models.vectors.VectorField(
                db_persist=True,
                expression=news.models.vectors.Both(
                    news.models.vectors.Weighed(
                        news.models.vectors.Lexemes(SearchText(models.F("title"))),
                        models.Value("A"),
                    ),
                    news.models.vectors.Weighed(
                        news.models.vectors.Lexemes(SearchText(models.F("summary"))),
                        models.Value("B"),
                    ),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="words",
            field=news.models.vectors.VectorField(
                db_persist=True,
                expression=news.models.vectors.Lexemes(
                    SearchText(
                        django.db.models.functions.text.Concat(
                            models.F("title"),
                            models.Value(" "),
                            models.F("summary"),
                            models.Value(" "),
                            models.F("author_line"),
                            models.Value(" "),
                            news.models.vectors.Plain(models.F("body")),
                            output_field=models.TextField(),
                        )
                    )
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="post_words"),
        ),
        migrations.AddField(
            model_name="leadstory",
            name="post",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lead",
                to="news.post",
                verbose_name="post",
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="readings",
                to="news.post",
                verbose_name="post",
            ),
        ),
        migrations.AddConstraint(
            model_name="leadstory",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_at__gt", models.F("chosen_at"))), name="leadstory_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(fields=("on", "post"), name="reading_once_a_day"),
        ),
    ]
