"""Fill the portal with the shared articles: `python -m bench.fill_news SIZE` after migrate; prints addresses.

Through the portal's own actions, as an editor works, with every rendition made before anything is timed;
from number 31 on the rows that those actions leave in the table of posts, written together.
"""

import datetime as dt
import io
import json
import sys
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from bench.content import Article
    from ledger.actor import Actor
    from news.models import Category, Picture, Post
    from people.models import Unit

BY_ACTIONS = 30


def main(size: int) -> None:
    """Found a unit, take the covers, publish so many articles; print where they are as JSON."""
    from django.db import connection
    from django.utils import timezone

    from bench import content
    from ledger.enums import Via
    from news.actions import publish_post, write_post
    from news.models import Category, Post
    from people.actions import found_unit
    from people.actors import system_actor
    from people.enums import UnitKind

    now = timezone.now()
    by = system_actor(Via.COMMAND)
    founded_on = now.date() - dt.timedelta(days=400)
    unit = found_unit(
        by=by, code="MAU", kind=UnitKind.CITY, name="Hội mẫu", founded_on=founded_on, parent=None
    )
    covers = [take_cover(by, unit, number) for number in range(content.COVERS)]
    groups = {}
    for at, name in enumerate(content.CATEGORIES):
        groups[name], _ = Category.objects.get_or_create(name=name, defaults={"slug": f"loai-{at}"})
    articles = content.articles(size)
    published_at = {one.number: now - dt.timedelta(days=1, hours=size - one.number) for one in articles}
    for one in articles[:BY_ACTIONS]:
        values = {
            "title": one.title,
            "slug": one.slug,
            "summary": one.summary,
            "body": one.body,
            "author_line": one.author,
            "category": groups[one.category],
            "cover": covers[one.cover],
        }
        post = write_post(by=by, unit=unit, values=values)
        publish_post(by=by, post=post, version=post.version, at=published_at[one.number])
    more = articles[BY_ACTIONS:]
    Post.objects.bulk_create(
        (row(one, unit, groups[one.category], covers[one.cover], published_at[one.number]) for one in more),
        batch_size=500,
    )
    paths = [f"/tin-tuc/{one.slug}/" for one in articles]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    found = [content.search_path(words) for words in content.SEARCHES]
    print(json.dumps({"home": ["/"], "list": ["/tin-tuc/"], "article": paths, "search": found}))


def row(one: "Article", unit: "Unit", category: "Category", cover: "Picture", at: dt.datetime) -> "Post":
    """A published post as the actions write it."""
    from news.enums import PostState
    from news.models import Post
    from news.rules.body import clean_body

    post = Post(
        unit=unit,
        category=category,
        title=one.title,
        slug=one.slug,
        summary=one.summary,
        body=clean_body(one.body),
        author_line=one.author,
        cover=cover,
        state=PostState.PUBLISHED,
        since_at=at,
        publish_at=at,
        went_out_at=at,
    )
    post.clean()
    return post


def take_cover(by: "Actor", unit: "Unit", number: int) -> "Picture":
    """A cover with all its renditions made."""
    from bench import content
    from news.actions import add_picture, make_rendition
    from news.enums import Ground

    file = io.BytesIO()
    content.draw_cover(number, file)
    about = {"alt": f"Hình vẽ mẫu số {number + 1}: các vòng tròn màu", "ground": Ground.NO_PEOPLE}
    size = file.tell()
    file.seek(0)
    picture = add_picture(by=by, unit=unit, file=file, size=size, about=about)
    for rendition in picture.renditions.all():
        if not make_rendition(by=by, pk=rendition.pk):
            raise SystemExit(f"rendition {rendition} was not made")
    return picture


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
