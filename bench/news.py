"""`news`: a visitor reads home, list, article, search, ours beside Wagtail with the same articles.

Same PostgreSQL server, same Valkey, same web server and words for it, one process each, one run. Of many
articles so many are asked for, spread over all; a search is one of four in turn.
"""

import json
import os
import secrets
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import content
from bench.report import line
from bench.rounds import CONNECTIONS, Turn, alternate, client_ceiling
from bench.servers import ROOT, THREADS, Site, Web, postmaster, second_database, serving
from redcross.embedded import Addresses, running

SMALL = 30
ASKED = 30  # articles a client asks for at most, spread over all
KINDS = ("home", "list", "article", "search")
SCHEDULED = 200  # as many as articles at a small size: the peer takes a quarter of a second for each
YARDSTICK = "Wagtail 8.0.1"
Pages = dict[str, list[str]]


def our_site(addresses: Addresses, folder: Path, cache: str) -> Site:
    """The portal as bin/serve would run it, with its page cache on or off."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "redcross.settings",
        "REDCROSS_MODE": "local",
        "SITE_URL": "http://localhost",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        "DATA_DIR": str(folder / "ours"),
        "PAGE_CACHE": cache,
    }
    return Site(f"ours-{cache}", ROOT, "redcross.wsgi:application", environment)


def wagtail_site(addresses: Addresses, folder: Path, cache: str) -> Site:
    """The peer, with or without Django's per-site cache around it."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "site_settings",
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        "PEER_MEDIA": str(folder / "peer-media"),
        "PEER_PAGE_CACHE": cache,
    }
    return Site(f"wagtail-{cache}", ROOT / "bench/peers/wagtail_site", "site_wsgi:application", environment)


def fill_ours(site: Site, size: int) -> Pages:
    """Migrate and publish on our side; the addresses of the list and of the articles."""
    Path(site.environment["DATA_DIR"]).mkdir(parents=True)
    site.python("manage.py", "migrate", "-v0")
    site.python("manage.py", "createcachetable")
    site.python("manage.py", "collectstatic", "--noinput", "-v0")
    pages: Pages = json.loads(site.python("-m", "bench.fill_news", str(size)))
    return pages


def fill_wagtail(site: Site, size: int) -> Pages:
    """Migrate and publish on the peer's side; the addresses of the list and of the articles."""
    site.python("manage.py", "migrate", "-v0")
    pages: Pages = json.loads(site.python("fill.py", str(size)))
    return pages


def plans(pages: Pages, wanted: list[content.Article]) -> dict[str, list[dict[str, Any]]]:
    """What the client asks and looks for, per kind of page. Only a home page changes under the readers'
    hands: it shows what is read most.
    """
    size = len(pages["article"])
    newest = content.article(size).slug
    asked: dict[str, list[tuple[str, str]]] = {
        "article": [(pages["article"][one.number - 1], f"{content.MARKER} {one.number}.") for one in wanted],
        "home": [(pages["home"][0], newest)],
        "list": [(pages["list"][0], newest)],
        # The title that was asked for, else any article: where many fit alike, each side has its order.
        "search": [
            (path, content.article(content.FOUND).slug if at == 0 else content.ANY_SLUG)
            for at, path in enumerate(pages["search"])
        ],
    }
    return {
        kind: [
            {"path": path, "host": "localhost", "marker": marker, "is_steady": kind != "home"}
            for path, marker in asks
        ]
        for kind, asks in asked.items()
    }


