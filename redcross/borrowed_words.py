"""Sentences of Django that people may meet and its own Vietnamese catalogue lacks: ours has them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

WORDS = (
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "number",
    ),
    _("Enter a valid email address."),
    _("Null characters are not allowed."),
    _("Enter a valid domain name."),
    _("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    _("Enter a complete value."),
    _("Enter a valid UUID."),
    _("Enter two valid dates."),
    _("Enter two whole numbers."),
    _("Enter two numbers."),
    _("The start of the range must not exceed the end of the range."),
    _("Constraint “%(name)s” is violated."),
    _("%(model)s instance with %(field)s %(value)r is not a valid choice."),
    _("“%(value)s” value must be an integer."),
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
)
