"""Posts, media and documents of the public face."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.rules.videos import FRAME_HOSTS


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from news import actions, embeds, queries
        from news.models import Album
        from news.queries import files, media

        embeds.register(
            embeds.Kind(
                code="picture",
                label=pgettext_lazy("news", "Picture"),
                icon="picture",
                template="news/boxes/picture.html",
                shown=queries.pictures_shown,
                found=queries.pictures_to_choose,
                choice=lambda one: embeds.Choice(one.pk, one.alt, one.credit, one.sources["src"]),
                lacking=lambda one: one.lacking(),
            )
        )
        embeds.register(
            embeds.Kind(
                code="video",
                label=_("Video"),
                icon="play",
                template="news/boxes/video.html",
                shown=queries.videos_shown,
                found=queries.videos_to_choose,
                choice=lambda one: embeds.Choice(one.pk, str(one), one.get_provider_display()),
                frame=lambda one: "" if one.is_file else FRAME_HOSTS[one.provider],
            )
        )
        embeds.register(
            embeds.Kind(
                code="album",
                label=_("Album"),
                icon="picture",
                template="news/boxes/album.html",
                shown=media.albums_shown,
                found=media.albums_to_choose,
                held=media.albums_held,
                choice=lambda one: embeds.Choice(one.pk, one.title, one.note, one.thumb),
                lacking=lambda one: one.lacking,
                release=lambda by, one, at: (
                    one.is_on_site or actions.publish_album(by=by, album=Album(pk=one.pk), at=at)
                ),
            )
        )
        embeds.register(
            embeds.Kind(
                code="file",
                label=pgettext_lazy("news", "File"),
                icon="download",
                template="news/boxes/file.html",
                shown=files.files_shown,
                found=files.files_to_choose,
                held=files.files_held,
                choice=lambda one: embeds.Choice(one.pk, one.title, one.note),
            )
        )
        embeds.register(
            embeds.Kind(
                code="document",
                label=pgettext_lazy("news", "Document"),
                icon="document",
                template="news/boxes/document.html",
                shown=queries.documents_shown,
                found=queries.documents_to_choose,
                choice=lambda one: embeds.Choice(one.pk, one.name, one.title if one.number else one.issuer),
            )
        )
