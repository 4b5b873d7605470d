"""Every write on donors and donations."""

from donors.actions.donations import confirm_donation, record_donation, void_donation
from donors.actions.donors import register_donor

__all__ = ["confirm_donation", "record_donation", "register_donor", "void_donation"]
