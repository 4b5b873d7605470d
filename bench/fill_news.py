"""Fill the portal with the shared articles: `python bench/fill_news.py SIZE` after migrate; prints addresses.

Rows are written directly, published and with every rendition made, so that nothing waits in a queue while
the pages are timed.
"""

import datetime as dt
import io
import json
import sys
import tempfile
from pathlib import Path

import django


def main(size: int) -> None:
    """Found a unit, make the covers, publish so many articles; print where they are."""
    from django.db import transaction
    from django.utils import timezone

    from bench import content
    from ledger.enums import Via
    from news.enums import Ground, PostState
    from news.models import Category, Picture, Post
    from people.actions import found_unit
    from people.actors import system_actor
    from people.enums import UnitKind

    now = timezone.now()
    with transaction.atomic():
        unit = found_unit(
            by=system_actor(Via.COMMAND),
            code="MAU",
            kind=UnitKind.CITY,
            name="Hội mẫu",
            founded_on=now.date() - dt.timedelta(days=400),
            parent=None,
        )
        covers = []
        for number in range(content.COVERS):
            files = make_files(number)
            covers.append(
                Picture.objects.create(
                    unit=unit,
                    alt=f"Hình vẽ mẫu số {number + 1}: các vòng tròn màu",
                    ground=Ground.NO_PEOPLE,
                    **files,
                )
            )
        groups = {}
        for at, name in enumerate(content.CATEGORIES):
            groups[name], _ = Category.objects.get_or_create(name=name, defaults={"slug": f"loai-{at}"})
        paths = []
        for one in content.articles(size):
            post = Post(
                unit=unit,
                category=groups[one.category],
                title=one.title,
                slug=one.slug,
                summary=one.summary,
                body=one.body,
                author_line=one.author,
                cover=covers[one.cover],
                state=PostState.PUBLISHED,
                since_at=now,
                publish_at=now - dt.timedelta(days=1, hours=size - one.number),
            )
            post.full_clean(exclude=["search"])
            post.save()
            paths.append(post.get_absolute_url())
    print(json.dumps({"list": ["/tin-tuc/"], "article": paths}))


def make_files(number: int) -> dict[str, object]:
    """The master and all renditions of a cover in storage: what a Picture row says about them."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from bench import content
    from news.enums import Format
    from news.models.pictures import file_name
    from news.rules.pictures import clean_picture, render, widths_for

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cover.jpg"
        content.draw_cover(number, path)
        with path.open("rb") as file:
            master = clean_picture(file)
    sources: dict[str, str] = {}
    for kind in Format:
        sets = []
        for width in widths_for(master.width):
            name = file_name(master.digest, width, kind)
            default_storage.save(name, ContentFile(render(io.BytesIO(master.data), kind, width)))
            sets.append(f"{default_storage.url(name)} {width}w")
        sources[kind] = ", ".join(sets)
    sources["src"] = sources[Format.JPEG].split()[2]
    return {"digest": master.digest, "width": master.width, "height": master.height, "sources": sources}


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
