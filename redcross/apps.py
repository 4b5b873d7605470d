"""The roof and the administrator's site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class RedcrossConfig(AppConfig):
    name = "redcross"
    verbose_name = "redcross"
    default = True

    def ready(self) -> None:
        # The Celery app must stand before tasks are called; safety registers its checks.
        from redcross import celery, safety  # noqa: F401
        from redcross.boxes import register_boxes

        register_boxes()


class PortalAdminConfig(AdminConfig):
    default = False
    default_site = "redcross.admin_site.PortalAdminSite"
