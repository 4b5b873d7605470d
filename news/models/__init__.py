"""Categories, tags, documents, posts, pictures, videos."""

from news.models.albums import Album, AlbumPicture
from news.models.categories import Category
from news.models.documents import Document, DocumentFile, DocumentRelation, Topic
from news.models.pictures import Picture, Rendition
from news.models.posts import OldAddress, Post
from news.models.sendings import Receipt, Sending, SendingEvent
from news.models.tags import Tag
from news.models.videos import Video

__all__ = [
    "Album",
    "AlbumPicture",
    "Category",
    "Document",
    "DocumentFile",
    "DocumentRelation",
    "OldAddress",
    "Picture",
    "Post",
    "Receipt",
    "Rendition",
    "Sending",
    "SendingEvent",
    "Tag",
    "Topic",
    "Video",
]
