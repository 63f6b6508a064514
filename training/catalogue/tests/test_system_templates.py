from collections import Counter

import pytest
from django.urls import reverse

from exercises import library_seed as exercise_catalogue
from exercises.models import Exercise, ExerciseAlias, MuscleGroup
from exercises.tests.factories import ExerciseFactory
from metricgain.users.tests.factories import UserFactory
from training import progression
from training.catalogue import system_templates
from training.models import Template
from training.prescribing.parameters import rest_of
from training.session.tests.test_workout_finish import log_sets
from training.tests.factories import planned_workout

pytestmark = pytest.mark.django_db


def seed():
    return exercise_catalogue.seed(), system_templates.seed()


def test_it_brings_a_library_over_all_muscle_groups_and_types_and_three_templates_and_more():
    exercises, templates = seed()
    assert exercises.created >= 150
    assert templates.created >= 6
    assert set(Exercise.objects.values_list("muscle_group", flat=True)) == set(MuscleGroup.values)
    assert {"push-pull-legs-6", "upper-lower-4", "full-body-3"} <= set(Template.objects.values_list("slug", flat=True))


def test_again_it_changes_nothing():
    seed()
    before = list(Exercise.objects.order_by("id").values()), list(Template.objects.order_by("id").values())
    again = seed()
    assert [(one.created, one.updated) for one in again] == [(0, 0), (0, 0)]
    assert (list(Exercise.objects.order_by("id").values()), list(Template.objects.order_by("id").values())) == before


def test_it_keeps_what_a_curator_changed_and_betters_the_rest(monkeypatch):
    seed()
    press = Exercise.objects.get(slug="barbell-bench-press")
    Exercise.objects.filter(id=press.id).update(description="Our gym's own words")
    ExerciseAlias.objects.filter(exercise=press, name="Bench Press (Barbell)").delete()
    # The next release words it anew, and rests longer.
    seeded = press.seeded | {"description": "Old words", "rest_seconds": 1}
    Exercise.objects.filter(id=press.id).update(seeded=seeded, rest_seconds=1)
    assert seed()[0].updated == 1
    press.refresh_from_db()
    assert press.description == "Our gym's own words"
    assert press.rest_seconds == 180
    assert not ExerciseAlias.objects.filter(name="Bench Press (Barbell)").exists()


def test_it_adopts_rows_that_plain_sql_put_there_by_name():
    row = Exercise.objects.create(name="Pull-ups", muscle_group="back", exercise_type="bodyweight", is_system=True)
    assert seed()[0].updated == 1
    row.refresh_from_db()
    assert (row.slug, row.loading, row.equipment) == ("pull-ups", "added", "bodyweight")
    assert Exercise.objects.filter(name="Pull-ups").count() == 1


def test_a_slug_that_a_curator_changed_does_not_stop_it():
    seed()
    Exercise.objects.filter(slug="pull-ups").update(slug="chins")
    assert seed()[0].created == 0
    assert Exercise.objects.get(name="Pull-ups").slug == "chins"


def test_templates_hold_exercises_that_exist_each_once_in_a_workout():
    seed()
    known = set(Exercise.objects.values_list("id", flat=True))
    for template in Template.objects.all():
        assert template.plan.wrong == ()
        assert len(template.config["workouts"]) == template.config["days_per_week"]
        for workout in template.config["workouts"]:
            ids = [slot["exercise_id"] for slot in workout["exercises"]]
            assert set(ids) <= known
            assert len(ids) == len(set(ids))
            assert sum(slot["target_sets"] for slot in workout["exercises"]) <= 25


FIRST = {  # the muscle groups that a template's tag promises to put first
    "arms focus": ["bis", "tris"],
    "back focus": ["back"],
    "chest focus": ["chest"],
    "glutes focus": ["legs"],
    "legs focus": ["legs"],
    "shoulders focus": ["shoulders", "delts"],
}
LEVELS = ("beginner", "intermediate", "advanced")


def test_there_are_templates_for_two_to_six_days_and_many_goals():
    seed()
    templates = Template.objects.all()
    assert templates.count() >= 12
    assert {template.config["days_per_week"] for template in templates} == {2, 3, 4, 5, 6}
    tags = {tag for template in templates for tag in template.tags}
    goals = {"hypertrophy", "upper lower", "push pull legs", "full body", "short sessions", *FIRST}
    assert goals | {"dumbbells only", "machines", "bodyweight", "minimal equipment"} <= tags
    assert all(sum(tag in LEVELS for tag in template.tags) == 1 for template in templates)


def test_their_weeks_are_within_the_landmarks():
    seed()
    exercises = Exercise.objects.in_bulk()
    wrong = []
    for template in Template.objects.all():
        [level] = set(template.tags) & set(LEVELS)
        sets = Counter()
        for workout in template.config["workouts"]:
            for slot in workout["exercises"]:
                sets[exercises[slot["exercise_id"]].muscle_group] += slot["target_sets"]
        landmarks = {muscle: progression.landmarks(muscle, experience=level) for muscle in MuscleGroup.values}
        wrong += [(template.slug, muscle) for muscle in sets if sets[muscle] > landmarks[muscle].mrv]
        promised = {muscle for tag in template.tags for muscle in FIRST.get(tag, [])}
        wrong += [(template.slug, muscle) for muscle in promised if sets[muscle] < landmarks[muscle].mev]
        assert {"chest", "back", "legs"} <= set(sets), template.slug
    assert wrong == []


@pytest.mark.parametrize(
    ("tag", "allowed"),
    [
        ("dumbbells only", {"dumbbell", "bodyweight"}),
        ("bodyweight", {"bodyweight"}),
        ("machines", {"machine", "plate_loaded", "cable", "bodyweight"}),
        ("minimal equipment", {"dumbbell", "bodyweight", "other"}),
    ],
)
def test_they_need_what_they_say(tag, allowed):
    seed()
    named = Template.objects.with_tag(tag)
    assert named.exists()
    assert set(named) <= set(Template.objects.doable_with(allowed))


def test_a_short_session_ends_within_three_quarters_of_an_hour():
    seed()
    exercises = Exercise.objects.in_bulk()
    for template in Template.objects.with_tag("short sessions"):
        for workout in template.config["workouts"]:
            slots = [(slot["target_sets"], exercises[slot["exercise_id"]]) for slot in workout["exercises"]]
            seconds = progression.session_seconds((sets, rest_of(exercise, None)) for sets, exercise in slots)
            assert seconds <= 45 * 60, (template.slug, workout["name"], seconds // 60)


def test_the_admin_deletes_no_exercise_that_anyone_has_logged(client, admin_client):
    unused, logged = ExerciseFactory.create_batch(2)
    workout = planned_workout(UserFactory(), logged)
    client.force_login(workout.mesocycle.user)
    log_sets(client, workout, logged, 10)
    for exercise in (unused, logged):
        admin_client.post(reverse("admin:exercises_exercise_delete", args=[exercise.id]), {"post": "yes"})
    assert set(Exercise.objects.filter(id__in=[unused.id, logged.id])) == {logged}
