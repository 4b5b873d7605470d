"""The sections the newsroom begins with (daily work of the chapter)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CATEGORIES = (
    ("Thông báo", "thong-bao"),
    ("Hiến máu", "hien-mau"),
    ("Hội viên", "hoi-vien"),
    ("Sơ cấp cứu", "so-cap-cuu"),
    ("Phòng ngừa thảm họa", "phong-ngua-tham-hoa"),
    ("Địa chỉ nhân đạo", "dia-chi-nhan-dao"),
    ("Tết Nhân ái", "tet-nhan-ai"),
    ("Học kỳ Nhân đạo", "hoc-ky-nhan-dao"),
    ("Khen thưởng", "khen-thuong"),
    ("Nội bộ", "noi-bo"),
)


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    category = apps.get_model("news", "Category")
    for number, (name, slug) in enumerate(CATEGORIES, start=1):
        category.objects.get_or_create(slug=slug, defaults={"name": name, "order": number * 10})


class Migration(migrations.Migration):
    dependencies = [("news", "0001_first")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
