"""The browser, the server and the static files of the browser tests are what they say."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage


def test_the_application_answers_on_a_phones_screen(page):
    assert page.goto("/livez").json() == {"status": "ok"}
    assert page.evaluate("screen.width") == 390


def test_static_files_have_hashed_names_and_are_kept_for_good(page):
    address = staticfiles_storage.url("css/tokens.css")
    answer = page.goto(address)
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
    assert address != "/static/css/tokens.css"


@pytest.mark.allow_console("status of 404")
def test_it_notes_what_the_browser_complains_about(page, faults):
    page.goto("/static/there-is-no-such-file.css")
    page.wait_for_timeout(200)
    assert any("404" in fault for fault in faults)
