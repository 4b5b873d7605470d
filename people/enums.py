"""Stable codes of people and units."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    CITY = "city", _("city chapter")
    DISTRICT = "district", _("district (historical)")
    WARD = "ward", _("ward")
    COMMUNE = "commune", _("commune")
    SPECIAL_ZONE = "special_zone", _("special zone")
    ATTACHED = "attached", _("directly attached unit")
    SCHOOL = "school", _("school")
    ENTERPRISE = "enterprise", _("enterprise or agency")
    DEPARTMENT = "department", _("department")
    BRANCH = "branch", _("branch")
    TEAM = "team", _("team")
    CLUB = "club", _("club")


class OfficeCode(models.TextChoices):
    """Offices a person can hold on a unit; what each may do stands in tables/offices.toml."""

    UNIT_OFFICER = "unit_officer", _("unit officer")
    BRANCH_HEAD = "branch_head", _("branch head")
    CITY_OFFICER = "city_officer", _("city officer")
    DONOR_OFFICER = "donor_officer", _("donor officer")
    REWARD_OFFICER = "reward_officer", _("reward officer")
    EVALUATION_OFFICER = "evaluation_officer", _("evaluation officer")
    DEPARTMENT_HEAD = "department_head", _("head of department")
    UNIT_HEAD = "unit_head", _("head of unit")
    ACCOUNTANT = "accountant", _("accountant")
    CLERK = "clerk", _("clerk")
    INSPECTION = "inspection", _("inspection")
    EDITOR = "editor", _("editor")
    PUBLISHER = "publisher", _("publisher")
    DATA_OFFICER = "data_officer", _("data-protection officer")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")
