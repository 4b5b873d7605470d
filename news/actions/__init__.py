"""Every write of news."""

from news.actions.albums import edit_album, make_album, publish_album, take_down_album
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
    "edit_album",
    "edit_post",
    "link_video",
    "make_album",
    "make_rendition",
    "propose_post",
    "publish_album",
    "publish_post",
    "return_post",
    "take_down_album",
    "withdraw_post",
    "write_post",
]
