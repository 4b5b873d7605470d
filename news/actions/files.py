"""Files named by their content, put into storage."""

from django.core.files.base import File
from django.core.files.storage import default_storage


def keep_file(name: str, file: "File[bytes]", size: int) -> None:
    """The file stands under exactly this name. One that is there whole stays; half a one is replaced."""
    if default_storage.exists(name):
        if default_storage.size(name) == size:
            return
        default_storage.delete(name)
    default_storage.save(name, file)
