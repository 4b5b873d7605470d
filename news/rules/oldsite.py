"""An export of an old site read as articles: a WordPress file (WXR) or pages of HTML. No file, no clock."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape, unescape
from typing import IO, Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from news.rules.body import words_of

LONGEST_PATH = 500
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_EXCERPT = re.compile(r"\{http://wordpress\.org/export/1\.\d/excerpt/\}encoded")
_SHORTCODE = re.compile(r"\[/?[a-z][a-z0-9_-]{1,30}(?:\s[^\]\n]{0,500})?/?\]")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?")
_LINK = re.compile(r'<a href="([^"]*)"')  # as clean_body writes it
_SENTENCE = re.compile(r"(?<=[.!?…])\s")
_AWAY = ("script", "style", "nav", "header", "footer", "aside", "form", "noscript", "iframe", "svg")
_BODIES = (
    "//*[@itemprop='articleBody']",
    "//*[contains(concat(' ', @class, ' '), ' entry-content ')]",
    "//*[contains(concat(' ', @class, ' '), ' post-content ')]",
    "//article",
    "//main",
    "//body",
)


class NotAnExport(Exception):
    """The file cannot be read as an export; the text is for the log."""


@dataclass(slots=True)
class OldArticle:
    """One article of the old site; `path` is its address there, on `host` ("" where nothing says)."""

    name: str
    path: str
    title: str
    at: datetime | None
    body: str
    excerpt: str = ""
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    cover: str = ""
    is_public: bool = True
    host: str = ""


@dataclass(slots=True)
class OldPicture:
    """A picture that a body shows: its address as written there, and its words."""

    src: str
    alt: str
    caption: str


def plain_path(address: str) -> str:
    """The address without host, query (but ?p=), fragment and last slash; the key of a redirect."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    path = "/" + unquote(parts.path).strip("/")
    found = re.fullmatch(r"(?:p|page_id)=(\d{1,12})", parts.query)
    if path in {"/", "/index.php"} and found:
        return f"/?p={found[1]}"
    path = "".join(sign for sign in path if sign.isprintable())
    return path if len(path) <= LONGEST_PATH and path != "/" else ""


