"""Rules about the code itself: said once here, held everywhere."""

import ast
import importlib
import inspect
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from foundation.dated import check_table
from people.access import access_of
from redcross.acts import ACTS

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    ["redcross"],
    ["rewards"],
    ["activities"],
    ["members", "donors", "evaluations", "news"],
    ["papers"],
    ["people"],
    ["letters"],
    ["ledger"],
    ["foundation"],
]
HEIGHT = {app: -n for n, floor in enumerate(FLOORS) for app in floor}
APPS = [app for floor in FLOORS for app in floor]


def tracked(*endings: str) -> list[Path]:
    """Files git tracks or would track, by ending."""
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in names if name.endswith(endings) and (ROOT / name).exists()]


def python_files(*, with_tests: bool = True) -> list[Path]:
    return [
        path
        for path in tracked(".py")
        if "migrations" not in path.parts and (with_tests or path.relative_to(ROOT).parts[0] in APPS)
    ]


def all_patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the portal with its namespace-qualified name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from all_patterns(pattern, namespace)
        else:
            yield f"{prefix}{pattern.name}", pattern


def modules(room: str) -> Iterator[ModuleType]:
    """A room's modules in every app: `<app>/<room>.py` or the package's files."""
    for app in APPS:
        file, package = ROOT / app / f"{room}.py", ROOT / app / room
        if file.exists():
            yield importlib.import_module(f"{app}.{room}")
        elif package.is_dir():
            for path in sorted(package.glob("*.py")):
                if path.stem != "__init__":
                    yield importlib.import_module(f"{app}.{room}.{path.stem}")


# Steps below an action that other rooms share: claims, readers, the hooks of a merge. They decide nothing.
NOT_ACTIONS = {
    "donors.actions.list_runs.work_list",
    "letters.actions.claim_due",
    "letters.actions.forgetting.forget_letters",
    "letters.actions.nudge",
    "letters.actions.release_stale",
    "letters.actions.send_claimed",
    "letters.actions.writing.reachable",
    "people.actions.absorbing.change_row",
    "people.actions.absorbing.move_rows",
    "people.actions.absorbing.move_what_fits",
    "people.actions.import_runs.work_import",
    "people.actions.import_writes.lock_imports",
    "people.actions.import_writes.write_new_people",
    "people.actions.imports.best_layout",
    "people.actions.list_work.end_trial",
    "people.actions.list_work.end_writing",
    "people.actions.list_work.held_in",
    "people.actions.list_work.layout_fields",
    "people.actions.list_work.looked_at",
    "people.actions.list_work.opened",
    "people.actions.list_work.read_header",
    "people.actions.list_work.rows_after",
    "people.actions.list_work.work",
    "people.actions.merges.absorb_rows",
    "rewards.actions.working.work_run",
}


def actions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every function of an actions room that another room or another app names."""
    called: dict[str, Callable[..., Any]] = {}
    for path in python_files(with_tests=False):
        app, *rest = path.relative_to(ROOT).parts
        for module_name, name in actions_named_in(ast.parse(path.read_text())):
            if module_name.split(".")[0] == app and rest[0] in {"actions", "actions.py"}:
                continue
            found = getattr(importlib.import_module(module_name), name, None)  # a module not loaded yet
            if inspect.isfunction(found):
                called[f"{module_name}.{name}"] = found
    yield from sorted((name, action) for name, action in called.items() if name not in NOT_ACTIONS)


def actions_named_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(module, function) of `from app.actions import f`, and of `actions.f` after `import actions`."""
    whole: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = node.module.split(".")
            if parts[0] in APPS and parts[1:2] == ["actions"]:
                yield from ((node.module, name.name) for name in node.names)
            elif len(parts) == 1 and parts[0] in APPS:
                whole |= {
                    n.asname or n.name: f"{parts[0]}.actions" for n in node.names if n.name == "actions"
                }
    for node in ast.walk(tree) if whole else ():
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in whole:
            yield whole[node.value.id], node.attr


def test_no_file_is_over_500_lines() -> None:
    too_long = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in [*python_files(), *tracked(".html", ".js")]
        if path.name != "htmx.js"
    }
    assert {name: lines for name, lines in too_long.items() if lines > 500} == {}


def test_every_page_says_who_may_open_it() -> None:
    unmarked = [name for name, pattern in all_patterns() if access_of(pattern.callback) is None]

    assert unmarked == []


def test_every_address_has_a_name_and_no_two_share_it() -> None:
    names = [name for name, _pattern in all_patterns() if not name.startswith("admin:")]

    assert sorted(names) == sorted(set(names))
    assert "None" not in names


