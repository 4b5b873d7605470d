"""Every write of news."""

from news.actions.pictures import add_picture, describe_picture, make_rendition
from news.actions.posts import edit_post, write_post
from news.actions.publishing import propose_post, publish_post, return_post, withdraw_post
from news.actions.tags import add_tag
from news.actions.videos import add_video_file, link_video

__all__ = [
    "add_picture",
    "add_tag",
    "add_video_file",
    "describe_picture",
    "edit_post",
    "link_video",
    "make_rendition",
    "propose_post",
    "publish_post",
    "return_post",
    "withdraw_post",
    "write_post",
]
