"""Stable codes of news."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PostState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("news", "draft")
    PROPOSED = "proposed", _("waiting for the publisher")
    RETURNED = "returned", _("returned for changes")
    APPROVED = "approved", pgettext_lazy("news", "approved, not published yet")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", pgettext_lazy("news", "archived")
    WITHDRAWN = "withdrawn", _("taken down")


class DocumentKind(models.TextChoices):
    """What kind of document stands in the library: instruments of the State, papers of the chapter."""

    LAW = "law", _("Law")
    ORDINANCE = "ordinance", _("Ordinance")
    RESOLUTION = "resolution", _("Resolution")
    DECREE = "decree", _("Decree")
    DECISION = "decision", pgettext_lazy("document", "Decision")
    DIRECTIVE = "directive", _("Directive")
    CIRCULAR = "circular", _("Circular")
    CHARTER = "charter", _("Charter")
    REGULATION = "regulation", _("Regulation")
    RULES = "rules", pgettext_lazy("document", "Rules")
    NOTICE = "notice", pgettext_lazy("document", "Notice")
    GUIDANCE = "guidance", _("Guidance")
    PROGRAMME = "programme", pgettext_lazy("document", "Programme")
    PLAN = "plan", pgettext_lazy("document", "Plan")
    SCHEME = "scheme", _("Scheme")
    CONCLUSION = "conclusion", _("Conclusion")
    REPORT = "report", pgettext_lazy("document", "Report")
    OFFICIAL_LETTER = "official_letter", _("Official letter")
    OTHER = "other", _("Other document")


class DocumentState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("document", "draft")
    PUBLISHED = "published", pgettext_lazy("document", "in the library")
    WITHDRAWN = "withdrawn", pgettext_lazy("document", "withdrawn")


class FileState(models.TextChoices):
    """Where a document's file stands: not read yet, read, without text (a scan), not to be opened."""

    WAITING = "waiting", _("waiting to be read")
    READ = "read", _("text read")
    NO_TEXT = "no_text", _("a scan without text")
    REFUSED = "refused", _("not safe, not shown")
    FAILED = "failed", _("could not be read")


class RelationKind(models.TextChoices):
    """What the newer document does to the older one."""

    REPLACES = "replaces", pgettext_lazy("document", "replaces")
    AMENDS = "amends", _("amends or supplements")
    REPEALS = "repeals", _("repeals")
    GUIDES = "guides", _("gives guidance on")
    RESTS_ON = "rests_on", _("rests on")


class Force(models.TextChoices):
    """Where a document stands on a day."""

    UNKNOWN = "unknown", _("in force or not is unknown")
    NOT_YET = "not_yet", _("not in force yet")
    IN_FORCE = "in_force", pgettext_lazy("document", "in force")
    AMENDED = "amended", _("in force, amended")
    ENDED = "ended", _("no longer in force")


class TagKind(models.TextChoices):
    WORD = "word", pgettext_lazy("news", "tag")
    PROGRAMME = "programme", pgettext_lazy("news", "programme")


class SendingState(models.TextChoices):
    SENT = "sent", pgettext_lazy("document", "sent")
    RECALLED = "recalled", _("recalled")


class SendingStep(models.TextChoices):
    SENT = "sent", pgettext_lazy("document", "sent")
    EXTENDED = "extended", _("given more time")
    REMINDED = "reminded", _("reminded of")
    RECALLED = "recalled", _("recalled")


# Readers can open these at their address; lists show only the published.
READABLE = (PostState.PUBLISHED, PostState.ARCHIVED)
# What was public, or is: only a publisher changes it.
PUBLIC_ONCE = (*READABLE, PostState.WITHDRAWN)


class ExampleKind(models.TextChoices):
    PERSON = "person", _("A person")
    GROUP = "group", _("A group")
    MODEL = "model", _("A way of working")


class ExampleState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("news", "draft")
    PROPOSED = "proposed", _("waiting for the level above")
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


class Licence(models.TextChoices):
    """On what terms the chapter may use a picture."""

    OWN = "own", _("Taken by the chapter")
    PERMITTED = "permitted", _("Used with the author's permission")
    CC_BY = "cc_by", "CC BY"
    CC_BY_SA = "cc_by_sa", "CC BY-SA"
    PUBLIC_DOMAIN = "public", _("Free for everybody")
    OTHER = "other", pgettext_lazy("licence", "Other terms")


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


class OldState(models.TextChoices):
    """An export of an old site on its way."""

    TRYING = "trying", _("being tried")
    TRIED = "tried", _("tried, waits for a decision")
    QUEUED = "queued", _("waits to be brought in")
    RUNNING = "running", _("being brought in")
    DONE = "done", pgettext_lazy("old site", "brought in")
    FAILED = "failed", pgettext_lazy("news", "failed")


class OldVerdict(models.TextChoices):
    """What becomes of an article of an old site."""

    NEW = "new", _("goes on the site")
    DRAFT = "draft", _("becomes a draft")
    SAME = "same", _("is there already")
    CANNOT = "cannot", _("cannot be brought in")


class Piece(models.TextChoices):
    """What royalties are paid for."""

    ARTICLE = "article", pgettext_lazy("royalties", "Article")
    NEWS = "news", pgettext_lazy("royalties", "Short news")
    PICTURE = "picture", pgettext_lazy("royalties", "Picture")
    VIDEO = "video", pgettext_lazy("royalties", "Video")
