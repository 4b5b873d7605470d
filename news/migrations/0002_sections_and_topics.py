"""The sections the newsroom and the topics the library begin with (daily work of the chapter)."""

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
TOPICS = (
    ("Tổ chức, cán bộ", "to-chuc-can-bo"),
    ("Hội viên, tình nguyện viên", "hoi-vien-tinh-nguyen-vien"),
    ("Hiến máu", "hien-mau"),
    ("Thi đua, khen thưởng", "thi-dua-khen-thuong"),
    ("Sơ cấp cứu, phòng ngừa thảm họa", "so-cap-cuu-phong-ngua-tham-hoa"),
    ("Công tác xã hội", "cong-tac-xa-hoi"),
    ("Đánh giá, thu nhập", "danh-gia-thu-nhap"),
    ("Tài chính, hội phí", "tai-chinh-hoi-phi"),
    ("Dữ liệu cá nhân", "du-lieu-ca-nhan"),
    ("Văn thư", "van-thu"),
)


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for model, rows in (("Category", CATEGORIES), ("Topic", TOPICS)):
        for number, (name, slug) in enumerate(rows, start=1):
            apps.get_model("news", model).objects.get_or_create(
                slug=slug, defaults={"name": name, "order": number * 10}
            )


class Migration(migrations.Migration):
    replaces = [("news", "0002_categories"), ("news", "0004_topics")]
    dependencies = [("news", "0001_tables")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
