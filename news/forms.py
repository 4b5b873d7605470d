"""Request text becomes values: the editor's page, and the pages that ask before something happens."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.actor import Actor
from news.choosing import OtherPicture, ground_field, proof_field, representative_proof_field
from news.enums import TagKind
from news.models import Category, Picture, Post, Tag, Video
from news.queries import units_to_write_for
from news.rules.publishing import CoverFacts, missing_proof
from people.permissions import may

TOO_LARGE = _("The file is too large; it was not kept. Choose a smaller one.")


def tell_oversize(request: HttpRequest, form: forms.Form, *names: str, sentence: str = "") -> None:
    """Say it at the fields whose file was too large to reach the disk (redcross.uploads), and only that."""
    for name in names:
        if name in getattr(request, "rc_oversize", ()):
            form.errors.pop(name, None)  # "is required" would be wrong: it was chosen
            form.add_error(name, sentence or TOO_LARGE)


class PostForm(forms.Form):
    """Words, place and video of a post. The cover has its own form beside this one."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("What happened, in one line. The address of the page follows from it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=500,
        required=False,
        help_text=_("Two sentences, shown in lists and when the post is shared."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body = forms.CharField(
        label=_("Text"),
        required=False,
        help_text=_("Text pasted from Word is cleaned. An empty line begins a new paragraph."),
        widget=forms.Textarea(attrs={"rows": 18, "data-rc-editor": ""}),
    )
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none())
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Category.objects.none())
    programme = forms.ModelChoiceField(
        label=pgettext_lazy("news", "Programme"),
        queryset=Tag.objects.none(),
        required=False,
        empty_label=_("No programme"),
        help_text=_("The post stands on the page of the programme too."),
    )
    new_programme = forms.CharField(
        label=_("Or a new programme"),
        max_length=80,
        required=False,
        help_text=_("It gets a page of its own. Only publishers add programmes."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    tags = forms.CharField(
        label=pgettext_lazy("news", "Tags"),
        max_length=300,
        required=False,
        help_text=_("Divided by commas, for example “người cao tuổi, sơ cấp cứu”."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "rc-tags"}),
    )
    author_line = forms.CharField(
        label=_("Author line"),
        max_length=120,
        required=False,
        help_text=_("As it shall stand under the post, for example “Ban Truyền thông”."),
    )
    slug = forms.CharField(
        label=_("Address of the page"),
        max_length=200,
        required=False,
        help_text=_(
            "Leave empty to follow the title. When it changes, the old address leads to the new one."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    is_minor = forms.BooleanField(
        label=_("Only spelling or layout: readers are not told of an update"), required=False
    )
    video_link = forms.CharField(
        label=_("Video on YouTube or Facebook"),
        max_length=500,
        required=False,
        help_text=_("Paste the address of the video. Readers load it only when they press play."),
        widget=forms.URLInput(attrs={"placeholder": "https://www.youtube.com/watch?v=…"}),
    )
    video_file = forms.FileField(
        label=_("Or an own video"),
        required=False,
        help_text=_(".mp4 up to 200 MB."),
        widget=forms.FileInput(attrs={"accept": "video/mp4", "data-rc-largest": "200"}),
    )
    drop_video = forms.BooleanField(label=_("Take the video off this post"), required=False)

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.all()  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units_to_write_for(by)  # type: ignore[attr-defined]
        programmes = Tag.objects.filter(kind=TagKind.PROGRAMME)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        if not may(by, "news.publish"):
            del self.fields["new_programme"]

    def values(self) -> dict[str, Any]:
        """What actions are told, without cover, video and tags (which actions of their own take in)."""
        names = ("title", "summary", "body", "category", "unit", "author_line", "slug")
        return {name: self.cleaned_data[name] for name in names}


class CoverForm(forms.Form):
    """The cover: another picture of the library, a new file, or the description of the one that stands."""

    chosen = OtherPicture(
        label=_("A picture of the library"),
        help_text=_("Its description, focal point and ground come with it."),
    )

    file = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG or WebP, up to 20 MB. Place and camera data in the file are removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "data-rc-largest": "20"}),
    )
    alt = forms.CharField(
        label=_("Description for those who cannot see it"),
        max_length=300,
        required=False,
        help_text=_("What the picture shows, in one sentence."),
    )
    caption = forms.CharField(label=_("Caption"), max_length=300, required=False)
    credit = forms.CharField(label=_("Credit"), max_length=120, required=False)
    ground = ground_field()
    proof = proof_field()
    representative_proof = representative_proof_field()
    focal_x = forms.IntegerField(
        label=_("Focal point, percent from the left"), min_value=0, max_value=100, initial=50, required=False
    )
    focal_y = forms.IntegerField(
        label=_("Focal point, percent from the top"), min_value=0, max_value=100, initial=50, required=False
    )
    drop = forms.BooleanField(label=_("Take the picture off this post"), required=False)

    def __init__(
        self,
        *args: Any,
        has_cover: bool = False,
        pictures: QuerySet[Picture] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.has_cover = has_cover
        if pictures is not None:
            self.fields["chosen"].queryset = pictures  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("chosen") and not values.get("file"):
            return values
        for name in ("focal_x", "focal_y"):
            if values.get(name) is None and name not in self.errors:
                values[name] = 50
        is_wanted = (self.has_cover or values.get("file")) and not values.get("drop")
        if is_wanted and not values.get("alt"):
            self.add_error("alt", _("Describe the picture for those who cannot see it."))
        return values


class BoxPictureForm(CoverForm):
    """A picture for the text: a file and its description, nothing to drop or to focus."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("chosen", "focal_x", "focal_y", "drop"):
            del self.fields[name]
        self.fields["file"].required = True

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if not values.get("alt"):
            self.add_error("alt", _("Describe the picture for those who cannot see it."))
        return values


class BoxVideoForm(forms.Form):
    """A video for the text: an address."""

    video_link = forms.CharField(
        label=_("Video on YouTube or Facebook"),
        max_length=500,
        help_text=_("Paste the address of the video. Readers load it only when they press play."),
        widget=forms.URLInput(attrs={"placeholder": "https://www.youtube.com/watch?v=…"}),
    )


class BoxFileForm(forms.Form):
    """A file for the text, and what readers are told it is."""

    file = forms.FileField(
        label=pgettext_lazy("news", "File"),
        help_text=_("PDF, Word (.docx) or Excel (.xlsx) up to 20 MB, without macros or scripts."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx", "data-rc-largest": "20"}),
    )
    title = forms.CharField(
        label=_("What the file is"),
        max_length=200,
        required=False,
        help_text=_(
            "Shown to readers, for example “Mẫu đăng ký hiến máu”. Leave empty to take the file's name."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CommentForm(forms.Form):
    """What somebody in the newsroom says about a post."""

    text = forms.CharField(
        label=pgettext_lazy("news", "Comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    quote = forms.CharField(
        label=_("About these words of the post"),
        max_length=300,
        required=False,
        help_text=_("Copied from the text, so that the writer finds the place."),
    )


class CorrectionForm(forms.Form):
    """A correction readers see."""

    text = forms.CharField(
        label=pgettext_lazy("news", "Correction"),
        max_length=1000,
        help_text=_("What was wrong and what is right, for example “Số túi máu là 132, không phải 123.”"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ArchiveForm(forms.Form):
    """Why a post goes into the archive, if there is something to say."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ManyFiles(forms.FileInput):
    """A file input for several; the field checks the first, the view takes all."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.get(name)


class TipForm(forms.Form):
    """A report from a phone: what happened, in a few sentences; the pictures have one ground."""

    title = forms.CharField(
        label=pgettext_lazy("news", "What happened"),
        max_length=200,
        help_text=_("One line, for example “Phường Mẫu 1 tặng 50 phần quà”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("Three sentences"),
        max_length=5000,
        help_text=_("Who, what, where, how many. The city's editors do the rest."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none())
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Category.objects.none())
    photos = forms.FileField(
        label=_("Pictures"),
        required=False,
        help_text=_("Up to five. They are sent one by one; what was sent stays when the line breaks."),
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    ground = ground_field()
    proof = proof_field()
    representative_proof = representative_proof_field()
    credit = forms.CharField(label=_("Who took the pictures"), max_length=120, required=False)

    def __init__(self, by: Actor, *args: Any, has_pictures: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_pictures = has_pictures
        self.fields["category"].queryset = Category.objects.all()  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units_to_write_for(by)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if self.has_pictures:
            facts = CoverFacts(
                "-", values.get("ground", ""), values.get("proof", ""), values.get("representative_proof", "")
            )
            for reason in missing_proof(facts):
                self.add_error(reason.field, str(reason.text))
        return values

    def about(self) -> dict[str, Any]:
        """What is known of every picture of the report."""
        return {
            n: self.cleaned_data.get(n, "") for n in ("ground", "proof", "representative_proof", "credit")
        }


class VersionForm(forms.Form):
    """The version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PublishForm(forms.Form):
    """When the post appears."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    at = forms.DateTimeField(
        label=_("Appears at"),
        required=False,
        help_text=_("Leave empty to publish now. Vietnam time."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class LeadForm(forms.Form):
    """Until when a story leads the home page."""

    until = forms.DateTimeField(
        label=_("Leads until"),
        help_text=_("At most 14 days. Vietnam time."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class ReasonForm(forms.Form):
    """Why a post goes back or comes down."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def initial_of(post: Post) -> dict[str, Any]:
    """What the editor's page shows of a post at first."""
    video = post.video
    tags = list(post.tags.all())
    programme = next((tag for tag in tags if tag.kind == TagKind.PROGRAMME), None)
    return {
        "version": post.version,
        "title": post.title,
        "summary": post.summary,
        "body": post.body,
        "category": post.category_id,
        "unit": post.unit_id,
        "author_line": post.author_line,
        "slug": post.slug,
        # One programme is chosen in its own field; more of them stay among the tags.
        "programme": programme.pk if programme else None,
        "tags": ", ".join(tag.name for tag in tags if tag != programme),
        "video_link": video.watch_url if video and not video.is_file else "",
    }


def initial_of_cover(picture: Picture | None) -> dict[str, Any]:
    """What the editor's page shows of a cover at first."""
    if picture is None:
        return {}
    names = [name for name in CoverForm.base_fields if name not in {"chosen", "file", "drop"}]
    return {name: getattr(picture, name) for name in names}


def kept(model: type[Picture] | type[Video], text: str | None, by: Actor) -> Any:
    """The picture or video that a page under way names, if it belongs to a unit of the actor; else None."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 18:
        return None
    return model.objects.filter(pk=int(text), unit__in=units_to_write_for(by), withdrawn_at=None).first()


def editor_words() -> dict[str, str]:
    """The words of the rich editor as it was made, and as this page says them."""
    words: dict[str, Any] = {
        "paragraph": _("Paragraph"),
        "Paragraph": _("Paragraph"),
        "heading2": _("Heading"),
        "Heading 2": _("Heading"),
        "heading3": _("Smaller heading"),
        "Heading 3": _("Smaller heading"),
        "heading4": _("Smallest heading"),
        "Heading 4": _("Smallest heading"),
        "unordered list": _("List with dots"),
        "ordered list": _("Numbered list"),
        "blockquote": _("Quotation"),
        "horizontal rule": _("Dividing line"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "underline": _("Underlined"),
        "strike": _("Struck through"),
        "subscript": _("Subscript"),
        "superscript": _("Superscript"),
        "insert link": _("Link the marked words"),
        "remove link": _("Remove the link"),
        "Insert table": _("Insert a table"),
        "Add column": _("Add a column"),
        "Delete column": _("Delete this column"),
        "Add row": _("Add a row"),
        "Delete row": _("Delete this row"),
        "Merge cells": _("Join cells"),
        "Split cell": _("Split this cell"),
        "Toggle header cell": _("Head cell or not"),
        "Delete table": _("Delete this table"),
        "undo": _("Undo"),
        "redo": _("Do again"),
        "Cancel": _("Go back"),
        "Update": _("Apply"),
        "Insert": _("Insert"),
        "Edit Link": _("Link"),
        "URL": _("Address"),
        "Title": _("Words shown on the link"),
        "Insert Table": _("Insert a table"),
        "Table Properties": _("Table"),
        "Rows": pgettext_lazy("news", "Rows"),
        "Columns": _("Columns"),
        "Yes": _("Yes"),
        "No": _("No"),
        "Include header row": _("The first row is a head"),
        "box caption": _("Caption of its own (optional)"),
        "box remove": pgettext_lazy("news", "Take out"),
        "box lost": _("Readers do not see this any more"),
        "no line": _("No connection just now. Try again."),
    }
    return {english: str(word) for english, word in words.items()}
