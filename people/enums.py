"""Stable codes of people and units."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class Sex(models.TextChoices):
    MALE = "male", _("male")
    FEMALE = "female", _("female")


class PersonState(models.TextChoices):
    """A person stands; a double is merged into another row; an erased one keeps figures only."""

    STANDING = "standing", _("standing")
    MERGED = "merged", _("merged into another record")
    ERASED = "erased", _("erased")


class BelongingKind(models.TextChoices):
    """Why a person belongs to a unit; upper apps write the rows with the role they give."""

    RECORD = "record", _("record kept by the unit")
    MEMBER = "member", _("member")
    VOLUNTEER = "volunteer", _("volunteer")
    YOUTH = "youth", _("Red Cross youth")
    DONOR = "donor", _("blood donor")
    STAFF = "staff", _("staff")
    APPLICANT = "applicant", _("applicant")


class PhoneKind(models.TextChoices):
    MOBILE = "mobile", _("mobile")
    LANDLINE = "landline", _("landline")
    OTHER = "other", _("other")


class IdKind(models.TextChoices):
    CCCD = "cccd", _("citizen identity number (12 digits)")
    CMND = "cmnd", _("old identity card (9 digits)")
    PASSPORT = "passport", _("passport")


class ActKind(models.TextChoices):
    """Acts of reorganisation of units."""

    FOUND = "found", _("found")
    RENAME = "rename", _("rename")
    MOVE = "move", _("move under another unit")
    MERGE = "merge", _("merge")
    SPLIT = "split", _("split")
    MOVE_PART = "move_part", _("move a part")
    DISSOLVE = "dissolve", _("dissolve")


class ActState(models.TextChoices):
    DRAFT = "draft", _("draft")
    AWAITING = "awaiting", _("waits for its decision")
    WAITING = "waiting", _("waits for its day")
    DONE = "done", _("in effect")
    CANCELLED = "cancelled", _("cancelled")


class BodyKind(models.TextChoices):
    EXECUTIVE = "executive", _("executive committee")
    STANDING = "standing", _("standing committee")
    PRESIDIUM = "presidium", _("permanent members")
    INSPECTION = "inspection", _("inspection committee")
    STEERING = "steering", _("steering committee")
    AWARD_COUNCIL = "award_council", _("emulation and award council")


class SeatEnd(models.TextChoices):
    TERM = "term", _("term over")
    WITHDRAWN = "withdrawn", _("stepped down")
    STRUCK_OFF = "struck_off", _("struck off")
    DECEASED = "deceased", _("deceased")


class ApprovalState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", pgettext_lazy("approval", "refused")
    RETURNED = "returned", _("returned for more")
    WITHDRAWN = "withdrawn", pgettext_lazy("approval", "withdrawn")


class ImportState(models.TextChoices):
    READ = "read", _("read, columns to check")
    TRYING = "trying", _("being tried dry")
    TRIED = "tried", _("tried dry")
    QUEUED = "queued", _("waiting to be written")
    RUNNING = "running", _("being written")
    DONE = "done", pgettext_lazy("people", "written")
    FAILED = "failed", _("failed, nothing written")
    CANCELLED = "cancelled", _("cancelled")


class RowVerdict(models.TextChoices):
    NEW = "new", _("new")
    UPDATE = "update", _("update")
    SAME = "same", _("same")
    DOUBTFUL = "doubtful", _("doubtful")
    WRONG = "wrong", _("wrong")


class PairState(models.TextChoices):
    OPEN = "open", _("to check")
    DIFFERENT = "different", _("two people")
    MERGED = "merged", _("merged")


class RequestKind(models.TextChoices):
    """What a person asks about their data (Law 91/2025/QH15, Article 4)."""

    SEE = "see", _("see")
    CORRECT = "correct", _("correct")
    COPY = "copy", _("get a copy")
    WITHDRAW = "withdraw", _("withdraw consent")
    RESTRICT = "restrict", _("restrict or object")
    ERASE = "erase", _("erase")


class RequestState(models.TextChoices):
    OPEN = "open", _("received")
    ANSWERED = "answered", _("answered, being carried out")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused with reason")
