"""The topics the library begins with."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

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
    topic = apps.get_model("news", "Topic")
    for number, (name, slug) in enumerate(TOPICS, start=1):
        topic.objects.get_or_create(slug=slug, defaults={"name": name, "order": number * 10})


class Migration(migrations.Migration):
    dependencies = [("news", "0003_documents")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
