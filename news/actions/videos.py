"""Videos: a link taken apart strictly, or a file taken in."""

import hashlib

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, snapshot
from news.actions.files import keep_file
from news.enums import Provider
from news.models import Picture, Video
from news.page_cache import forget_pages
from news.rules.captions import NotCaptions, read_captions
from news.rules.videos import is_mp4, parse_video_link
from people.models import Unit
from people.permissions import acting

MEGABYTE = 1024 * 1024


@transaction.atomic
def link_video(*, by: Actor, unit: Unit, link: str) -> Video:
    """The unit's video behind a YouTube or Facebook address; returns it. Other addresses are refused."""
    by = acting(by, "news.write", unit.pk)
    found = parse_video_link(link)
    if found is None:
        raise Refused(
            Reason(
                _(
                    "The address is not one of a YouTube or Facebook video. "
                    "Open the video, copy the long address from the address bar and paste it here."
                ),
                field="video_link",
            )
        )
    video = Video(unit=unit, provider=found.provider, external_id=found.external_id)
    return _saved(by, video)


def add_video_file(*, by: Actor, unit: Unit, file: "UploadedFile[bytes]") -> Video:
    """An .mp4 of the unit, streamed into storage; returns it. Refused when too large or no .mp4."""
    by = acting(by, "news.write", unit.pk)
    size = file.size or 0
    if size > settings.VIDEO_MAX_BYTES:
        limit = settings.VIDEO_MAX_BYTES // MEGABYTE
        raise Refused(Reason(_("The video is larger than %(n)s MB.") % {"n": limit}, field="video_file"))
    digest = hashlib.sha256()
    head = b""
    for chunk in file.chunks():
        head = head or bytes(chunk[:12])
        digest.update(chunk)
    if not is_mp4(head):
        raise Refused(
            Reason(
                _("The file is not an .mp4 video. Save it as .mp4 (H.264), then try again."),
                field="video_file",
            )
        )
    file.seek(0)
    name = digest.hexdigest()[:32]
    video = Video(unit=unit, provider=Provider.FILE, file_name=f"phim/{name[:2]}/{name}.mp4", bytes=size)
    keep_file(video.file_name, file, size)
    with transaction.atomic():
        return _saved(by, video)


@transaction.atomic
def describe_video(
    *, by: Actor, video: Video, title: str, poster: Picture | None, captions: bytes | None = None
) -> Video:
    """Title and poster as given, captions if some were sent (b"" takes them off); returns the video."""
    video = Video.objects.select_for_update(of=("self",)).get(pk=video.pk)
    by = acting(by, "news.write", video.unit_id)
    if video.withdrawn_at is not None or (poster is not None and poster.is_withdrawn):
        raise Refused(_("It was withdrawn."))
    names = ("title", "poster", "captions_digest")
    before = snapshot(video, names)
    video.title, video.poster = " ".join(title.split()), poster
    if captions is not None:
        try:
            video.captions = read_captions(captions) if captions else ""
        except NotCaptions as error:
            raise Refused(Reason(str(error), field="captions")) from error
        text = video.captions.encode()
        video.captions_digest = hashlib.sha256(text).hexdigest()[:32] if text else ""
    after = snapshot(video, names)
    if after != before:
        video.full_clean()
        video.save()
        record(by=by, act="news.describe_video", subject=video, before=before, after=after)
        forget_pages()
    return video


def _saved(by: Actor, video: Video) -> Video:
    video.full_clean()
    video.save()
    after = {"provider": video.provider, "external_id": video.external_id, "file_name": video.file_name}
    record(by=by, act="news.add_video", subject=video, after=after)
    return video
