"""A curator needs no SQL: the library goes out and in as a file, changes in bulk, merges; `seed` keeps all of it."""

import csv
import io
import json

import openpyxl
import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from exercises import library_seed as library
from exercises.exchange import FORMATS
from exercises.models import Exercise, ExerciseAlias, RemovedSeed
from exercises.tests.factories import ExerciseFactory
from metricgain.users.models import User
from metricgain.users.tests.factories import UserFactory
from training.catalogue import system_templates
from training.models import Set, Template
from training.session import recording
from training.tests.factories import planned_workout
from training.tests.lifting import Lifter

pytestmark = pytest.mark.django_db
LIST = reverse("admin:exercises_exercise_changelist")
CSV, JSON, XLSX = (str([form.__name__ for form in FORMATS].index(name)) for name in ("Csv", "Json", "Xlsx"))


@pytest.fixture
def desk(client):
    client.force_login(User.objects.create_superuser("owner@example.org", "correct-horse-7"))
    return client


@pytest.fixture
def press():
    press = ExerciseFactory(name="Press", slug="press", rest_seconds=120)
    ExerciseAlias.objects.create(exercise=press, name="Heave")
    return press


def exported(desk) -> list[dict[str, str]]:
    fields = {f"exerciseresource_{name}": "on" for name in ("slug", "name", "rest_seconds", "archived", "aliases")}
    answer = desk.post(reverse("admin:exercises_exercise_export"), {"format": CSV, "resource": "0"} | fields)
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def look(desk, text: str | bytes, form: str = CSV):
    """Runs the import without storing anything. The answer shows what the file would change."""
    file = SimpleUploadedFile("library", text if isinstance(text, bytes) else text.encode())
    return desk.post(reverse("admin:exercises_exercise_import"), {"format": form, "import_file": file, "resource": "0"})


def spreadsheet(*rows: list) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def confirm(desk, looked):
    form = looked.context["confirm_form"]
    return desk.post(reverse("admin:exercises_exercise_process_import"), form.initial, follow=True)


def act(desk, action: str, *rows, **also):
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return desk.post(LIST, chosen | also, follow=True)


def log(user, exercise, weight=80):
    address = recording.SessionKey(user.id, planned_workout(user, exercise).id, 1)
    edit = recording.Edit(at=None, local_date=None)
    recording.log_set(
        address, edit, recording.TypedSet(exercise_id=exercise.id, number=1, weight=weight, unit="kg", reps=8)
    )


def history(exercise) -> list[str]:
    entries = LogEntry.objects.filter(object_id=str(exercise.pk)).order_by("id")
    return [entry.get_change_message() for entry in entries]


def test_the_library_goes_out_as_a_file_without_what_is_somebodys_own(desk, press):
    ExerciseFactory(user=UserFactory())
    ExerciseAlias.objects.create(exercise=press, name="Hers", user=UserFactory())
    assert exported(desk) == [
        {"slug": "press", "name": "Press", "rest_seconds": "120", "archived": "no", "aliases": "Heave"}
    ]


def test_a_file_is_looked_at_before_it_changes_anything(desk, press):
    text = "slug,name,rest_seconds,aliases,archived\npress,Big Press,90,Heave | Shove,yes\n"
    looked = look(desk, text)
    assertContains(looked, "Big")
    press.refresh_from_db()
    assert (press.name, press.rest_seconds, press.aliases.count()) == ("Press", 120, 1)
    confirm(desk, looked)
    press.refresh_from_db()
    assert (press.name, press.rest_seconds, press.archived_at is None) == ("Big Press", 90, False)
    assert set(press.aliases.values_list("name", flat=True)) == {"Heave", "Shove"}
    assert history(press) == ["Changed by an import."]


def test_a_file_adds_an_exercise_and_leaves_out_columns_alone(desk, press):
    confirm(
        desk,
        look(
            desk,
            "slug,name,muscle_group,exercise_type,equipment,unilateral\n"
            "curl,Curl,bis,cable,cable,1\npress,Press,chest,freeweight,barbell,0\n",
        ),
    )
    curl = Exercise.objects.get(slug="curl")
    assert (curl.is_system, curl.user, curl.unilateral, curl.loading) == (True, None, True, "weight")
    assert press.aliases.get().name == "Heave"
    assert history(curl) == ["Made by an import."]
    assert history(press) == []


