"""Views that change the plan of a session: its sets, its exercises, their order, its length."""

from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from exercises.forms import ChoiceForm
from exercises.models import Exercise
from metricgain.web.http import SeeOther, is_from_outbox
from training.models import Prescription
from training.own_exercise.picker import additions_for, lacking_groups, swaps_for
from training.session import changes
from training.session.answers import answer_of, answers_outbox, refused_words
from training.session.change_forms import (
    AddedExercisesForm,
    ChangeForm,
    ChosenExerciseForm,
    MoveForm,
    SetsForm,
    ShortenForm,
    SupersetForm,
)
from training.session.shortening import shorten_session
from training.session.supersets import pair_exercise
from training.session.views import address_of, back, fact, load_workout, workout_page, write

KEPT = ("q", "muscle", "equipment", "page", "scope", "exercises")  # by a search


@fact
def exercise_sets(request, workout_id, week, exercise_id):
    form = SetsForm(request.POST)
    return _change(request, workout_id, week, exercise_id, form, changes.change_sets, ("sets", "scope"))


@fact
def exercise_remove(request, workout_id, week, exercise_id):
    form = ChangeForm(request.POST)
    return _change(request, workout_id, week, exercise_id, form, changes.remove_exercise, ("scope",))


@fact
def exercise_superset(request, workout_id, week, exercise_id):
    """Pairs an exercise with its neighbour as a superset, or takes it out of one."""
    form = SupersetForm(request.POST)
    return _change(request, workout_id, week, exercise_id, form, pair_exercise, ("other", "scope"))


@fact
def exercise_move(request, workout_id, week, exercise_id):
    form = MoveForm(request.POST)
    return _change(request, workout_id, week, exercise_id, form, changes.move_exercise, ("place",))


@fact
def workout_shorten(request, workout_id, week):
    form = ShortenForm(request.POST)
    if not form.is_valid():
        return workout_page(request, workout_id, week, refused=form)
    write(shorten_session, address_of(request, workout_id, week), **form.cleaned_data)
    return back(workout_id, week, "")


@require_http_methods(["GET", "HEAD", "POST"])
@answers_outbox
def exercise_swap(request, workout_id, week, exercise_id):
    """Shows a page of exercises of the same muscle group. A post swaps the chosen one in."""
    workout = load_workout(request, workout_id, week)
    exercise = get_object_or_404(Exercise.objects.of_library_of(request.user), id=exercise_id).standing
    form = ChosenExerciseForm(request.POST or None, user=request.user)
    if form.is_valid():
        other, scope = form.cleaned_data["exercise"], form.cleaned_data["scope"]
        address = address_of(request, workout_id, week)
        try:
            stands = write(changes.swap_exercise, address, exercise_id=exercise_id, other=other, scope=scope)
            return back(workout_id, week, f"exercise-{stands}")
        except changes.ChangeRefused as refused:
            form.add_error("exercise", str(refused))
    asked = ChoiceForm(request.GET)
    choices = swaps_for(workout, week, exercise, now=timezone.now(), asked=asked, number=request.GET.get("page"))
    context = {"workout": workout, "week": week, "exercise": exercise, "choices": choices, "asked": asked}
    context["muscle"] = exercise.muscle_group
    return _choose(request, "training/session/exercise_swap.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@answers_outbox
def exercise_add(request, workout_id, week):
    """Shows a page of exercises that the session does not have yet, or of those searched for. A post adds those
    chosen at the end."""
    workout = load_workout(request, workout_id, week)
    if search := search_of(request):
        return search
    form = AddedExercisesForm(request.POST or None, user=request.user)
    if form.is_valid():
        address, scope = address_of(request, workout_id, week), form.cleaned_data["scope"]
        try:
            stands = write(changes.add_exercises, address, exercises=form.chosen, scope=scope)
            return back(workout_id, week, f"exercise-{stands}")
        except changes.ChangeRefused as refused:
            form.add_error("exercise", str(refused))
    asked = ChoiceForm(request.GET)
    rows = Prescription.objects.current().filter(workout__mesocycle=workout.mesocycle_id, week_number=week)
    asks = list(rows.values_list("workout", "exercise", "exercise__muscle_group", "sets"))
    taken = {one: muscle for of, one, muscle, _ in asks if of == workout.id}
    number, weekly = request.GET.get("page"), [(muscle, sets) for *_, muscle, sets in asks]
    lacking = lacking_groups(weekly, taken.values(), request.user)
    choices = additions_for(request.user, now=timezone.now(), asked=asked, number=number, taken=taken, lacking=lacking)
    context = {"workout": workout, "week": week, "choices": choices, "asked": asked, "muscle": asked.of_muscle}
    return _choose(request, "training/session/exercise_add.html", form, context)


def _change(request, workout_id, week, exercise_id, form, verb, names):
    """Makes a change that has no page of its own. Where it is refused, the workout page says why."""
    if not form.is_valid():
        return workout_page(request, workout_id, week, refused=form)
    said = {name: form.cleaned_data[name] for name in names}
    try:
        stands = write(verb, address_of(request, workout_id, week), exercise_id=exercise_id, **said)
    except changes.ChangeRefused as refused:
        return workout_page(request, workout_id, week, refusal=str(refused))
    return back(workout_id, week, f"exercise-{stands}")


def _choose(request, template: str, form: ChosenExerciseForm, context: dict):
    if form.is_bound and is_from_outbox(request):
        return answer_of(request, status=422, words=refused_words(form))
    context["made"] = made_for(request)
    return render(request, template, context | {"form": form}, status=422 if form.is_bound else 200)


def search_of(request) -> SeeOther | None:
    """Returns the way to what a browser without scripts posts instead of following a link, so that it keeps what is
    ticked: a search, another page of it, or making an exercise. None where a post adds exercises."""
    post = request.POST
    if post.keys().isdisjoint(("search", "page", "make")):
        return None
    here = f"{request.path}?{urlencode([(name, value) for name in KEPT for value in post.getlist(name) if value])}"
    if "make" not in post:
        return SeeOther(here)
    asked = {"muscle": post.get("muscle", ""), "name": post.get("q", ""), "next": here}
    return SeeOther(f"{reverse('exercises:exercise_create')}?{urlencode(asked)}")


def made_for(request) -> Exercise | None:
    """Returns the exercise that the lifter just made on another page, coming back from there."""
    made = request.GET.get("exercise", "")
    return Exercise.objects.usable_by(request.user).filter(id=made).first() if made.isdecimal() else None
