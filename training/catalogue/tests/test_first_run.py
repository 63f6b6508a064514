import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries, assertRedirects

from training.models import Template
from training.plan.from_template import reason_for, suggest_template
from training.tests.factories import planned_workout

FIRST_RUN = reverse("training:first_run")
TODAY = reverse("training:today")
ANSWERS = {"unit": "lb", "experience": "intermediate", "days_per_week": "4"}


def plan(name: str, days: int, *tags: str, used: int = 0, **columns) -> Template:
    config = {"duration_weeks": 5, "days_per_week": days, "workouts": []}
    return Template(name=name, config=config, tags=list(tags), times_used=used, is_system=True, **columns)


PLANS = [
    plan("Full body 2", 2, "beginner"),
    plan("Full body 3", 3, "beginner"),
    plan("Upper Lower 4", 4, "intermediate", used=1),
    plan("Popular 4", 4, used=9),
    plan("Split 6", 6, "intermediate", used=5),
    plan("Arnold 6", 6, "advanced", used=2),
    plan("Another 6", 6, "advanced", used=2),
]


@pytest.mark.parametrize(
    ("days", "experience", "suggested"),
    [
        (2, "beginner", "Full body 2"),
        (2, "advanced", "Full body 2"),  # nobody else's plan fits into two days
        (3, "beginner", "Full body 3"),
        (4, "intermediate", "Upper Lower 4"),  # the level before the most used
        (4, "beginner", "Popular 4"),  # nothing for the level: the most used
        (5, "intermediate", "Upper Lower 4"),  # nothing of five days: the nearest below
        (6, "beginner", "Split 6"),  # the days before the level
        (6, "intermediate", "Split 6"),
        (6, "advanced", "Another 6"),  # used as often: by name
        (6, None, "Split 6"),
        (1, "beginner", None),  # never more days than there are
    ],
)
def test_a_template_is_suggested_by_days_then_level_then_use(days, experience, suggested):
    template = suggest_template(PLANS, days=days, experience=experience)
    assert (template.name if template else None) == suggested


@pytest.mark.parametrize(
    ("template", "days", "experience", "reason"),
    [
        (PLANS[1], 3, "beginner", "It trains 3 days a week, as many as you can, and is written for beginners."),
        (
            PLANS[2],
            5,
            "intermediate",
            "It trains 4 days a week, the most that fit in your 5, and is written for intermediate lifters.",
        ),
        (
            PLANS[4],
            6,
            "beginner",
            "It trains 6 days a week, as many as you can; it is written for intermediate lifters, because none "
            "of that size is for beginners.",
        ),
        (PLANS[3], 4, "beginner", "It trains 4 days a week, as many as you can."),
    ],
)
def test_the_reason_says_what_is_so(template, days, experience, reason):
    assert reason_for(template, days=days, experience=experience) == reason


def checked(answer) -> list[str]:
    return re.findall(r'value="(\w+)"[^>]* checked', answer.content.decode())


@pytest.fixture
def upper_lower(db):
    template = plan("Upper Lower 4", 4, "intermediate")
    template.save()
    return template


def test_the_answers_are_kept_and_lead_to_the_template(signed_in, alice, upper_lower):
    page = reverse("training:template_detail", args=[upper_lower.id]) + "?suggested=yes"
    assertRedirects(signed_in.post(FIRST_RUN, ANSWERS), page, status_code=303)
    alice.refresh_from_db()
    assert alice.preferences == {"unit": "lb", "experience": "intermediate", "days_per_week": 4}
    answer = signed_in.get(page)
    assertContains(answer, "Suggested for you")
    assertContains(answer, "It trains 4 days a week, as many as you can, and is written for intermediate lifters.")


def test_other_preferences_stay(signed_in, alice, upper_lower):
    alice.preferences = {"theme": "dark"}
    alice.save()
    signed_in.post(FIRST_RUN, ANSWERS)
    alice.refresh_from_db()
    assert alice.preferences["theme"] == "dark"


def test_the_same_answers_again_change_nothing(signed_in, alice, upper_lower):
    first, second = (signed_in.post(FIRST_RUN, ANSWERS) for _ in range(2))
    assert first.url == second.url
    alice.refresh_from_db()
    assert alice.preferences["days_per_week"] == 4


