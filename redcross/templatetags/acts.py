"""What an act of the log is called, and the way from a record to its log, for pages of any app."""

from typing import Any

from django import template
from django.db import models

from people.actors import actor_of
from people.permissions import may
from redcross.acts import act_label

register = template.Library()
register.filter("act_label", act_label)


@register.inclusion_tag("redcross/audit_link.html", takes_context=True)
def audit_link(context: dict[str, Any], record: models.Model) -> dict[str, Any]:
    """A link to the log of one record, for who reads the log; else nothing."""
    reads = may(actor_of(context["request"]), "audit.see")
    return {"record": f"{record._meta.label_lower}:{record.pk}" if reads else ""}