HEAD = ["slug", "name", "muscle_group", "exercise_type", "rest_seconds", "unilateral", "part"]
ROW = ["uberzug", "Überzug", "back", "cable", 90, True, "lats"]
AS_TEXT = "\n".join(";".join(map(str, row)) for row in (HEAD, ROW))


@pytest.mark.parametrize(
    ("form", "content"),
    [
        (CSV, AS_TEXT.encode("utf-8-sig")),
        (CSV, AS_TEXT.encode("cp1252")),
        (CSV, AS_TEXT.replace(";", ",").encode()),
        (JSON, json.dumps([dict(zip(HEAD, ROW, strict=True))], ensure_ascii=False).encode()),
        (JSON, json.dumps([dict(zip(HEAD, ROW, strict=True))], ensure_ascii=False).encode("cp1252")),
        (XLSX, spreadsheet(HEAD, ROW, [None] * len(HEAD))),
    ],
)
def test_a_file_of_any_usual_kind_is_read(desk, form, content):
    confirm(desk, look(desk, content, form))
    made = Exercise.objects.get()
    assert (made.name, made.rest_seconds, made.unilateral, made.part) == ("Überzug", 90, True, "lats")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,muscle_group\nCurl,bis\n", "The file lacks the column slug"),
        ("slug,name,rest_seconds\ncurl,Curl,60\n", "The file lacks muscle_group, exercise_type"),
        ("slug,rest_seconds\npress,60\n", None),
    ],
)
def test_a_file_says_which_columns_it_lacks(desk, press, text, words):
    looked = look(desk, text)
    assert ("confirm_form" in looked.context) == (words is None)
    assertContains(looked, words or "Confirm import")
    assert Exercise.objects.count() == 1


def test_a_row_that_is_in_the_library_is_told_and_made_all_the_same(desk, press):
    head = "slug,name,muscle_group,exercise_type\n"
    looked = look(desk, f"{head}press,Press,chest,freeweight\nheave,Heave,back,cable\nfly,Fly,chest,cable\n")
    assertContains(looked, "Row 2: “Heave” may be Press, which is in the library.")
    assertContains(looked, "which is in the library", count=1)
    confirm(desk, looked)
    assert Exercise.objects.count() == 3


def test_a_row_that_stands_above_already_is_told(desk, press):
    head = "slug,name,muscle_group,exercise_type,aliases\n"
    rows = "row,Barbell Row,back,freeweight,Ruder\nrow-2,Row (Barbell),back,freeweight,\nrow-3,Ruder,back,cable,\n"
    looked = look(desk, head + rows)
    assertContains(looked, "Row 2: “Row (Barbell)” may be “Barbell Row”, which stands above it in this file.")
    assertContains(looked, "Row 3: “Ruder” may be “Barbell Row”, which stands above it in this file.")
    assertContains(looked, "stands above it", count=2)


def test_what_lifters_add_is_listed_without_saying_who(desk, press):
    alice, bob = UserFactory(), UserFactory()
    board, _ = ExerciseFactory(name="Wobble Board", user=alice), ExerciseFactory(name="wobble board", user=bob)
    ExerciseFactory(name="Heave", user=bob)
    log(alice, board)
    page = reverse("admin:exercises_exercise_own_names")
    assertContains(desk.get(LIST), f'href="{page}"')
    shown = desk.get(page)
    names = [tuple(one[name] for name in ("typed", "lifters", "logged", "means")) for one in shown.context["page"]]
    assert names == [("Wobble Board", 2, 1, None), ("Heave", 1, 0, "Press")]
    for user in (alice, bob):
        assertNotContains(shown, user.email)
    desk.force_login(UserFactory(is_staff=True))
    assert desk.get(page).status_code == 403


