"""What signing up asks beside e-mail and password. Loaded by allauth before its own forms are."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ledger.models import User
from people.actions.accounts import sign_up_person
from people.actors import actor_for


class FullNameForm(forms.Form):
    full_name = forms.CharField(
        label=_("Full name"),
        help_text=_("As on the identity card, with accents."),
        min_length=2,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth with the login just made: the person behind it follows."""
        sign_up_person(by=actor_for(user), user=user, full_name=self.cleaned_data["full_name"])
