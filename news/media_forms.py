"""Request text becomes values: the media library, albums, videos."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.actor import Actor
from news.actions.albums import Placed
from news.choosing import OnePicture, SomePictures, ground_field, proof_field, representative_proof_field
from news.enums import Ground, Licence, Piece
from news.models import Album, Category, Picture, Tag, Video
from news.queries import units_to_write_for
from news.queries.media import pictures_for, pictures_to_publish

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST_FILES = 50


class SharedForm(forms.Form):
    """What pictures of one event have in common."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Category.objects.none())
    event = forms.CharField(
        label=pgettext_lazy("news", "Event"),
        max_length=160,
        required=False,
        help_text=_("As people will look for it, for example “Ngày hội hiến máu 14/06”."),
    )
    taken_on = forms.DateField(label=_("Taken on"), required=False, widget=DAY)
    credit = forms.CharField(
        label=_("Credit"), max_length=120, required=False, help_text=_("Who took it, as it stands under it.")
    )
    licence = forms.ChoiceField(
        label=_("Licence"), required=False, choices=[("", _("Not known yet")), *Licence.choices]
    )
    tags = forms.CharField(
        label=_("Tags"), max_length=300, required=False, help_text=_("Words, with commas between them.")
    )
    ground = ground_field()
    proof = proof_field()
    representative_proof = representative_proof_field()

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "unit" in self.fields:
            self.fields["unit"].queryset = units_to_write_for(by)  # type: ignore[attr-defined]

    def names_of_tags(self) -> list[str]:
        """The tags typed, each once."""
        names = (" ".join(name.split()) for name in self.cleaned_data.get("tags", "").split(","))
        return list(dict.fromkeys(filter(None, names)))


class PictureForm(SharedForm):
    """One picture."""

    unit = None  # type: ignore[assignment]
    alt = forms.CharField(
        label=_("Description for those who cannot see it"),
        max_length=300,
        required=False,
        help_text=_("What the picture shows, in one sentence."),
    )
    caption = forms.CharField(label=_("Caption"), max_length=300, required=False)
    focal_x = forms.IntegerField(
        label=_("Focal point, percent from the left"), min_value=0, max_value=100, initial=50
    )
    focal_y = forms.IntegerField(
        label=_("Focal point, percent from the top"), min_value=0, max_value=100, initial=50
    )
    field_order = ("alt", "caption", "event", "taken_on", "credit", "licence", "tags", "ground")


