"""Choosing pictures by looking at them: a field whose choices are a wall of small pictures with a search.

And the three fields that say why people may be shown on one (daily work: four grounds, Law 91/2025/QH15).
"""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from news.enums import Ground
from news.models import Picture
from news.queries.media import pictures_to_look_at
from news.rules.publishing import missing_of_picture


class PictureWall(forms.Widget):
    """Boxes to tick (or one to choose) beside small pictures; js/chooser.js asks for others by a search."""

    template_name = "news/picture_wall.html"
    use_fieldset = True

    def __init__(
        self, *, is_many: bool, unit: int | None = None, is_ready: bool = False, none: Any = ""
    ) -> None:
        super().__init__()
        self.is_many, self.unit, self.is_ready, self.none = is_many, unit, is_ready, none

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist(name) if self.is_many else data.get(name)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = value if isinstance(value, list | tuple | QuerySet) else [value]
        chosen = {int(str(pk)) for pk in given if str(pk).isascii() and str(pk).isdigit()}
        found: QuerySet[Picture] = self.choices.queryset  # type: ignore[attr-defined]
        rows = wall(found, "", chosen)
        return context | {
            "rows": rows,
            "is_many": self.is_many,
            "unit": self.unit,
            "is_ready": self.is_ready,
            "none": self.none,
            "has_none": not any(row[1] for row in rows),
        }


class OnePicture(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One picture of those that may be published, or none."""

    def __init__(self, **kwargs: Any) -> None:
        widget = PictureWall(is_many=False, is_ready=True)
        super().__init__(queryset=Picture.objects.none(), required=False, widget=widget, **kwargs)


class OtherPicture(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One picture of the library in place of what stands there, ready or not; None leaves that as it is."""

    def __init__(self, **kwargs: Any) -> None:
        widget = PictureWall(is_many=False, none=_("As it is now"))
        super().__init__(queryset=Picture.objects.none(), required=False, widget=widget, **kwargs)


class SomePictures(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Pictures of a unit's library."""

    def __init__(self, *, queryset: QuerySet[Picture], unit: int | None, **kwargs: Any) -> None:
        super().__init__(
            queryset=queryset, required=False, widget=PictureWall(is_many=True, unit=unit), **kwargs
        )


def wall(pictures: QuerySet[Picture], query: str, chosen: set[int]) -> list[tuple[Picture, bool, bool]]:
    """The chosen ones, then the newest that fit: each with whether it is chosen and may be published."""
    return [
        (picture, picture.pk in chosen, not missing_of_picture(picture.facts))
        for picture in pictures_to_look_at(pictures, query, chosen)
    ]


def ground_field() -> forms.ChoiceField:
    """Which of the grounds holds; may wait until the picture is to be published."""
    return forms.ChoiceField(
        label=_("Ground for showing people"),
        choices=[("", _("Choose")), *Ground.choices],
        required=False,
        help_text=_("Asked before publishing; only the proof of the chosen ground is needed."),
    )


def proof_field() -> forms.CharField:
    """Where notice was given, or the paper of consent."""
    return forms.CharField(
        label=_("Proof of the ground"),
        max_length=300,
        required=False,
        help_text=_("Where notice was given, or which paper of consent; no names of children."),
    )


def representative_proof_field() -> forms.CharField:
    """The paper of a child's representative."""
    return forms.CharField(
        label=_("The representative's consent"),
        max_length=300,
        required=False,
        help_text=_("For children only: which paper."),
    )
