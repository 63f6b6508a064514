import re

import pytest
from django.conf import settings
from django.urls import reverse
from pytest_django.asserts import assertContains, assertTemplateUsed

from exercises.models import MuscleGroup
from metricgain.styleguide import COLOURS, ICONS, MUSCLES
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory

STATIC = settings.BASE_DIR / "static"
TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")


@pytest.fixture
def staff(client, db):
    user = UserFactory()
    User.objects.filter(id=user.id).update(is_staff=True)
    client.force_login(user)
    return client


def test_staff_see_every_part(staff):
    answer = staff.get(reverse("styleguide"))
    assertTemplateUsed(answer, "styleguide.html")
    for part in ("button--quiet", "chip", "tag--record", "muscle-mark", "week-grid__slot--done", "note--warn"):
        assertContains(answer, part)


def test_it_is_not_there_for_others(client, db):
    assert client.get(reverse("styleguide")).status_code == 302
    client.force_login(UserFactory())
    assert client.get(reverse("styleguide")).status_code == 404


def test_it_is_only_to_be_looked_at(staff):
    assert staff.post(reverse("styleguide")).status_code == 405


def test_it_shows_every_icon_there_is():
    drawn = re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons" / "icons.svg").read_text(encoding="utf-8"))
    assert sorted(ICONS) == sorted(drawn)


def test_every_icon_that_a_template_names_is_drawn():
    sources = [path.read_text(encoding="utf-8") for path in (settings.BASE_DIR / "templates").rglob("*.html")]
    named = {name for text in sources for name in re.findall(r'icon\.html" with name="([\w-]+)"', text)}
    assert "check" in named
    assert named <= set(ICONS)


def test_every_muscle_of_the_library_has_a_colour_and_letters_of_its_own():
    assert [muscle for muscle, _ in MUSCLES] == list(MuscleGroup.values)
    assert dict(MUSCLES) == dict(MuscleGroup.choices)
    signs = dict(re.findall(r'\[data-muscle="(\w+)"\] \{[^}]*--muscle-sign: "(\w\w)"', TOKENS))
    assert set(signs) == set(MuscleGroup.values)
    assert len(set(signs.values())) == len(signs)
    assert all(f"--muscle-{muscle}: light-dark(" in TOKENS for muscle in signs)


def test_every_colour_shown_is_a_token():
    assert all(f"--{colour}: light-dark(" in TOKENS for colour in COLOURS)


def test_every_token_that_a_style_uses_is_defined():
    styles = "".join(path.read_text(encoding="utf-8") for path in (STATIC / "css").rglob("*.css"))
    used, defined = set(re.findall(r"var\((--[\w-]+)", styles)), set(re.findall(r"(--[\w-]+):", styles))
    assert "--accent" in used
    assert used <= defined
