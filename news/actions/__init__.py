"""Every write of news."""

from news.actions.albums import edit_album, make_album, publish_album, take_down_album
from news.actions.comments import comment_on_post, settle_comment
from news.actions.editing import drop_typing, hold_post, keep_typing, let_go_of_post
from news.actions.leads import choose_lead, end_lead
from news.actions.oldsite import start_old_site, take_in_old_site, work_old_site
from news.actions.pictures import add_picture, describe_picture, make_rendition
from news.actions.post_files import add_post_file, remove_post_file
from news.actions.posts import edit_post, write_post
from news.actions.publishing import (
    approve_post,
    archive_post,
    correct_post,
    propose_post,
    publish_post,
    return_post,
    send_out_posts,
    unarchive_post,
    withdraw_post,
)
from news.actions.revisions import restore_revision
from news.actions.tags import add_tag
from news.actions.tips import send_tip
from news.actions.videos import add_video_file, describe_video, link_video
from news.actions.withdrawing import delete_picture, sweep_picture, withdraw_picture, withdraw_video

__all__ = [
    "add_picture",
    "add_post_file",
    "add_tag",
    "add_video_file",
    "approve_post",
    "archive_post",
    "choose_lead",
    "comment_on_post",
    "correct_post",
    "delete_picture",
    "describe_picture",
    "describe_video",
    "drop_typing",
    "edit_album",
    "edit_post",
    "end_lead",
    "hold_post",
    "keep_typing",
    "let_go_of_post",
    "link_video",
    "make_album",
    "make_rendition",
    "propose_post",
    "publish_album",
    "publish_post",
    "remove_post_file",
    "restore_revision",
    "return_post",
    "send_out_posts",
    "send_tip",
    "settle_comment",
    "start_old_site",
    "sweep_picture",
    "take_down_album",
    "take_in_old_site",
    "unarchive_post",
    "withdraw_picture",
    "withdraw_post",
    "withdraw_video",
    "work_old_site",
    "write_post",
]
