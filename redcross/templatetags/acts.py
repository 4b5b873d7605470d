"""What an act of the log is called, for pages of any app."""

from django import template

from redcross.acts import act_label

register = template.Library()
register.filter("act_label", act_label)
