"""What the browser is sent: vendored files, style sheet, scripts, frame and error pages."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.views.csrf import csrf_failure
from django.views.defaults import permission_denied, server_error

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = ROOT / "templates"
FRONTEND = ROOT / "scripts" / "frontend"
STYLES = sorted((STATIC / "css").glob("*.css"))
SITE_CSS = (STATIC / "css" / "site.css").read_text()
PACKAGES = json.loads((FRONTEND / "package.json").read_text())["dependencies"]
# The printed document is one self-contained file and carries its style inside.
PAGES = sorted(
    path
    for path in TEMPLATES.rglob("*.html")
    if "document" not in path.relative_to(TEMPLATES).parts
)

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|<script(?![^>]*\ssrc=)")
OUTSIDE = re.compile(
    r"sourceMappingURL|@import|url\(\s*['\"]?(?:https?:)?//|(?:src|href)=['\"](?:https?:)?//"
    r"|(?:from|import\(?)\s*['\"]https?://"
)
TOO_NEW = re.compile(r":has\(|@layer|@container|color-mix\(|\d[sld]v[hw]\b|^\s*&", re.MULTILINE)


def gzipped(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths)


def test_every_vendored_package_has_the_version_asked_for_its_licence_and_its_line():
    third_party = (VENDOR / "THIRD-PARTY.md").read_text()
    folders = {path.name for path in VENDOR.iterdir() if path.is_dir()}

    assert folders == {f"{name}-{version}" for name, version in PACKAGES.items()}
    for folder in folders:
        assert (VENDOR / folder / "LICENSE").stat().st_size > 300
        assert f"({folder}/LICENSE)" in third_party


def test_versions_are_exact_and_the_lock_names_no_address_to_load_from():
    lock = json.loads((FRONTEND / "package-lock.json").read_text())

    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in PACKAGES.values())
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]


def test_no_served_file_loads_from_outside_or_names_a_source_map():
    served = [
        path
        for path in STATIC.rglob("*")
        if path.suffix in {".css", ".js", ".mjs", ".svg"} and path.is_file()
    ]

    found = {path.name: OUTSIDE.findall(path.read_text()) for path in [*served, *PAGES]}
    assert not {name: hits for name, hits in found.items() if hits}


def test_the_sprite_holds_the_listed_icons_and_every_icon_a_page_uses():
    listed = json.loads((FRONTEND / "icons.json").read_text())
    sprite = VENDOR / f"bootstrap-icons-{PACKAGES['bootstrap-icons']}" / "icons.svg"
    used = {
        name
        for path in PAGES
        for name in re.findall(r'_icon\.html"\s+with\s+name="([\w-]+)"', path.read_text())
    }

    assert re.findall(r'<symbol id="([\w-]+)"', sprite.read_text()) == listed
    assert used <= set(listed)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_page_has_an_inline_style_or_script(path):
    assert not INLINE.findall(path.read_text())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_template_can_be_read(path):
    engines["django"].get_template(str(path.relative_to(TEMPLATES)))


def test_a_script_imports_nothing_because_its_served_name_carries_a_hash():
    imports = re.compile(r"^\s*import\b|\bimport\(", re.MULTILINE)

    assert not [path.name for path in STATIC.glob("js/*.js") if imports.search(path.read_text())]


def test_the_style_sheets_keep_to_what_the_oldest_browser_knows():
    rules = "\n".join(
        re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL) for path in STYLES
    )

    assert not TOO_NEW.findall(rules)


@pytest.mark.parametrize(
    ("search", "planted"),
    [
        (INLINE, '<p style="color: red">'),
        (INLINE, '<script nonce="x">go()</script>'),
        (INLINE, '<a onclick="go()">'),
        (INLINE, '<a href="javascript:go()">'),
        (OUTSIDE, "//# sourceMappingURL=site.js.map"),
        (OUTSIDE, "@font-face { src: url(https://example.org/a.woff2) }"),
        (OUTSIDE, '<script src="//example.org/a.js">'),
        (OUTSIDE, 'import a from "https://example.org/a.js"'),
        (TOO_NEW, "label:has(input) { color: red }"),
        (TOO_NEW, "main { height: 100dvh }"),
        (TOO_NEW, "a {\n  &:hover { color: red }\n}"),
    ],
)
def test_the_searches_find_what_they_are_for(search, planted):
    assert search.search(planted)


def test_the_frame_of_a_page_is_light_enough():
    styles = [VENDOR / "bootstrap-5.3.9" / "bootstrap.min.css", *STYLES]
    scripts = [
        VENDOR / "htmx.org-2.0.11" / "htmx.min.js",
        *(STATIC / "js" / name for name in ("htmx_setup.js", "confirm.js", "menu.js")),
    ]
    pictures = [*VENDOR.glob("*/icons.svg"), STATIC / "img" / "icon.svg"]

    # 150 KB is the budget of a first load and 60 KB that of its scripts; a page needs room too.
    assert gzipped([*styles, *scripts, *pictures]) <= 75_000
    assert gzipped(scripts) <= 25_000


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 to 1, as WCAG 2.2 defines it."""
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", SITE_CSS)) | {"white": "#ffffff"}


@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("ink", "ground-soft", 4.5),
        ("ink-soft", "ground-soft", 4.5),
        ("link", "ground-soft", 4.5),
        ("red", "white", 4.5),
        ("red-dark", "white", 4.5),
        ("error", "error-ground", 4.5),
        ("warning", "warning-ground", 4.5),
        ("success", "success-ground", 4.5),
        ("info", "info-ground", 4.5),
        ("line-control", "ground-soft", 3),
        ("focus", "white", 3),
    ],
)
def test_colours_can_be_told_from_their_ground(ink, ground, least):
    assert contrast(COLOURS[ink], COLOURS[ground]) >= least


@pytest.mark.django_db
def test_a_page_that_does_not_exist_is_a_page_of_the_site():
    response = Client().get("/no/such/page/")

    assert response.status_code == 404
    assert '<main id="main"' in response.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "status"),
    [
        (lambda request: permission_denied(request, Exception()), 403),
        (csrf_failure, 403),
        (server_error, 500),
    ],
    ids=["refused", "expired", "failed"],
)
def test_an_error_page_needs_neither_user_nor_session(view, status):
    response = view(RequestFactory().get("/"))

    assert response.status_code == status
    assert '<main id="main"' in response.text
    assert "style=" not in response.text


@pytest.mark.django_db
def test_the_language_can_be_chosen_before_logging_in():
    response = Client().post("/i18n/setlang/", {"language": "en", "next": "/no/such/page/"})

    assert response.status_code == 302
    assert response.headers["Location"] == "/no/such/page/"
    assert response.cookies["django_language"].value == "en"
