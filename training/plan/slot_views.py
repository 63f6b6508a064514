"""Views of the exercises of a day in the builder."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from exercises.forms import ChoiceForm
from metricgain.number_fields import rounded_words
from metricgain.web.once import once
from training.models import Workout, WorkoutExercise
from training.own_exercise.picker import Replaced, additions_for, lacking_groups, swaps_at
from training.plan import builder, removed
from training.plan.forms import AddForm, ChooseForm, SlotForm
from training.plan.overview import SlotLine, load_overview
from training.plan.views import change, day_page, day_url, load_day
from training.session.change_forms import MoveForm, SupersetForm
from training.session.change_views import made_for, search_of


@require_http_methods(["GET", "HEAD", "POST"])
@once
def slot_add(request, workout_id):
    """Shows exercises to choose from, by name or muscle group. A post adds those chosen at the end of the day."""
    day = load_day(request, workout_id)
    if search := search_of(request):
        return search
    form = AddForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        to = f"{day_url(day)}#exercise-{form.chosen[0].id}"
        page = _refusing(request, day)
        return change(request, to, builder.add_slots, day, page=page, exercises=form.chosen)
    return _choose(request, day, form)


@require_http_methods(["GET", "HEAD", "POST"])
def slot_swap(request, workout_id, exercise_id):
    """Shows exercises of the same muscle group to choose from. A post swaps the chosen one in."""
    day = load_day(request, workout_id)
    form = ChooseForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        other = form.cleaned_data["exercise"]
        if not day.slots.filter(exercise=exercise_id).exists():
            get_object_or_404(day.prescriptions.filter(exercise=exercise_id)[:1])
        to = f"{day_url(day)}#exercise-{other.id}"
        page = _refusing(request, day)
        return change(request, to, builder.swap_slot, day, exercise_id, page=page, other=other)
    slot = get_object_or_404(day.slots.select_related("exercise"), exercise=exercise_id)
    return _choose_instead(request, day, slot, form)


@require_POST
def slot_edit(request, workout_id, exercise_id):
    day = load_day(request, workout_id)
    form = SlotForm(request.POST, line=_load_line(day, exercise_id))
    if not form.is_valid():
        return day_page(request, day, slot_form=form)
    if words := rounded_words(form):
        messages.info(request, words.strip())
    said = form.cleaned_data
    sets = said.pop("target_sets")
    return change(
        request, _place(day, exercise_id), builder.edit_slot, day, exercise_id, page=None, sets=sets, said=said
    )


@require_POST
def slot_move(request, workout_id, exercise_id):
    day = load_day(request, workout_id)
    form = MoveForm(request.POST)
    get_object_or_404(day.slots, exercise=exercise_id)
    if not form.is_valid():
        return day_page(request, day, refusal="Choose a place in the day: 1 is the first.")
    place = form.cleaned_data["place"]
    return change(request, _place(day, exercise_id), builder.move_slot, day, exercise_id, page=None, place=place)


@require_POST
def slot_superset(request, workout_id, exercise_id):
    """Pairs an exercise with its neighbour as a superset, or takes it out of one. Repeating it changes nothing."""
    day = load_day(request, workout_id)
    form = SupersetForm(request.POST)
    get_object_or_404(day.slots, exercise=exercise_id)
    if not form.is_valid():
        return day_page(request, day, refusal="Choose the exercise to pair it with: the next one.")
    other, to, page = form.cleaned_data["other"], _place(day, exercise_id), _refusing(request, day)
    return change(request, to, builder.pair_slot, day, exercise_id, page=page, other=other)


@require_POST
def slot_remove(request, workout_id, exercise_id):
    """Takes an exercise out of a day. Repeating it changes nothing."""
    day = load_day(request, workout_id)
    slot = day.slots.select_related("exercise").filter(exercise=exercise_id).first()
    if slot:
        removed.keep(request, day, now=timezone.now(), exercise=slot)
    else:
        get_object_or_404(day.prescriptions.filter(exercise=exercise_id)[:1])
    return change(request, day_url(day), builder.remove_slot, day, exercise_id, page=None)


def _load_line(day: Workout, exercise_id: int) -> SlotLine:
    get_object_or_404(day.slots, exercise=exercise_id)
    lines = load_overview(day.mesocycle).day(day).lines
    return next(line for line in lines if line.slot.exercise_id == exercise_id)


def _choose(request, day: Workout, form: ChooseForm):
    asked, number = ChoiceForm(request.GET), request.GET.get("page")
    slots = WorkoutExercise.objects.filter(workout__in=day.mesocycle.workouts.of_plan())
    planned = list(slots.values_list("workout", "exercise", "exercise__muscle_group", "target_sets"))
    taken, weekly = {one for of, one, *_ in planned if of == day.id}, [(muscle, sets) for *_, muscle, sets in planned]
    lacking = lacking_groups(weekly, dict(weekly), request.user)
    choices = additions_for(request.user, now=timezone.now(), asked=asked, number=number, taken=taken, lacking=lacking)
    context = {"day": day, "form": form, "choices": choices, "asked": asked, "muscle": asked.of_muscle}
    context["made"] = made_for(request)
    return render(request, "training/plan/slot_add.html", context, status=422 if form.is_bound else 200)


def _choose_instead(request, day: Workout, slot: WorkoutExercise, form: ChooseForm):
    asked, taken = ChoiceForm(request.GET), set(day.slots.values_list("exercise", flat=True))
    week = next(iter(day.mesocycle.next_weeks(day)), 1)
    place = Replaced(day, week, slot.exercise, slot.target_sets, slot=slot)
    number = request.GET.get("page")
    choices = swaps_at(place, taken=taken, now=timezone.now(), asked=asked, number=number)
    context = {"day": day, "slot": slot, "form": form, "choices": choices, "asked": asked}
    context |= {"muscle": slot.exercise.muscle_group, "made": made_for(request)}
    return render(request, "training/plan/slot_swap.html", context, status=422 if form.is_bound else 200)


def _refusing(request, day: Workout):
    return lambda refusal: day_page(request, day, refusal=refusal)


def _place(day: Workout, exercise_id: int) -> str:
    return f"{day_url(day)}#exercise-{exercise_id}"