def test_a_template_shows_the_names_of_its_exercises_and_does_not_store_them(desk, press):
    config = {"duration_weeks": 5, "days_per_week": 1}
    config["workouts"] = [{"name": "A", "exercises": [{"exercise_id": press.id, "target_sets": 3}]}]
    template = Template.objects.create(name="Plan", config=config, is_system=True)
    change = reverse("admin:training_template_change", args=[template.id])
    shown = desk.get(change).context["adminform"].form
    written = shown["config"].value()
    assert json.loads(written)["workouts"][0]["exercises"][0]["exercise_name"] == "Press"
    said = {name: value for name, value in shown.initial.items() if value is not None} | {"config": written}
    assert desk.post(change, said | {"name": "Plan B"}).status_code == 302
    template.refresh_from_db()
    assert (template.name, template.config) == ("Plan B", config)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",Curl,bis,cable,", "every row needs one"),
        ("curl,Curl,nose,cable,", "is not a valid choice"),
        ("curl,Press,bis,cable,", "idx_exercises_system_name"),
        ("curl,Curl,bis,cable,heave", "is another name of Press already"),
    ],
)
def test_a_file_that_is_wrong_says_where_and_changes_nothing(desk, press, row, words):
    looked = look(desk, f"slug,name,muscle_group,exercise_type,aliases\n{row}\n")
    assertContains(looked, words)
    assert "confirm_form" not in looked.context
    assert Exercise.objects.count() == 1


def test_what_went_out_changes_nothing_when_it_comes_in(desk, press):
    rows = exported(desk)
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    looked = look(desk, text.getvalue())
    assert looked.context["result"].totals["skip"] == 1


def test_many_are_changed_at_once_and_their_history_says_so(desk, press):
    fly = ExerciseFactory(name="Fly")
    assertContains(act(desk, "change_many", press, fly), "Fields that you leave as they are do not change.")
    answer = act(desk, "change_many", press, fly, apply="1", rest_seconds="75", unilateral="true")
    assertContains(answer, "2 changed.")
    assert set(Exercise.objects.values_list("rest_seconds", "unilateral", "equipment")) == {(75, True, "barbell")}
    assert history(fly) == ["Changed with others: unilateral True, rest_seconds 75."]
    assertContains(act(desk, "change_many", press, apply="1", rep_min="12", rep_max="8"), "its lower end first")


def test_what_many_train_is_changed_at_once_where_it_fits(desk, press):
    fly, row = (
        ExerciseFactory(name="Fly", secondary_parts=["triceps"]),
        ExerciseFactory(name="Row", muscle_group="back"),
    )
    said = {"apply": "1", "part": "mid_chest", "movement": "fly", "rank": "common"}
    assertContains(act(desk, "change_many", press, fly, row, **said), "Row: Back can have: Lats or Upper back")
    assert not Exercise.objects.exclude(part=None).exists()
    assertContains(act(desk, "change_many", press, fly, **said), "2 changed.")
    assert set(Exercise.objects.values_list("name", "part", "movement")) == {
        ("Press", "mid_chest", "fly"),
        ("Fly", "mid_chest", "fly"),
        ("Row", None, None),
    }
    moved = {"apply": "1", "muscle_group": "tris", "part": "triceps"}
    assertContains(act(desk, "change_many", fly, **moved), "Fly: Triceps cannot be trained most and at about half.")


def test_the_parts_that_are_trained_too_travel_in_a_file(desk, press):
    Exercise.objects.update(part="mid_chest", secondary_parts=["triceps", "front_delts"])
    fields = dict.fromkeys(("exerciseresource_slug", "exerciseresource_secondary_parts"), "on")
    answer = desk.post(reverse("admin:exercises_exercise_export"), {"format": CSV, "resource": "0"} | fields)
    assert answer.content.decode().split() == ["slug,secondary_parts", "press,triceps", "|", "front_delts"]
    assert look(desk, answer.content).context["result"].totals["skip"] == 1
    confirm(desk, look(desk, "slug,secondary_parts\npress,Front delts\n"))
    assert Exercise.objects.get().secondary_parts == ["front_delts"]
    assertContains(look(desk, "slug,secondary_parts\npress,nose\n"), "is not a valid choice")
    assertContains(look(desk, "slug,secondary_parts\npress,mid_chest\n"), "cannot be trained most and at about half")
    confirm(desk, look(desk, "slug,muscle_group\npress,back\n"))
    assert Exercise.objects.get().part is None


def test_duplicates_are_merged_after_a_look(desk, press):
    double = ExerciseFactory(name="The Press")
    log(UserFactory(), double)
    looked = act(desk, "merge", press, double, look="1", into=press.id)
    assertContains(looked, "this cannot be taken back")
    act(desk, "merge", press, double, apply="1", into=press.id)
    assert Set.objects.get().exercise == double
    answer = act(desk, "merge", press, double, apply="1", into=press.id, looked=press.id)
    assertContains(answer, "1 merged into Press.")
    assert Set.objects.get().exercise == press
    assert (history(double), history(press)) == (["Merged into Press."], ["The Press was merged into it."])
    assertContains(act(desk, "merge", press), "Choose from 2 to 20")


