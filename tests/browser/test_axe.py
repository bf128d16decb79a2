"""axe-core in real Chromium: no violation of WCAG 2.1 A and AA on any page; the Finnish ones wide and narrow."""

import pytest

from .conftest import VIEWS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("name", "width"), VIEWS)
def test_no_violation(paths, open_page, violations, name, width):
    page, _ = open_page(paths[name], width)
    assert violations(page) == {}


def test_a_page_with_faults_is_found_out(open_page, violations, tmp_path):
    path = tmp_path / "huono.html"
    rows = "<p style='color:#aaa;background:#fff'>vaalea</p><img src='data:,'><a href='#x'></a>" * 2
    path.write_text(
        f"<!doctype html><title>x</title><meta charset=utf-8><body><main><h1>x</h1>{rows}</main>", encoding="utf-8"
    )
    page, _ = open_page(path)
    assert {"html-has-lang", "image-alt", "color-contrast", "link-name"} <= set(violations(page))


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", ["palvelutarve_kainuu", "asiakaskysely", "tarkista_prosentit"])
def test_no_violation_on_the_reviewers_sheet(demo_run, open_page, violations, name, width):
    page, events = open_page(demo_run.report(name) / "review.html", width)
    assert violations(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert events.errors == []
