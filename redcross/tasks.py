"""Housekeeping of the house itself."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="redcross.clear_sessions")
def clear_sessions() -> None:
    """Sessions that have ended are deleted; idempotent."""
    call_command("clearsessions")