def test_a_curator_sees_who_uses_it_and_how_often(desk, press):
    for _ in range(2):
        log(UserFactory(), press)
    page = desk.get(reverse("admin:exercises_exercise_change", args=[press.pk]))
    assertContains(page, "2 logged sets of 2 lifters, last on")
    assertContains(page, "in 2 running mesocycles and 0 templates")
    row = desk.get(LIST, {"o": "-2"}).context["cl"].result_list[0]
    assert (row, row.set_count, row.plan_count) == (press, 2, 2)


def test_changes_are_listed_and_nobody_edits_them(desk, press):
    act(desk, "archive", press)
    changes = reverse("admin:admin_logentry_changelist")
    assertContains(desk.get(changes), "Archived.")
    assertContains(desk.get(reverse("admin:exercises_exercise_history", args=[press.pk])), "Archived.")
    entry = LogEntry.objects.get()
    assert desk.post(reverse("admin:admin_logentry_delete", args=[entry.pk]), {"post": "yes"}).status_code == 403
    assertNotContains(desk.get(reverse("admin:admin_logentry_change", args=[entry.pk])), 'name="_save"')


def test_seed_keeps_all_that_a_curator_did(desk):
    library.seed()
    system_templates.seed()
    squat, double, gone, renamed = Exercise.objects.filter(is_system=True, muscle_group="abs").order_by("id")[:4]
    act(desk, "merge", squat, double, apply="1", into=squat.id, looked=squat.id)
    desk.post(reverse("admin:exercises_exercise_delete", args=[gone.pk]), {"post": "yes"})
    act(desk, "change_many", renamed, apply="1", rest_seconds="33")
    template = Template.objects.filter(is_system=True).first()
    desk.post(reverse("admin:training_template_delete", args=[template.pk]), {"post": "yes"})
    seeded = library.seed(), system_templates.seed()
    assert [(one.created, one.updated) for one in seeded] == [(0, 0), (0, 0)]
    assert not Exercise.objects.filter(slug=gone.slug).exists()
    assert not Template.objects.filter(slug=template.slug).exists()
    double.refresh_from_db()
    renamed.refresh_from_db()
    assert (double.merged_into, renamed.rest_seconds) == (squat, 33)
    # And brings back what a curator wants back.
    assertContains(desk.get(reverse("admin:exercises_removedseed_changelist")), template.name)
    RemovedSeed.objects.all().delete()
    assert (library.seed().created, system_templates.seed().created) == (1, 1)


def test_plain_sql_that_deletes_is_remembered_too():
    library.seed()
    Exercise.objects.filter(slug="plate-pinch").delete()
    Exercise.objects.filter(slug="crunch").delete()
    assert library.seed().created == 0
    assert list(RemovedSeed.objects.values_list("table_name", "slug")) == [("exercises", "crunch")]


def test_seed_leaves_what_a_logged_exercise_counts(alice):
    """A curator may have made "Plank" before the library had it, and lifters may have logged it in reps."""
    logged = ExerciseFactory(name="Plank", muscle_group="abs", exercise_type="bodyweight")
    unlogged = ExerciseFactory(name="Wall Sit", muscle_group="legs", exercise_type="bodyweight")
    Lifter(alice).log(planned_workout(alice, logged), 1, logged, 30)
    for _ in range(2):
        library.seed()
        logged.refresh_from_db()
        unlogged.refresh_from_db()
        assert (logged.slug, logged.measure, logged.rep_max, logged.rest_seconds) == ("plank", "reps", None, 60)
        assert (unlogged.slug, unlogged.measure, unlogged.rep_max) == ("wall-sit", "seconds", 60)


def test_the_admin_refuses_to_count_otherwise_where_sets_are_logged(desk, workout, alice):
    exercise = workout.slots.get().exercise
    Lifter(alice).log(workout, 1, exercise, 30)
    change = reverse("admin:exercises_exercise_change", args=[exercise.pk])
    form = desk.get(change).context["adminform"].form
    said = {name: "" if value is None else value for name, value in form.initial.items()} | {"measure": "seconds"}
    said |= {f"aliases-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    assertContains(desk.post(change, said), "Sets of it are logged, so what it counts stays.")
    exercise.refresh_from_db()
    assert exercise.measure == "reps"
