"""Stable codes of news."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PostState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("news", "draft")
    PROPOSED = "proposed", _("waiting for the publisher")
    RETURNED = "returned", _("returned for changes")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("taken down")


class Ground(models.TextChoices):
    """Why a picture may show people (Decree on personal data; four grounds, or nobody to be recognised)."""

    NO_PEOPLE = "no_people", _("Nobody in it can be recognised")
    PUBLIC_ACTIVITY = "public_activity", _("A public activity where notice of filming was given")
    CONSENT = "consent", _("The people shown have agreed")
    CHILD = "child", _("A child of 7 or over and the representative have agreed")
    OTHER = "other", _("Another ground, stated below")


class Format(models.TextChoices):
    AVIF = "avif", "AVIF"
    WEBP = "webp", "WebP"
    JPEG = "jpeg", "JPEG"


class RenditionState(models.TextChoices):
    DUE = "due", pgettext_lazy("news", "due")
    CLAIMED = "claimed", _("being made")
    DONE = "done", _("done")
    FAILED = "failed", pgettext_lazy("news", "failed")


class Provider(models.TextChoices):
    YOUTUBE = "youtube", "YouTube"
    FACEBOOK = "facebook", "Facebook"
    FILE = "file", _("own file")