def host_of(address: str) -> str:
    """The address's host without "www.", "" without one."""
    try:
        return (urlsplit(address.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def old_links(body: str, path: str, hosts: Collection[str]) -> dict[str, str]:
    """Links of a cleaned body to the old site as they stand there, each with its plain path.

    Relative ones are read from the article's own `path`; what leads to other hosts is not among them.
    """
    found: dict[str, str] = {}
    for raw in _LINK.findall(body):
        try:
            whole = urljoin(f"https://old.invalid{path or '/'}", unescape(raw))
        except ValueError:
            continue
        inside = host_of(whole) == "old.invalid" and not raw.startswith("#")
        if whole.startswith(("http://", "https://")) and (inside or host_of(whole) in hosts):
            found[raw] = plain_path(whole)
    return {raw: place for raw, place in found.items() if place}


def relinked(body: str, new: Mapping[str, str]) -> str:
    """The body with the links named, as they stand there, led to their new addresses."""
    return _LINK.sub(lambda m: f'<a href="{escape(new[m[1]])}"' if m[1] in new else m[0], body)


def read_attachments(file: IO[bytes]) -> dict[str, str]:
    """Ids of the attachments of a WordPress export and their addresses; raises NotAnExport."""
    found = {}
    for _item, told in _items(file):
        if told.get("post_type") == "attachment" and told.get("attachment_url"):
            found[told.get("post_id", "")] = told["attachment_url"]
    return found


def read_wxr(file: IO[bytes], attachments: dict[str, str]) -> Iterator[OldArticle]:
    """Articles of a WordPress export, one after another in flat memory; raises NotAnExport."""
    for item, told in _items(file):
        if told.get("post_type") in {"post", "page"}:
            article = _article(item, told)
            article.cover = attachments.get(_thumbnail(item), "")
            yield article


def _items(file: IO[bytes]) -> Iterator[tuple[Any, dict[str, str]]]:
    """Entities are not resolved and nothing is fetched: neither bombs nor outside files can be named."""
    try:
        walk = etree.iterparse(
            file, events=("end",), tag="item", resolve_entities=False, no_network=True, load_dtd=False
        )
        for _event, item in walk:
            yield item, _told(item)
            item.clear()
            while item.getprevious() is not None:
                del item.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise NotAnExport(str(error)[:200]) from error


def read_page(name: str, data: bytes) -> OldArticle | None:
    """The article of one page of HTML; None if the page holds none."""
    try:
        tree = html.document_fromstring(data, parser=html.HTMLParser(encoding=_charset(data)))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    title = _first(tree, "//meta[@property='og:title']/@content", "//h1", "//title")
    at = _first(
        tree,
        "//meta[@property='article:published_time']/@content",
        "//meta[@itemprop='datePublished']/@content",
        "//time/@datetime",
    )
    address = _first(tree, "//link[@rel='canonical']/@href") or _path_of(name)
    summary = _first(tree, "//meta[@name='description']/@content")
    for tag in _AWAY:
        for node in tree.xpath(f"//{tag}"):
            node.drop_tree()
    for node in tree.xpath("//h1"):
        node.drop_tree()
    body = next((found[0] for found in map(tree.xpath, _BODIES) if found), None)
    if body is None or not title:
        return None
    text = "".join(html.tostring(child, encoding="unicode") for child in body)
    if not words_of(text) and not body.xpath(".//img"):
        return None
    article = OldArticle(name, plain_path(address), title[:200], read_moment(at), text, summary[:500])
    article.host = host_of(address)
    return article


def body_of(article: OldArticle) -> tuple[str, list[OldPicture]]:
    """The body with a mark in place of each picture, and those pictures in order.

    A mark is `<figure data-kind="old" data-id="n"></figure>`, n from 1; it stands after the paragraph.
    """
    text = _SHORTCODE.sub("", article.body)
    if not re.search(r"<(?:p|div|h\d|ul|ol|table|figure)\b", text, re.IGNORECASE):
        blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
        text = "".join(f"<p>{block.strip()}</p>" for block in blocks if block.strip())
    tree = html.fragment_fromstring(text, create_parent="div")
    for comment in tree.xpath("//comment()"):
        comment.drop_tree()
    pictures: list[OldPicture] = []
    for image in tree.xpath(".//img"):
        src = image.get("src") or image.get("data-src") or ""
        frame = next(image.iterancestors("figure"), None)
        caption = " ".join("".join(frame.itertext()).split()) if frame is not None else ""
        pictures.append(OldPicture(src, (image.get("alt") or "").strip()[:300], caption[:300]))
        mark = html.Element("figure", {"data-kind": "old", "data-id": str(len(pictures))})
        block = image
        while block.getparent() is not None and block.getparent() is not tree:
            block = block.getparent()
        if frame is not None:
            for told in frame.xpath(".//figcaption"):
                told.drop_tree()
        at = block
        while (
            (after := at.getnext()) is not None and after.tag == "figure" and after.get("data-kind") == "old"
        ):
            at = after
        mark.tail, at.tail = at.tail, None
        at.addnext(mark)
        parent = image.getparent()
        image.drop_tree()
        if parent is not None and parent.tag == "a" and not len(parent) and not (parent.text or "").strip():
            parent.drop_tree()
    return "".join(html.tostring(child, encoding="unicode") for child in tree), pictures


def summary_of(article: OldArticle) -> str:
    """What stood there as the summary, else the first sentences, at most 300 letters."""
    told = words_of(article.excerpt)
    if told:
        return told[:500]
    text = ""
    for sentence in _SENTENCE.split(words_of(_SHORTCODE.sub("", article.body))):
        if text and len(text) + len(sentence) > 300:
            break
        text = f"{text} {sentence}".strip()
    return text if len(text) <= 300 else text[:297].rsplit(" ", 1)[0] + "…"


def read_moment(text: str) -> datetime | None:
    """A moment written as in ISO 8601 or SQL; one without a zone is taken for UTC. None for nonsense."""
    text = text.strip()
    try:
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except ValueError:
        found = _DAY.search(text)
    try:
        numbers = [int(part) for part in found.groups(default="0")] if found else []
        return datetime(*numbers, tzinfo=UTC) if numbers else None  # type: ignore[arg-type,misc]
    except ValueError:
        return None


def _told(item: Any) -> dict[str, str]:
    """What WordPress says of an item, by the local names of its own elements."""
    return {
        etree.QName(child).localname: (child.text or "").strip()
        for child in item
        if isinstance(child.tag, str) and "wordpress.org/export" in child.tag
    }


def _article(item: Any, told: dict[str, str]) -> OldArticle:
    excerpt = next((c.text or "" for c in item if isinstance(c.tag, str) and _EXCERPT.fullmatch(c.tag)), "")
    gmt = told.get("post_date_gmt", "")
    link = (item.findtext("link") or "").strip()
    return OldArticle(
        name=told.get("post_id", ""),
        path=plain_path(link),
        host=host_of(link),
        title=unescape(" ".join((item.findtext("title") or "").split()))[:200],
        at=read_moment(gmt) if gmt and not gmt.startswith("0000") else read_moment(told.get("post_date", "")),
        body=item.findtext(_CONTENT) or "",
        excerpt=excerpt,
        categories=[c.get("nicename", "") for c in item.findall("category[@domain='category']")],
        tags=[(c.text or "").strip() for c in item.findall("category[@domain='post_tag']")],
        is_public=told.get("status") == "publish" and not told.get("post_password"),
    )


def _thumbnail(item: Any) -> str:
    for meta in item:
        if not isinstance(meta.tag, str) or not meta.tag.endswith("}postmeta"):
            continue
        told = {etree.QName(child).localname: child.text or "" for child in meta}
        if told.get("meta_key") == "_thumbnail_id":
            return told.get("meta_value", "").strip()
    return ""


def _first(tree: Any, *asked: str) -> str:
    for path in asked:
        for found in tree.xpath(path):
            text = found if isinstance(found, str) else "".join(found.itertext())
            if text := " ".join(text.split()):
                return text
    return ""


def _path_of(name: str) -> str:
    plain = name.replace("\\", "/").lstrip("/")
    return "/" + re.sub(r"(?:^|/)index\.html?$", "", plain)


def _charset(data: bytes) -> str:
    found = re.search(rb"charset=[\"']?([A-Za-z0-9-]{3,20})", data[:2048])
    name = found[1].decode("ascii").lower() if found else "utf-8"
    return name if name in {"utf-8", "windows-1258", "windows-1252", "iso-8859-1"} else "utf-8"
