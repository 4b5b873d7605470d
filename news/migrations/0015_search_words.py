"""Words of title and summary are looked for by themselves; the words of all lose their places."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
from django.db import migrations, models

import news.models.vectors
from foundation.text import SearchText


class Migration(migrations.Migration):
    dependencies = [("news", "0014_updated_mark")]

    operations = [
        migrations.AddIndex(
            model_name="post",
            index=django.contrib.postgres.indexes.GinIndex(fields=["heading"], name="post_heading"),
        ),
        migrations.RemoveIndex(model_name="post", name="post_words"),
        migrations.RemoveField(model_name="post", name="words"),
        migrations.AddField(
            model_name="post",
            name="words",
            field=news.models.vectors.VectorField(
                db_persist=True,
                expression=news.models.vectors.Bare(
                    news.models.vectors.Lexemes(
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
                    )
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="post_words"),
        ),
    ]
