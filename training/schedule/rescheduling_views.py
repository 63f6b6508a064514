"""Views of the calendar: repeat a week, move a workout, add a session, end early, archive, delete."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metricgain.web.http import SeeOther
from metricgain.web.once import once
from training.models import Mesocycle, Workout
from training.plan.builder import PlanClosed, PlanRefused
from training.schedule import rescheduling
from training.schedule.forms import DeleteForm, MoveWorkoutForm, SessionForm
from training.schedule.weeks import weeks_of


def load_mesocycle(request, mesocycle_id) -> Mesocycle:
    mesocycles = Mesocycle.objects.planned_by(request.user).prefetch_related("workouts")
    mesocycle = get_object_or_404(mesocycles, id=mesocycle_id)
    mesocycle.user = request.user  # spares a query
    return mesocycle


@require_safe
def mesocycle_calendar(request, mesocycle_id):
    return calendar_page(request, load_mesocycle(request, mesocycle_id))


def calendar_page(request, mesocycle: Mesocycle, *, refusal: str = "", session_form: SessionForm | None = None):
    """Renders what the lifter can do about the running week, and about the mesocycle as a whole."""
    runs = mesocycle.is_active and not mesocycle.is_freestyle
    context = {"mesocycle": mesocycle, "runs": runs, "refusal": refusal}
    if runs:
        week = weeks_of(mesocycle, now=timezone.now())[mesocycle.current_week - 1]
        context["to_do"] = [_movable(one) for one in week if one.state == "open" and one.workout.retired_at is None]
        context["repeats"] = rescheduling.week_to_repeat(mesocycle)
        context["session_form"] = session_form or SessionForm(mesocycle=mesocycle)
    return render(
        request, "training/schedule/mesocycle_calendar.html", context, status=422 if refusal or session_form else 200
    )


def _movable(occurrence) -> dict:
    form = MoveWorkoutForm(initial={"day_of_week": occurrence.workout.day_in(occurrence.week)})
    form.auto_id = f"move-{occurrence.workout.id}-%s"
    return {"occurrence": occurrence, "form": form}


@require_POST
@once
def week_repeat(request, mesocycle_id, week):
    mesocycle = load_mesocycle(request, mesocycle_id)
    try:
        rescheduling.repeat_week(mesocycle, week=week, day=request.user.today(), now=timezone.now())
    except PlanRefused as refused:
        return calendar_page(request, mesocycle, refusal=str(refused))
    except PlanClosed as error:
        raise Http404 from error
    messages.success(request, f"Week {week + 1} repeats week {week}. The mesocycle ends a week later.")
    return SeeOther("training:today")


@require_POST
def workout_move(request, workout_id, week):
    workouts = Workout.objects.owned_by(request.user).select_related("mesocycle")
    workout = get_object_or_404(workouts, id=workout_id)
    if not workout.mesocycle.has(workout, week):
        raise Http404
    form = MoveWorkoutForm(request.POST)
    if not form.is_valid():
        return calendar_page(
            request, load_mesocycle(request, workout.mesocycle_id), refusal="Choose a weekday from the list."
        )
    try:
        rescheduling.move_workout(workout, week=week, **form.cleaned_data)
    except PlanClosed:
        messages.info(request, "That workout is no longer to come. Choose one that is.")
    return SeeOther("training:mesocycle_calendar", workout.mesocycle_id)


@require_POST
@once
def session_add(request, mesocycle_id):
    mesocycle = load_mesocycle(request, mesocycle_id)
    form = SessionForm(request.POST, mesocycle=mesocycle)
    if not form.is_valid():
        return calendar_page(request, mesocycle, session_form=form)
    try:
        session, week = rescheduling.add_session(mesocycle, **form.cleaned_data, day=request.user.today())
    except PlanRefused as refused:
        return calendar_page(request, mesocycle, refusal=str(refused), session_form=form)
    except PlanClosed:
        return SeeOther("training:mesocycle_detail", mesocycle.id)
    return SeeOther("training:workout_detail", session.id, week)


@require_POST
def session_remove(request, workout_id):
    workouts = Workout.objects.owned_by(request.user).select_related("mesocycle")
    workout = get_object_or_404(workouts, id=workout_id)
    try:
        rescheduling.remove_session(workout, now=timezone.now())
    except PlanRefused as refused:
        return calendar_page(request, load_mesocycle(request, workout.mesocycle_id), refusal=str(refused))
    except PlanClosed:
        messages.info(request, "That is not an extra session of a running mesocycle.")
    return SeeOther("training:mesocycle_calendar", workout.mesocycle_id)


@require_http_methods(["GET", "HEAD", "POST"])
def mesocycle_end(request, mesocycle_id):
    """Shows what ending early means, and ends the mesocycle."""
    mesocycle = load_mesocycle(request, mesocycle_id)
    if request.method == "POST":
        rescheduling.end_mesocycle(mesocycle, now=timezone.now())
    if request.method == "POST" or not mesocycle.is_active:
        return SeeOther("training:mesocycle_detail", mesocycle.id)
    context = {"mesocycle": mesocycle, "done": rescheduling.what_goes(mesocycle)}
    return render(request, "training/schedule/mesocycle_end.html", context)


@require_POST
def mesocycle_archive(request, mesocycle_id):
    mesocycle = load_mesocycle(request, mesocycle_id)
    if mesocycle.is_active:
        return calendar_page(request, mesocycle, refusal="It is running. End it first, then archive it.")
    mesocycle.archive()
    messages.success(request, f"“{mesocycle.name}” is archived. What you logged in it still counts.")
    return SeeOther("training:mesocycle_list")


@require_POST
def mesocycle_unarchive(request, mesocycle_id):
    mesocycle = load_mesocycle(request, mesocycle_id)
    mesocycle.unarchive()
    return SeeOther("training:mesocycle_detail", mesocycle.id)


@require_http_methods(["GET", "HEAD", "POST"])
def mesocycle_delete(request, mesocycle_id):
    """Shows exactly what will be deleted, and deletes that and no more."""
    mesocycle = load_mesocycle(request, mesocycle_id)
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            rescheduling.delete_mesocycle(mesocycle, sets=form.cleaned_data["sets"])
        except rescheduling.DeletesMore:
            form.add_error("sure", "The sets in it have changed since then: check again what is deleted.")
        else:
            messages.success(request, f"“{mesocycle.name}” is deleted.")
            return SeeOther(reverse("training:mesocycle_list"))
    context = {"mesocycle": mesocycle, "goes": rescheduling.what_goes(mesocycle), "form": form}
    return render(request, "training/schedule/mesocycle_delete.html", context, status=422 if form.is_bound else 200)
