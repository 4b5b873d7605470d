"""The actor and the act."""

from ledger.models.audit import AuditEntry, AuditValue
from ledger.models.files import StoredFile
from ledger.models.jobs import JobRun
from ledger.models.user import User

__all__ = ["AuditEntry", "AuditValue", "JobRun", "StoredFile", "User"]
