"""Tags of posts: named once, whatever the accents."""

import pytest

from foundation.refusal import Refused
from news import actions
from news.enums import TagKind
from news.models import Tag
from people.actors import system_actor
from tests.conftest import Cast
from tests.factories import news


def test_a_tag_is_one_whoever_types_it(cast: Cast) -> None:
    first = actions.add_tag(
        by=system_actor(), unit=cast.ward, name="  Tết   Nhân ái ", kind=TagKind.PROGRAMME
    )
    assert (first.name, first.get_absolute_url()) == ("Tết Nhân ái", "/tin-tuc/chuong-trinh/tet-nhan-ai/")
    assert actions.add_tag(by=system_actor(), unit=cast.ward, name="tet nhan ai") == first
    assert Tag.objects.count() == 1
    with pytest.raises(Refused):
        actions.add_tag(by=system_actor(), unit=cast.ward, name="!!!")


def test_a_post_gets_and_loses_tags_and_is_a_version_further(cast: Cast) -> None:
    words = [
        actions.add_tag(by=system_actor(), unit=cast.ward, name=name) for name in ("Hiến máu", "Thanh niên")
    ]
    post = news.post(cast.ward, tags=words[:1])
    assert list(post.tags.all()) == words[:1]
    post = actions.edit_post(by=system_actor(), post=post, version=1, values={"tags": words})
    assert (list(post.tags.all()), post.version) == (words, 2)
    post = actions.edit_post(by=system_actor(), post=post, version=2, values={"tags": words})
    assert post.version == 2
