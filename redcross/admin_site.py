"""The Django admin is the administrator's, read-only, and no door of its own.

It has no login page: whoever is not signed in goes through the portal's sign-in,
where the second step is forced.
"""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.actors import actor_of
from people.rules import offices_that_may
from people.second_step import session_has_second_step

OURS = (
    *("rewards", "activities", "members", "donors", "evaluations", "news", "papers"),
    *("people", "letters", "ledger", "redcross"),
)
# Never shown, even to the administrator: secrets and values that may be personal.
HIDDEN_MODELS = {"ledger.auditvalue", "people.signincode", "people.identitynumber", "people.importrow"}
HIDDEN_FIELDS = {"password", "body", "digest", "address", "search_name", "sort_key"}


class PortalAdminSite(admin.AdminSite):
    site_header = site_title = _("System administration")
    index_title = _("Records, to read only")
    site_url = "/lam-viec/"

    def has_permission(self, request: HttpRequest) -> bool:
        if not request.user.is_authenticated or not request.user.is_active:
            return False
        actor = actor_of(request)
        return bool(
            actor.holds_for(offices_that_may("admin.enter", actor.on)) and session_has_second_step(request)
        )

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(reverse("admin:index"))

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_logout")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")


if TYPE_CHECKING:
    Base = admin.ModelAdmin[models.Model]
else:
    Base = admin.ModelAdmin


class ReadOnlyAdmin(Base):
    actions = None
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return [f.name for f in self.model._meta.fields if f.name not in HIDDEN_FIELDS]


def register_all(site: admin.AdminSite) -> None:
    """Put every model of our apps on the site, read-only, and no other: allauth's hold secrets."""
    for model in [m for m in apps.get_models() if m._meta.app_label not in OURS and site.is_registered(m)]:
        site.unregister(model)
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            if model._meta.label_lower not in HIDDEN_MODELS and not site.is_registered(model):
                site.register(model, ReadOnlyAdmin)
