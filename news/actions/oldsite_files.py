"""An export opened: a WordPress file, or a zip of pages and pictures. Nothing of it is written to disk.

Names inside a zip name nothing outside it: they are keys to look up, whatever they look like.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.models import StoredFile
from news.rules.oldsite import NotAnExport, OldArticle, read_attachments, read_page, read_wxr

MOST_ENTRIES = 20_000
MOST_BYTES = 3 * 1024**3
LARGEST_PAGE = 5 * 1024 * 1024
LARGEST_WXR = 500 * 1024 * 1024
MOST_TIMES = 200  # how many times larger an entry may unfold
# WordPress shows "a-300x200.jpg" of the picture "a.jpg".
_SIZED = re.compile(r"-\d{2,4}x\d{2,4}(\.[a-z]{3,4})$")
PAGES = {".html", ".htm"}


class Export:
    """What a file holds: `articles()` one after another, `picture(src, page)` the bytes a body shows."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.archive: zipfile.ZipFile | None = None
        self.names: dict[str, zipfile.ZipInfo] = {}
        head = file.read(4)
        file.seek(0)
        if head.startswith(b"PK\x03\x04"):
            self._open_zip()

    def articles(self) -> Iterator[OldArticle]:
        """Raises Refused with a sentence where the file cannot be read."""
        try:
            if self.archive is None:
                yield from self._wxr(self._from_start)
                return
            for info in list(dict.fromkeys(self.names.values())):
                path = info.filename.lower()
                ending = PurePosixPath(path).suffix
                if ending in PAGES:
                    page = read_page(info.filename, self._bytes(info, LARGEST_PAGE))
                    if page is not None:
                        yield page
                elif ending == ".xml":
                    if info.file_size > LARGEST_WXR:
                        raise Refused(_("The export unfolds to more than the portal reads. Divide it."))
                    yield from self._wxr(partial(self._opened, info))
        except (NotAnExport, zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError) as error:
            raise Refused(_("The file cannot be read as an export of a site, or is damaged.")) from error

    def picture(self, src: str, page: str) -> bytes | None:
        """The bytes of the picture that a page shows under this address; None if the export lacks it."""
        info = self.entry(src, page)
        if info is None or info.file_size > settings.PICTURE_MAX_BYTES:
            return None
        try:
            return self._bytes(info, settings.PICTURE_MAX_BYTES)
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError):
            return None

    def entry(self, src: str, page: str) -> zipfile.ZipInfo | None:
        """Where the archive holds it: at its address, or under any folder above; else None."""
        if not self.names or src.startswith("data:"):
            return None
        try:
            path = unquote(urlsplit(urljoin(f"https://x/{page.lstrip('/')}", src)).path).lower().strip("/")
        except ValueError:
            return None
        for whole in dict.fromkeys((path, unsized(path))):
            parts = whole.split("/")
            for first in range(len(parts)):
                found = self.names.get("/".join(parts[first:]))
                if found is not None:
                    return found
        return None

    def _open_zip(self) -> None:
        try:
            self.archive = zipfile.ZipFile(self.file)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise Refused(_("The file cannot be read as an export of a site, or is damaged.")) from error
        infos = [info for info in self.archive.infolist() if not info.is_dir()]
        if len(infos) > MOST_ENTRIES or sum(info.file_size for info in infos) > MOST_BYTES:
            raise Refused(_("The export unfolds to more than the portal reads. Divide it."))
        for info in infos:
            is_bomb = info.file_size > 1024 * 1024 and info.file_size > MOST_TIMES * max(
                info.compress_size, 1
            )
            if is_bomb:
                raise Refused(_("A file inside the export unfolds to a suspicious size; it was not opened."))
            if info.flag_bits & 1:
                raise Refused(_("The export is locked with a password. Send it without one."))
            name = info.filename.replace("\\", "/").lower().strip("/")
            self.names.setdefault(name, info)
            # A folder around everything (site/…) is no part of the addresses.
            self.names.setdefault(name.partition("/")[2] or name, info)

    def _wxr(self, again: Callable[[], IO[bytes]]) -> Iterator[OldArticle]:
        attachments = read_attachments(again())
        yield from read_wxr(again(), attachments)

    def _from_start(self) -> IO[bytes]:
        self.file.seek(0)
        return self.file

    def _opened(self, info: zipfile.ZipInfo) -> IO[bytes]:
        if self.archive is None:
            raise zipfile.BadZipFile
        return self.archive.open(info)

    def _bytes(self, info: zipfile.ZipInfo, most: int) -> bytes:
        with self._opened(info) as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise zipfile.BadZipFile
        return data


def unsized(path: str) -> str:
    """The address of the picture of which WordPress shows a smaller one."""
    return _SIZED.sub(r"\1", path)


@contextmanager
def opened_export(stored: StoredFile) -> Iterator[Export]:
    """The export in a stored file; raises Refused if it is none."""
    with stored.file.open("rb") as file:
        yield Export(file)