class AlbumForm(forms.Form):
    """Words of an album; its pictures come as rows beside this form (see placed_of)."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("Summary"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Category.objects.none())

    def __init__(self, by: Actor, *args: Any, album: Album | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_write_for(by)  # type: ignore[attr-defined]
        if album is not None:
            del self.fields["unit"]
            inside = album.items.values("picture")
            self.fields["add"] = SomePictures(
                label=_("Add from the library"), queryset=pictures_for(by).exclude(pk__in=inside), unit=None
            )


class VideoForm(forms.Form):
    """Title, poster and captions of a video."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    poster = OnePicture(
        label=_("Poster"),
        help_text=_("The picture shown before the video plays, of those that may be published."),
    )
    captions = forms.FileField(
        label=_("Captions"),
        required=False,
        allow_empty_file=True,
        help_text=_("WebVTT (.vtt) or SubRip (.srt), for those who cannot hear."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
    )
    drop_captions = forms.BooleanField(label=_("Take the captions off"), required=False)

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["poster"].queryset = pictures_to_publish(by)  # type: ignore[attr-defined]


class NewVideoForm(forms.Form):
    """A video taken into the library."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Category.objects.none())
    title = forms.CharField(label=_("Title"), max_length=200)
    file = forms.FileField(
        label=_("Own video"),
        help_text=_(".mp4 up to 200 MB."),
        widget=forms.FileInput(attrs={"accept": "video/mp4", "data-rc-largest": "200"}),
    )

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_write_for(by)  # type: ignore[attr-defined]


def initial_of_picture(picture: Picture) -> dict[str, Any]:
    """What the picture's page shows at first."""
    names = [name for name in PictureForm.base_fields if name not in {"tags", "unit"}]
    told = {name: getattr(picture, name) for name in names}
    return told | {"tags": ", ".join(tag.name for tag in picture.tags.all())}


def placed_of(post: Any) -> list[Placed]:
    """The pictures of an album as its page sends them: place-N, caption-N, drop-N; new ones in `add`.

    One that was given the place of another goes before it when it moved up, after it when it moved down.
    """
    rows: list[tuple[int, int, int, Placed]] = []
    for at, text in enumerate(post.getlist("picture")[:500], start=1):
        if not _is_id(text):
            continue
        place = post.get(f"place-{text}", "")
        number = int(place) if place.isascii() and place.isdigit() and len(place) < 6 else 9999
        moved = (number > at) - (number < at)
        if not post.get(f"drop-{text}"):
            rows.append((number, moved, at, Placed(int(text), post.get(f"caption-{text}", "")[:300])))
    rows.sort(key=lambda row: row[:3])
    return [row[3] for row in rows] + [
        Placed(int(text)) for text in post.getlist("add")[:500] if _is_id(text)
    ]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


def tags_to_choose() -> list[Tag]:
    """All tags, for the filter."""
    return list(Tag.objects.order_by("name")[:500])


def initial_of_video(video: Video) -> dict[str, Any]:
    return {"title": video.title, "poster": video.poster_id}


class OldSiteForm(forms.Form):
    """An export of the old site, and what holds for all of it."""

    file = forms.FileField(
        label=_("Export"),
        help_text=_(
            "A WordPress export (.xml), or a .zip with it or with the pages (.html), "
            "and with the folder of pictures. Up to 200 MB; a larger site comes in several."
        ),
        widget=forms.FileInput(attrs={"accept": ".xml,.zip", "data-rc-largest": "200"}),
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Category.objects.none())
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.none(),
        help_text=_("For articles whose own category has no namesake here."),
    )
    source = forms.CharField(
        label=_("Where the articles come from"),
        max_length=120,
        help_text=_("Stands under each of them, for example “Trang tin cũ của Thành Hội”."),
    )
    permission = forms.CharField(
        label=_("By whose permission"),
        max_length=300,
        help_text=_("Who allowed taking the articles over, and on which paper."),
    )
    ground = forms.ChoiceField(
        label=_("Ground on which its pictures may show people"),
        choices=[("", _("Not known: articles with pictures stay drafts")), *Ground.choices],
        required=False,
    )
    proof = forms.CharField(label=_("Proof of the ground"), max_length=300, required=False)
    publishes = forms.BooleanField(
        label=_("What lacks nothing goes on the site at once, with its old day"), required=False
    )

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_write_for(by)  # type: ignore[attr-defined]
        self.fields["category"].queryset = Category.objects.all()  # type: ignore[attr-defined]


class RateForm(forms.Form):
    """What a piece is paid from a day on."""

    piece = forms.ChoiceField(label=pgettext_lazy("royalties", "Kind"), choices=Piece.choices)
    amount = forms.IntegerField(label=_("Amount in đồng"), min_value=1, max_value=1_000_000_000)
    words_from = forms.IntegerField(
        label=_("From how many words on"),
        min_value=0,
        max_value=100_000,
        initial=0,
        help_text=_("For articles: with fewer words it counts as short news. 0: every text is an article."),
    )
    from_on = forms.DateField(label=pgettext_lazy("royalties", "In force from"), widget=DAY)
    citation = forms.CharField(
        label=_("Decision"), max_length=300, help_text=_("Number and day of the decision, and who took it.")
    )
    confirmed = forms.BooleanField(label=_("The decision was seen and is in force"), required=False)


class SpanForm(forms.Form):
    """From a day to a day."""

    tu = forms.DateField(label=pgettext_lazy("news", "From"), widget=DAY)
    den = forms.DateField(label=pgettext_lazy("news", "To"), widget=DAY)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("tu") and values.get("den") and values["tu"] > values["den"]:
            self.add_error("den", _("The last day lies before the first."))
        return values
