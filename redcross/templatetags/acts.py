"""What an act of the log is called, and the way from a record to its log, for pages of any app."""

from typing import Any

from django import template
from django.db import models

from people.actors import actor_of
from people.permissions import may
from people.queries.rights import about_record, events
from redcross.acts import act_label

SHOWN = 30
register = template.Library()
register.filter("act_label", act_label)


@register.inclusion_tag("redcross/audit_link.html", takes_context=True)
def audit_link(context: dict[str, Any], record: models.Model) -> dict[str, Any]:
    """A link to the log of one record, for who reads the log; else nothing."""
    reads = may(actor_of(context["request"]), "audit.see")
    return {"record": f"{record._meta.label_lower}:{record.pk}" if reads else ""}


@register.inclusion_tag("redcross/record_history.html", takes_context=True)
def record_history(context: dict[str, Any], record: models.Model) -> dict[str, Any]:
    """What was done to one record, by which office, latest first: a card; nothing before the first act."""
    about = about_record(record._meta.label_lower, record.pk)
    return {"events": events(actor_of(context["request"]), about, limit=SHOWN)}
