"""`{% picture cover "sizes" %}`: a <picture> from what the row holds ready; quicker than an include."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from news.models import Picture
from news.queries.public import Cover

register = template.Library()
TYPES = (("avif", "image/avif"), ("webp", "image/webp"))


@register.simple_tag
def picture(
    cover: "Picture | Cover | None", sizes: str = "100vw", *, decorative: bool = False, eager: bool = False
) -> SafeString:
    """The picture in every format made so far; "" without one. `eager` for the lead, others when near."""
    if cover is None:
        return SafeString()
    sources = cover.sources
    made = "".join(
        f'<source type="{kind}" srcset="{sources[name]}" sizes="{sizes}">'
        for name, kind in TYPES
        if name in sources
    )
    jpeg = f' srcset="{sources["jpeg"]}" sizes="{sizes}"' if "jpeg" in sources else ""
    alt = "" if decorative else escape(cover.alt)
    when = 'fetchpriority="high"' if eager else 'loading="lazy"'
    return mark_safe(  # noqa: S308  alt is escaped, sizes is the template's, the rest our own
        f'<picture>{made}<img src="{sources["src"]}"{jpeg} width="{cover.width}" height="{cover.height}" '
        f'alt="{alt}" class="{cover.focal_class}" {when} decoding="async"></picture>'
    )
