"""Autodiscovered last: all models of the house, read-only."""

from django.contrib import admin

from redcross.admin_site import register_all

register_all(admin.site)
