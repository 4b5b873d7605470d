"""The body of a post: cleaned by an allow-list, whatever was pasted."""

import re
from html import escape, unescape

import nh3

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
    html = nh3.clean(html, tags=set(TAGS), attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")
    html = plain_figures(html)
    return _EMPTY.sub("", html).replace("> <", "><").strip()


def words_of(html: str) -> str:
    """The text of cleaned HTML on one line."""
    return _SPACES.sub(" ", unescape(_TAG.sub(" ", html))).strip()


def _paragraphs(text: str) -> str:
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    lines = (escape(block.strip(), quote=False).replace("\n", "<br>") for block in blocks)
    return "".join(f"<p>{line}</p>" for line in lines if line)
