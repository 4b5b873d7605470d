"""Words of title and summary are looked for by themselves."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("news", "0013_old_site_and_royalties")]

    operations = [
        migrations.AddIndex(
            model_name="post",
            index=django.contrib.postgres.indexes.GinIndex(fields=["heading"], name="post_heading"),
        ),
    ]
