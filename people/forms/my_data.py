"""Asking about one's own data, and answering."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.enums import RequestKind

ASKED = [
    (RequestKind.CORRECT, _("Correct what is wrong")),
    (RequestKind.RESTRICT, _("Restrict a use, or object to it")),
    (RequestKind.ERASE, _("Erase my data")),
]


class RequestForm(forms.Form):
    kind = forms.ChoiceField(label=_("What you ask"), choices=ASKED, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "What is wrong and how it should be; which use you do not want. For erasing nothing is needed."
        ),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The person gets it word for word."),
    )
