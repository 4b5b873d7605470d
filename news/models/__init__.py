"""Categories, tags, documents, posts with what belongs to their writing, pictures, videos."""

from news.models.albums import Album, AlbumPicture
from news.models.categories import Category
from news.models.comments import Comment
from news.models.documents import Document, DocumentFile, DocumentRelation, Topic
from news.models.editing import Autosave, Editing
from news.models.examples import Example, ExamplePicture
from news.models.oldsite import OldItem, OldPath, OldSite
from news.models.pictures import Picture, Rendition
from news.models.post_files import PostFile
from news.models.posts import OldAddress, Post
from news.models.reading import LeadStory, Reading
from news.models.revisions import Revision
from news.models.royalties import RoyaltyRate, RoyaltySheet
from news.models.sendings import Receipt, Sending, SendingEvent
from news.models.tags import Tag
from news.models.videos import Video

__all__ = [
    "Album",
    "AlbumPicture",
    "Autosave",
    "Category",
    "Comment",
    "Document",
    "DocumentFile",
    "DocumentRelation",
    "Editing",
    "Example",
    "ExamplePicture",
    "LeadStory",
    "OldAddress",
    "OldItem",
    "OldPath",
    "OldSite",
    "Picture",
    "Post",
    "PostFile",
    "Reading",
    "Receipt",
    "Rendition",
    "Revision",
    "RoyaltyRate",
    "RoyaltySheet",
    "Sending",
    "SendingEvent",
    "Tag",
    "Topic",
    "Video",
]