def test_only_what_was_suggested_is_called_so(signed_in, alice, upper_lower):
    other = plan("Two days", 2)
    other.save()
    page = reverse("training:template_detail", args=[other.id]) + "?suggested=yes"
    assertNotContains(signed_in.get(page), "Suggested for you")
    signed_in.post(FIRST_RUN, ANSWERS)
    assertNotContains(signed_in.get(page), "Suggested for you")


def test_somebodys_own_template_is_not_suggested(signed_in, bob):
    Template.objects.create(name="Bob's", user=bob, config={"duration_weeks": 4, "days_per_week": 4, "workouts": []})
    answer = signed_in.post(FIRST_RUN, ANSWERS, follow=True)
    assertRedirects(answer, reverse("training:template_list"), status_code=303)
    assertContains(answer, "No template fits into 4 days a week")
    assertNotContains(answer, "Bob")


def test_what_is_known_is_filled_in(signed_in, alice):
    alice.preferences = {"unit": "lb", "experience": "advanced", "days_per_week": 5}
    alice.save()
    answer = signed_in.get(FIRST_RUN)
    assert checked(answer) == ["lb", "advanced", "5"]


def test_at_first_only_the_unit_is_filled_in(signed_in):
    assert checked(signed_in.get(FIRST_RUN)) == ["kg"]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("unit", "stone", "stone is not one of the available choices"),
        ("experience", "", "Choose what comes nearest"),
        ("days_per_week", "", "Choose how many days a week you can train"),
        ("days_per_week", "7", "7 is not one of the available choices"),
    ],
)
def test_bad_answers_come_back_and_nothing_is_kept(signed_in, alice, upper_lower, field, typed, words):
    answer = signed_in.post(FIRST_RUN, ANSWERS | {field: typed})
    assertContains(answer, words, status_code=422)
    assertContains(answer, f'href="#id_{field}_0"', status_code=422)
    assert checked(answer) == [ANSWERS[name] for name in ANSWERS if name != field]
    alice.refresh_from_db()
    assert alice.preferences == {}


def test_nothing_answered_is_refused(signed_in):
    assert signed_in.post(FIRST_RUN).status_code == 422


def test_visitors_sign_in_first(client, db):
    assert client.get(FIRST_RUN).url == f"/login/?next={FIRST_RUN}"
    assert client.post(FIRST_RUN, ANSWERS).status_code == 302


def test_it_takes_few_queries(signed_in, upper_lower):
    with assertNumQueries(2):  # session, user
        signed_in.get(FIRST_RUN)
    with assertNumQueries(4):  # and: preferences, templates
        signed_in.post(FIRST_RUN, ANSWERS)


def test_the_empty_today_leads_here(signed_in):
    answer = signed_in.get(TODAY)
    assertContains(answer, f'href="{FIRST_RUN}"')
    assertContains(answer, "Get started")


def test_a_visitor_learns_what_it_is_without_a_query(client, db):
    with assertNumQueries(0):
        answer = client.get(TODAY)
    assertContains(answer, "Know what to lift next week, and why")
    assertContains(answer, reverse("account_signup"))
    assertContains(answer, reverse("account_login"))


@pytest.mark.parametrize("signup", ["open", "invite", "closed"])
def test_signing_up_is_offered_where_it_is_open_to_all(client, db, settings, signup):
    settings.SIGNUP = signup
    shown = assertContains if signup == "open" else assertNotContains
    shown(client.get(TODAY), reverse("account_signup"))


def test_the_landing_page_is_for_visitors_alone(signed_in, alice):
    assertNotContains(signed_in.get(TODAY), "Know what to lift next week")
    planned_workout(alice)
    assertContains(signed_in.get(TODAY), "Start workout")


def test_today_takes_no_posts(signed_in):
    assert signed_in.post(TODAY).status_code == 405


def test_who_was_deactivated_is_a_visitor(signed_in, alice):
    alice.is_active = False
    alice.save()
    assertContains(signed_in.get(TODAY), "Know what to lift next week")
