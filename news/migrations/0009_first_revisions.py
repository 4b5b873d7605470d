"""Every post there is gets its present version as a revision; what is on the site counts as told of."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F
from django.utils import timezone

FIELDS = ("title", "slug", "summary", "body", "author_line")
RELATIONS = ("unit", "category", "cover", "video")


def keep(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    post, revision = apps.get_model("news", "Post"), apps.get_model("news", "Revision")
    post.objects.filter(state="published", publish_at__lte=timezone.now()).update(went_out_at=F("publish_at"))
    rows = (
        revision(
            post_id=one.pk,
            version=one.version,
            values={name: getattr(one, name) for name in FIELDS}
            | {name: getattr(one, f"{name}_id") for name in RELATIONS},
        )
        for one in post.objects.filter(revisions=None).iterator(500)
    )
    revision.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("news", "0008_post_workflow")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
