"""The body of a post: cleaned by an allow-list, whatever was pasted."""

import re
from html import escape, unescape

import nh3
from django.utils.translation import gettext as _

from news.rules.embeds import plain_figures

TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "u",
    "s",
    "sub",
    "sup",
    "blockquote",
    "a",
    "br",
    "hr",
}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td", "figure"}
RENAMED = {
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "b": "strong",
    "i": "em",
    "div": "p",
    "del": "s",
    "strike": "s",
}
ATTRIBUTES = {
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "figure": {"data-kind", "data-id", "data-caption"},
}
# Items that a text of law calls a) or II.
LIST_TYPES = {"ol": {"type": {"a", "A", "i", "I"}}}
SCHEMES = {"http", "https", "mailto", "tel"}
# What lies inside these is never words of an article.
WITHOUT_CONTENT = {
    "script",
    "style",
    "title",
    "xml",
    "template",
    "noscript",
    "svg",
    "math",
    "iframe",
    "object",
}

_MARKUP = re.compile(
    r"</?(?:p|h[1-6]|ul|ol|li|blockquote|br|table|div|a|b|i|strong|em|span|figure)\b[^>]*>", re.IGNORECASE
)
_EMPTY = re.compile(r"<(p|h2|h3|h4|li|strong|em|u|s|blockquote)>(?:\s|<br>)*</\1>")
_BREAKS_AT_END = re.compile(r"(?:<br>\s*)+(</(?:p|li|h2|h3|h4)>)")
_TAG = re.compile(r"<[^>]+>")
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_HANDLER = re.compile(r"<[a-z][^>]*[\s/\"']on[a-z]+\s*=", re.IGNORECASE)
_DRAWING = re.compile(r"<(?:svg|math)\b", re.IGNORECASE)
_FOREIGN = re.compile(r"<(?:iframe|object|embed|frame|base|meta)\b", re.IGNORECASE)
_INPUT = re.compile(r"<(?:form|input|button|select|textarea)\b", re.IGNORECASE)
_PICTURE = re.compile(r"<(?:img|video|audio)\b", re.IGNORECASE)
_HREF = re.compile(r"<a\b[^>]*?\shref\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20]+")
_SPACES = re.compile(r"[ \t\r\n\xa0]+")


def clean_body(text: str) -> str:
    """Safe, plain HTML of a post: allowed tags only, no style, class, script; "" when nothing is left.

    Text without any markup (typed into a plain field) becomes paragraphs at its blank lines.
    """
    text = text.replace("\x00", "").strip()
    if not _MARKUP.search(text):
        return _paragraphs(text)
    html = nh3.clean(
        text,
        tags=set(TAGS | RENAMED.keys()),
        clean_content_tags=WITHOUT_CONTENT,
        attributes=ATTRIBUTES,
        tag_attribute_values=LIST_TYPES,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    for old, new in RENAMED.items():
        html = html.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>")
    html = _SPACES.sub(" ", html.replace("&nbsp;", " "))
    html = _BREAKS_AT_END.sub(r"\1", html)
    before = None
    while before != html:
        before, html = html, _EMPTY.sub("", html)
    # Renaming <div> may have put paragraphs into paragraphs: one more pass gives a well-formed tree.
    html = nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        tag_attribute_values=LIST_TYPES,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    html = plain_figures(html)
    return _EMPTY.sub("", html).replace("> <", "><").strip()


def taken_out(text: str) -> list[str]:
    """What `clean_body` takes out of a text that could have run: one sentence each, for its writer."""
    told = [
        (_SCRIPT, _("A script was taken out of the text.")),
        (_HANDLER, _("Hidden commands on parts of the text were taken out.")),
        (_DRAWING, _("A drawing (SVG) was taken out of the text: add it as a picture.")),
        (_FOREIGN, _("A frame of another site was taken out: add a video by its address.")),
        (_INPUT, _("Form fields were taken out of the text.")),
        (_PICTURE, _("Pictures pasted with the text were not taken along: add each as a picture.")),
    ]
    found = [sentence for pattern, sentence in told if pattern.search(text)]
    unsafe = [m for m in _HREF.findall(text) if _is_unsafe(unescape(m).strip("\"' \t\r\n"))]
    if unsafe:
        found.append(_("A link with an unsafe address was taken out; its words stand."))
    return found


def _is_unsafe(address: str) -> bool:
    scheme, colon, _rest = _CONTROL.sub("", address).partition(":")
    is_scheme = bool(colon) and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.\-]*", scheme) is not None
    return is_scheme and scheme.lower() not in SCHEMES


def words_of(html: str) -> str:
    """The text of cleaned HTML on one line."""
    return _SPACES.sub(" ", unescape(_TAG.sub(" ", html))).strip()


def _paragraphs(text: str) -> str:
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    lines = (escape(block.strip(), quote=False).replace("\n", "<br>") for block in blocks)
    return "".join(f"<p>{line}</p>" for line in lines if line)