def test_rule_tables_are_cited_and_seamless() -> None:
    tables = sorted(ROOT.glob("*/tables/*.toml"))

    assert ROOT / "people" / "tables" / "offices.toml" in tables
    assert {str(path.relative_to(ROOT)): check_table(path) for path in tables if check_table(path)} == {}


def test_rules_know_no_clock_no_settings_and_no_rows() -> None:
    forbidden = re.compile(
        r"^\s*(?:from|import) (?:django\.(?:db|conf|utils\.timezone)|time\b|\w+\.models)|\btoday\(|\.now\(",
        re.MULTILINE,
    )
    guilty = {
        module.__name__: forbidden.findall(inspect.getsource(module))
        for module in modules("rules")
        if forbidden.search(inspect.getsource(module))
    }
    assert guilty == {}


def test_no_relation_points_upwards() -> None:
    upward = [
        f"{model._meta.label}.{field.name}"
        for app in APPS
        if apps.is_installed(app) or app == "redcross"
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model._meta.app_label in HEIGHT
        and field.related_model._meta.app_label != app
        and HEIGHT[field.related_model._meta.app_label] >= HEIGHT[app]
    ]
    assert upward == []


@pytest.mark.parametrize(
    ("name", "action"), list(actions()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_an_action_is_told_who_by_keyword_and_is_atomic(name: str, action: Callable[..., Any]) -> None:
    plain = inspect.unwrap(action)
    kinds = {p.name: p.kind for p in inspect.signature(plain).parameters.values()}
    source = ast.parse(inspect.getsource(plain).lstrip())
    decorators = [ast.unparse(d) for d in source.body[0].decorator_list]  # type: ignore[attr-defined]

    assert set(kinds.values()) == {inspect.Parameter.KEYWORD_ONLY}
    assert "by" in kinds
    assert "transaction.atomic" in decorators or "with transaction.atomic()" in inspect.getsource(plain)
    assert plain.__doc__


def test_every_act_in_the_log_has_a_name() -> None:
    written = {
        match
        for module in [*modules("actions"), *modules("signals")]
        for match in re.findall(r'act="([a-z_.]+)"', inspect.getsource(module))
    }

    literals = {
        match
        for module in [*modules("actions"), *modules("signals")]
        for match in re.findall(r'"([a-z]+\.[a-z_]+)"', inspect.getsource(module))
    }

    assert written - set(ACTS) == set()
    assert set(ACTS) - literals == set()


def test_every_template_is_used() -> None:
    templates = {
        str(path.relative_to(ROOT / "templates"))
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    sources = "\n".join(
        path.read_text() for path in [*python_files(with_tests=False), *(ROOT / "templates").rglob("*.html")]
    )
    by_framework = re.compile(
        r"^(4\d\d|500)\.html$|^django/|^(account|mfa|usersessions|allauth)/|^letters/.*\.txt$|^admin/"
    )
    unused = {name for name in templates if not by_framework.match(name) and f'"{name}"' not in sources}

    assert unused == set()


def test_templates_hold_no_inline_style_or_script() -> None:
    inline = re.compile(
        r"""\sstyle=|\son[a-z]+=["']|<style|<script(?![^>]*\bsrc=)(?![^>]*ld\+json)""", re.IGNORECASE
    )
    guilty = {
        str(path.relative_to(ROOT)): inline.findall(path.read_text())
        for path in (ROOT / "templates").rglob("*.html")
        if inline.search(path.read_text())
    }
    assert guilty == {}


def test_in_the_dark_only_colours_change() -> None:
    """Journeys ask axe there about contrast alone (journeys/conftest.py)."""
    dark = {
        path.name: found
        for path in sorted((ROOT / "static" / "css").glob("*.css"))
        if (
            found := re.findall(
                r"@media \(prefers-color-scheme: dark\) \{(.*?)\n\}", path.read_text(), re.DOTALL
            )
        )
    }
    assert list(dark) == ["tokens.css"]
    names = {
        line.partition(":")[0].strip()
        for text in dark["tokens.css"]
        for line in text.split("\n")
        if ";" in line
    }
    assert {name for name in names if not name.startswith("--rc-")} == {"color-scheme"}


def test_tests_do_not_sleep() -> None:
    sleepers = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if re.search(r"\btime\.sleep\(|wait_for_timeout\(", path.read_text())
    ]
    assert sleepers == []


def test_no_shelf_for_everything() -> None:
    shelves = {"utils", "helpers", "services", "common", "misc"}

    assert [
        str(p.relative_to(ROOT)) for p in python_files() if p.stem in shelves or p.parent.name in shelves
    ] == []


def test_lock_files_name_no_place() -> None:
    for path in ROOT.glob("requirements*.txt"):
        assert not re.search(r"https?://|--index-url|--find-links|file:", path.read_text()), path.name