def turns_of(web: Web, pages: Pages, database: int) -> dict[str, Turn]:
    """One turn per kind of page for a running server, its queries counted before anything is timed."""
    size = len(pages["article"])
    asked = min(ASKED, max(10, size // 3))
    wanted = [content.article(number) for number in range(size, 0, -max(1, size // asked))][:asked]
    by_kind = plans(pages, wanted)
    first = {kind: [ask["path"] for ask in plan[: len(content.SEARCHES)]] for kind, plan in by_kind.items()}
    counted = web.site.queries(*(path for paths in first.values() for path in paths))
    return {
        kind: Turn(web, plan, max(counted[path] for path in first[kind]), database)
        for kind, plan in by_kind.items()
    }


def measure(size: int | None, rounds: int | None, seconds: float | None) -> None:
    """Fill both sides, load them in alternating rounds, print the lines."""
    rounds, seconds = rounds or (5 if size else 2), seconds or (0.7 if size else 0.4)
    size = size or SMALL
    only_peer = os.environ.get("BENCH_ONLY_PEER") == "1"
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        addresses = stack.enter_context(running(folder))
        theirs = second_database(addresses, "peer")
        peers = {cache: wagtail_site(theirs, folder, cache) for cache in ("off", "on")}
        own = {} if only_peer else {cache: our_site(addresses, folder, cache) for cache in ("off", "on")}
        with ThreadPoolExecutor(2) as both:
            peer_fill = both.submit(fill_wagtail, peers["off"], size)
            own_fill = both.submit(fill_ours, own["off"], size) if own else None
            peer_pages = peer_fill.result()
            own_pages = own_fill.result() if own_fill else {}
        print(f"# {size} articles stand on both sides", flush=True)
        database = postmaster(folder)
        webs: dict[str, tuple[Web, Pages]] = {}
        for cache in ("off", "on"):
            if own:
                web = stack.enter_context(serving(own[cache], folder, own_pages["list"][0]))
                webs[f"ours {cache}"] = web, own_pages
            web = stack.enter_context(serving(peers[cache], folder, peer_pages["list"][0]))
            webs[f"peer {cache}"] = web, peer_pages
        with ThreadPoolExecutor(2) as both:  # queries are counted, nothing is timed yet
            found = both.map(lambda side: turns_of(*side, database), webs.values())
            measured = dict(zip(webs, found, strict=True))
        # Ours and theirs of the same kind follow each other at once.
        turns = [kinds[kind] for kind in KINDS for kinds in measured.values()]
        alternate(turns, rounds, seconds)
        print_lines(size, measured)
        ceiling = client_ceiling(turns)
        if own:
            print_scheduled(own["off"], peers["off"], min(SCHEDULED, size))
    print(
        f"# {rounds} rounds of {seconds} s, {CONNECTIONS} keep-alive connections, granian WSGI, one process "
        f"of {THREADS} threads each; the client alone could ask {ceiling:,.0f}/s"
    )


def print_scheduled(own: Site, peer: Site, count: int) -> None:
    """Posts due at one moment: ours sent out by the action the beat calls, theirs by their own command."""
    ours = json.loads(own.python("-m", "bench.schedule_news", str(count)))
    theirs = json.loads(peer.python("schedule.py", str(count)))
    cells = (
        "news scheduled posts out",
        str(count),
        f"{ours['seconds']:.3f} s",
        f"{YARDSTICK} publish_scheduled {theirs['seconds']:.2f} s",
        f"{theirs['seconds'] / ours['seconds']:.0f}×",
        f"{ours['queries']}/{theirs['queries']}",
        f"{ours['peak_mb']:.0f}/{theirs['peak_mb']:.0f}",
    )
    print(" | ".join(cells))


def print_lines(size: int, measured: dict[str, dict[str, Turn]]) -> None:
    """Uncached against uncached, cached against uncached (the target), and cached against cached."""
    if "ours off" not in measured:
        for side, kinds in measured.items():
            for kind, turn in kinds.items():
                cell = turn.cell()
                print(f"{side} {kind}: {cell.speed}, {cell.queries} queries, {cell.peak_mb:.0f} MB")
        return
    for kind in KINDS:
        ours = {cache: measured[f"ours {cache}"][kind].cell() for cache in ("off", "on")}
        peer = {cache: measured[f"peer {cache}"][kind].cell() for cache in ("off", "on")}
        print(line(f"news {kind}, uncached", size, ours["off"], YARDSTICK, peer["off"]))
        print(line(f"news {kind}, cached", size, ours["on"], f"{YARDSTICK} uncached", peer["off"]))
        print(line(f"news {kind}, both cached", size, ours["on"], f"{YARDSTICK} cached", peer["on"]))
