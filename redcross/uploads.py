"""Uploads too large are drained, never stored: the form then says so, and the disk does not fill."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class SizeLimitHandler(FileUploadHandler):
    """First of the handlers: drops a file over VIDEO_MAX_BYTES, naming its field in request.rc_oversize."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.VIDEO_MAX_BYTES:
            fields: set[str] = getattr(self.request, "rc_oversize", set())
            self.request.rc_oversize = fields | {self.field_name}  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
