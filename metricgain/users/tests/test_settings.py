import zoneinfo
from html.parser import HTMLParser

import pytest
from django.forms import Select
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from metricgain import __version__
from metricgain.users.forms import TimeZoneSelect, time_zones
from metricgain.users.models import User

FORM = {
    "full_name": "Alice",
    "unit": "lb",
    "timezone": "Asia/Tokyo",
    "theme": "dark",
    "experience": "advanced",
    "deload_mode": "simple",
}
URL = "/settings/"


def test_settings_keep_everything(signed_in, alice):
    assertRedirects(signed_in.post(URL, FORM), reverse("users:settings"), status_code=303)
    alice.refresh_from_db()
    told = {name: getattr(alice, name) for name in FORM}
    assert told == FORM


def test_settings_show_what_is_kept(signed_in, alice):
    signed_in.post(URL, FORM)
    page = signed_in.get(URL)
    assert {name: page.context["form"][name].value() for name in FORM} == FORM
    assertNotContains(page, "Not said")


@pytest.mark.parametrize("field", ["unit", "timezone", "theme", "experience", "deload_mode"])
def test_settings_refuse_what_is_no_choice_and_keep_what_was_typed(signed_in, alice, field):
    answer = signed_in.post(URL, FORM | {field: "Mars/Olympus"})
    assertContains(answer, "Mars/Olympus", status_code=422)
    assertContains(answer, 'value="Alice"', status_code=422)
    alice.refresh_from_db()
    assert alice.full_name is None


@pytest.mark.parametrize(("said", "asks"), [("off", False), ("on", True), ("", False)])
def test_who_is_not_asked_for_the_rir_can_be_asked_again(signed_in, alice, said, asks):
    User.objects.update(preferences={"ask_rir": False})
    signed_in.post(URL, FORM | {"asks_rir": said})
    alice.refresh_from_db()
    assert alice.asks_rir is asks
    assert signed_in.get(URL).context["form"]["asks_rir"].value() == ("on" if asks else "off")


def test_settings_leave_preferences_that_they_do_not_show(signed_in, alice):
    told = {"plates": [20, 10], "experience": "beginner", "deload_mode": "simple"}
    User.objects.update(preferences=told)
    signed_in.post(URL, {"unit": "kg", "timezone": "UTC"})
    alice.refresh_from_db()
    assert alice.preferences == told | {"unit": "kg"}


def test_settings_say_what_experience_deload_and_zone_do(signed_in):
    page = signed_in.get(URL)
    assertContains(page, "It decides with how many weekly sets")
    assertContains(page, "Half the sets and half the weight, all week")
    assertContains(page, "this zone counts where a device does not")
    assert page.context["form"]["deload_mode"].value() == "rp"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_said_to_the_style_sheet_on_every_page(signed_in, theme):
    signed_in.post(URL, FORM | {"theme": theme})
    assertContains(signed_in.get("/templates/"), f' data-theme="{theme}">')


@pytest.mark.parametrize("preferences", [{}, {"theme": "system"}, {"theme": '"><script>'}])
def test_without_a_choice_the_phone_decides(signed_in, preferences):
    User.objects.update(preferences=preferences)
    assertNotContains(signed_in.get("/templates/"), "data-theme")


def test_settings_are_for_members(client, db):
    assertRedirects(client.get(URL), f"/login/?next={URL}")


def test_settings_take_three_queries(signed_in, django_assert_num_queries):
    with django_assert_num_queries(3):  # the session, the user, the devices that ring
        signed_in.get(URL)


class Options(HTMLParser):
    """Reads a page's selects like a browser: each select's attributes, and each option's value, text and whether it is
    chosen."""

    def __init__(self, html: str):
        super().__init__()
        self.select, self.options = {}, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "select":
            self.select = dict(attrs)
        elif tag == "option":
            self.options.append(dict(attrs) | {"text": ""})

    def handle_data(self, data):
        if self.options and data.strip():
            self.options[-1]["text"] += data.strip()

    def read(self) -> list[tuple[str, str, bool]]:
        return [(option.get("value", option["text"]), option["text"], "selected" in option) for option in self.options]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York", "Etc/GMT+1", "Etc/GMT+10"])
def test_the_time_zones_are_what_djangos_select_would_be(zone):
    attributes = {"id": "id_timezone", "aria-describedby": "id_timezone_error"}
    ours = Options(TimeZoneSelect(choices=time_zones()).render("timezone", zone, attributes))
    djangos = Options(Select(choices=time_zones()).render("timezone", zone, attributes))
    assert (ours.select, ours.read()) == (djangos.select, djangos.read())
    assert [value for value, _, chosen in ours.read() if chosen] == [zone]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", '"><script>'])
def test_a_zone_that_is_none_shows_as_the_utc_that_it_is_read_as(signed_in, zone):
    User.objects.update(timezone=zone)
    shown = Options(str(signed_in.get(URL).context["form"]["timezone"])).read()
    assert [value for value, _, chosen in shown if chosen] == ["UTC"]


def test_the_disk_is_asked_for_time_zones_once_a_process(signed_in, monkeypatch):
    signed_in.get(URL)
    monkeypatch.setattr(zoneinfo, "available_timezones", lambda: pytest.fail("asked again"))
    assert "Africa/Abidjan" in signed_in.get(URL).text


@pytest.mark.parametrize(("path", "of_experience"), [(URL, 4), ("/signup/", 0)])
def test_no_template_is_drawn_for_each_time_zone(signed_in, path, of_experience):
    answer = (signed_in if path == URL else Client()).get(path)
    assertContains(answer, "Pacific/Auckland")
    drawn = [template.name for template in answer.templates]
    assert drawn.count("django/forms/widgets/select_option.html") == of_experience


def test_settings_say_which_version_this_is(signed_in):
    assertContains(signed_in.get(URL), f'<p class="field__help">MetricGain {__version__}</p>', html=True)


def test_another_unit_is_said_to_hold_from_the_next_session_on(signed_in):
    said = {"unit": "lb", "timezone": "UTC"}
    assertContains(signed_in.post(URL, said, follow=True), "From the next session on, weights are asked in lb.")
    assertNotContains(signed_in.post(URL, said, follow=True), "From the next session on, weights are asked")
