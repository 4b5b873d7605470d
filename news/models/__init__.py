"""Categories, posts, pictures, videos."""

from news.models.categories import Category
from news.models.pictures import Picture, Rendition
from news.models.posts import OldAddress, Post
from news.models.videos import Video

__all__ = ["Category", "OldAddress", "Picture", "Post", "Rendition", "Video"]
