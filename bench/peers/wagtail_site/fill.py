"""Fill the peer with the shared articles: `python fill.py SIZE`, after migrate; prints addresses as JSON."""

import datetime as dt
import io
import json
import os
import sys
from pathlib import Path

import django

HERE = Path(__file__).resolve().parent


def main(size: int) -> None:
    """Publish so many articles under /tin-tuc/ and make every rendition by reading the pages once."""
    from articles.models import ArticlePage, Category, HomePage, ListPage
    from django.core.files.images import ImageFile
    from django.db import connection
    from django.test import Client
    from django.utils import timezone
    from wagtail.images import get_image_model
    from wagtail.models import Page, Site

    from bench import content

    root = Page.get_first_root_node()
    if root is None:
        raise SystemExit("the peer's database is not migrated")
    for old in root.get_children():
        old.delete()
    home = root.add_child(instance=HomePage(title="Trang mẫu", slug="home"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Trang mẫu")
    shelf = home.add_child(instance=ListPage(title="Tin tức", slug="tin-tuc"))
    covers = []
    for number in range(content.COVERS):
        file = io.BytesIO()
        content.draw_cover(number, file)
        picture = get_image_model()(title=f"Hình {number}", file=ImageFile(file, name=f"cover-{number}.jpg"))
        picture.description = f"Hình vẽ mẫu số {number + 1}: các vòng tròn màu"
        picture.save()
        covers.append(picture)
    groups = {
        name: Category.objects.create(name=name, slug=f"loai-{at}")
        for at, name in enumerate(content.CATEGORIES)
    }
    newest = timezone.now() - dt.timedelta(days=1)
    paths = []
    for one in content.articles(size):
        page = ArticlePage(
            title=one.title,
            slug=one.slug,
            summary=one.summary,
            body=one.body,
            cover=covers[one.cover],
            category=groups[one.category],
            author=one.author,
            shown_at=newest - dt.timedelta(hours=size - one.number),
        )
        shelf.add_child(instance=page)
        paths.append(f"/tin-tuc/{one.slug}/")
    client = Client(headers={"host": "localhost"})
    for path in ("/", "/tin-tuc/", *paths[: 4 * content.COVERS]):
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    found = [content.search_path(words) for words in content.SEARCHES]
    print(json.dumps({"home": ["/"], "list": ["/tin-tuc/"], "article": paths, "search": found}))


if __name__ == "__main__":
    sys.path[:0] = [str(HERE), str(HERE.parent.parent.parent)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")
    django.setup()
    main(int(sys.argv[1]))
