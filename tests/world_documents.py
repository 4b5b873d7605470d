"""Arguments of the library's addresses in the world of tests."""

from collections.abc import Callable
from typing import Any

DOCUMENT_ROUTES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "document_page": lambda w: {"slug": w.document.slug},
    "document_file": lambda w: {"slug": w.document.slug, "pk": 0},
    "document_edit": lambda w: {"pk": w.document.pk},
    "document_file_add": lambda w: {"pk": w.document.pk},
    "document_file_open": lambda w: {"pk": w.document.pk, "file": 0},
    "document_file_drop": lambda w: {"pk": w.document.pk, "file": 0},
    "document_relate": lambda w: {"pk": w.document.pk},
    "document_unrelate": lambda w: {"pk": w.document.pk, "relation": 0},
    "document_publish": lambda w: {"pk": w.document.pk},
    "document_withdraw": lambda w: {"pk": w.document.pk},
    "sending_new": lambda w: {"pk": w.document.pk},
    "sending": lambda w: {"pk": w.arrived.sending_id},
    "sending_xlsx": lambda w: {"pk": w.arrived.sending_id},
    "sending_remind": lambda w: {"pk": w.arrived.sending_id},
    "sending_extend": lambda w: {"pk": w.arrived.sending_id},
    "sending_recall": lambda w: {"pk": w.arrived.sending_id},
    "received": lambda w: {"pk": w.arrived.pk},
    "received_ack": lambda w: {"pk": w.arrived.pk},
    "received_done": lambda w: {"pk": w.arrived.pk},
    "example_page": lambda w: {"slug": w.example.slug},
    "example_edit": lambda w: {"pk": w.example.pk},
    "example_propose": lambda w: {"pk": w.example.pk},
    "example_return": lambda w: {"pk": w.example.pk},
    "example_publish": lambda w: {"pk": w.example.pk},
    "example_withdraw": lambda w: {"pk": w.example.pk},
    "example_post": lambda w: {"pk": w.example.pk},
    "received_file": lambda w: {"pk": w.arrived.pk, "file": 0},
}
