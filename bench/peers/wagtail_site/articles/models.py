"""A plain Wagtail news site: a list page, article pages, a category snippet."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.models import register_snippet

PER_PAGE = 12


@register_snippet
class Category(models.Model):
    """What an article is about."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(unique=True)

    def __str__(self) -> str:
        """The category's name."""
        return self.name


class HomePage(Page):
    """The ten newest articles, then three of each category."""

    subpage_types = ["articles.ListPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page's context, covers fetched ahead as Wagtail advises; the category in one query each."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        rows = ArticlePage.objects.live().select_related("cover", "category").order_by("-shown_at")
        rows = rows.prefetch_related("cover__renditions")
        context["newest"] = rows[:10]
        context["sections"] = [(one.name, rows.filter(category=one)[:3]) for one in Category.objects.all()]
        return context


class ListPage(Page):
    """The articles, newest first, twelve a page."""

    subpage_types = ["articles.ArticlePage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page's context with `articles`, one page of them, covers fetched ahead as Wagtail advises."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        rows = (
            ArticlePage.objects.live()
            .child_of(self)
            .select_related("cover", "category")
            .prefetch_related("cover__renditions")
            .order_by("-shown_at")
        )
        context["articles"] = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        return context


class ArticlePage(Page):
    """One article."""

    summary = models.CharField(max_length=300)
    body = RichTextField()
    cover = models.ForeignKey(get_image_model_string(), on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="articles")
    author = models.CharField(max_length=120)
    shown_at = models.DateTimeField(db_index=True)

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("cover"),
        FieldPanel("category"),
        FieldPanel("author"),
        FieldPanel("shown_at"),
    ]
    parent_page_types = ["articles.ListPage"]
