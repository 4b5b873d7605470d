"""The one form behind the papers of a drive."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DossierForm(forms.Form):
    head = forms.CharField(label=_("Who is in charge"), max_length=160, required=False)
    duties = forms.CharField(
        label=_("Duties"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("One line for each: what, who."),
    )
    guests = forms.CharField(
        label=_("Who is invited"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    budget = forms.CharField(
        label=_("Costs and who bears them"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
