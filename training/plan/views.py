"""Views of the builder: a plan with its days, before it runs or while it runs. Each change is a small form of its
own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metricgain.web.http import SeeOther
from metricgain.web.once import once
from training.models import Mesocycle, Template, Workout
from training.plan import builder, removed
from training.plan.forms import DayForm, NewDayForm, PlanCreateForm, PlanForm, SlotForm
from training.plan.from_template import plan_from_template, plan_of_days
from training.plan.overview import load_overview
from training.session.change_forms import MoveForm


def load_plan(request, mesocycle_id) -> Mesocycle:
    plans = Mesocycle.objects.planned_by(request.user).in_plan().prefetch_related("workouts")
    plan = get_object_or_404(plans, id=mesocycle_id)
    if plan.is_freestyle:
        raise Http404
    plan.user = request.user  # spares a query
    return plan


def load_day(request, workout_id) -> Workout:
    days = Workout.objects.owned_by(request.user).of_plan().select_related("mesocycle")
    day = get_object_or_404(days, id=workout_id)
    if not day.mesocycle.may_be_edited:
        raise Http404
    day.mesocycle.user = request.user
    return day


def plan_page(request, plan: Mesocycle, *, refusal: str = "", plan_form=None, new_day_form=None):
    """Renders the page of a plan. A form is passed only where it was refused, to show what was typed."""
    context = {
        "mesocycle": plan,
        "overview": load_overview(plan),
        "plan_form": plan_form or PlanForm(mesocycle=plan),
        "new_day_form": new_day_form or NewDayForm(),
        "removed": removed.offered(request, plan, now=timezone.now()),
        "refusal": refusal,
    }
    status = 422 if refusal or plan_form or new_day_form else 200
    return render(request, "training/plan/plan_detail.html", context, status=status)


def day_page(request, day: Workout, *, refusal: str = "", day_form=None, slot_form=None):
    overview = load_overview(day.mesocycle, at=day)
    here = overview.day(day)
    forms = [
        slot_form if slot_form and slot_form.line.slot.exercise_id == line.slot.exercise_id else SlotForm(line=line)
        for line in here.lines
    ]
    context = {
        "mesocycle": day.mesocycle,
        "overview": overview,
        "day": here,
        "slot_forms": forms,
        "slot_units": [[forms[place] for place in unit] for unit in here.units],
        "day_form": day_form or DayForm(workout=day),
        "removed": removed.offered(request, day.mesocycle, now=timezone.now()),
        "refusal": refusal,
    }
    status = 422 if refusal or day_form or slot_form else 200
    return render(request, "training/plan/day_detail.html", context, status=status)


def change(request, to, verb, *args, page, **said):
    """Makes a change and redirects to `to`, the page that shows it. Where it is refused, `page` renders why."""
    try:
        made = verb(*args, now=timezone.now(), **said)
    except builder.PlanRefused as refused:
        return page(str(refused))
    except builder.PlanClosed:
        messages.info(request, "The plan has changed meanwhile: look at it once more.")
        made = None
    return SeeOther(to(made) if callable(to) else to)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def plan_create(request):
    """Makes a plan with empty days."""
    form = PlanCreateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        plan = plan_of_days(request.user, name=said["name"], weeks=said["duration_weeks"], days=said["days"])
        return SeeOther("training:plan_detail", plan.id)
    return render(request, "training/plan/plan_create.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@once
def template_plan(request, template_id):
    """Makes a plan from a template, to be changed in the builder before it starts."""
    template = get_object_or_404(Template.objects.usable_by(request.user), id=template_id)
    if not template.plan.workouts:
        return SeeOther("training:template_detail", template.id)  # its page says what is wrong
    plan = plan_from_template(request.user, template)
    return SeeOther("training:plan_detail", plan.id)


@require_safe
def plan_detail(request, mesocycle_id):
    return plan_page(request, load_plan(request, mesocycle_id))


@require_POST
def plan_edit(request, mesocycle_id):
    plan = load_plan(request, mesocycle_id)
    form = PlanForm(request.POST, mesocycle=plan)
    if not form.is_valid():
        return plan_page(request, plan, plan_form=form)
    said = form.cleaned_data
    said = {"name": said["name"], "description": said["description"], "weeks": said.get("duration_weeks")}
    return change(request, plan_url(plan), builder.describe, plan, page=refusing(request, plan), **said)


@require_POST
def days_free(request, mesocycle_id):
    """Takes the weekdays away: the workouts are trained in order, on no fixed days."""
    plan = load_plan(request, mesocycle_id)
    return change(request, plan_url(plan), builder.free_days, plan, page=refusing(request, plan))


@require_POST
@once
def day_add(request, mesocycle_id):
    plan = load_plan(request, mesocycle_id)
    form = NewDayForm(request.POST)
    if not form.is_valid():
        return plan_page(request, plan, new_day_form=form)
    name = form.cleaned_data["name"]

    def page(refusal):
        return plan_page(request, plan, refusal=refusal, new_day_form=form)

    return change(request, day_url, builder.add_day, plan, page=page, name=name)


@require_safe
def day_detail(request, workout_id):
    return day_page(request, load_day(request, workout_id))


@require_POST
def day_edit(request, workout_id):
    day = load_day(request, workout_id)
    form = DayForm(request.POST, workout=day)
    if not form.is_valid():
        return day_page(request, day, day_form=form)
    return change(request, day_url(day), builder.edit_day, day, page=None, **form.cleaned_data)


@require_POST
def day_move(request, workout_id):
    day = load_day(request, workout_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return plan_page(request, day.mesocycle, refusal="Choose a place in the week: 1 is the first.")
    place = form.cleaned_data["place"]
    return change(request, plan_url(day.mesocycle), builder.move_day, day, page=None, place=place)


@require_POST
@once
def day_duplicate(request, workout_id):
    day = load_day(request, workout_id)
    return change(request, day_url, builder.duplicate_day, day, page=refusing(request, day.mesocycle))


@require_http_methods(["GET", "HEAD", "POST"])
def day_remove(request, workout_id):
    """Takes a day out of the plan. Asks first where something was logged on it."""
    day = load_day(request, workout_id)
    sessions = day.logs.filter(sets__isnull=False).distinct().count()
    if request.method != "POST" or (sessions and "sure" not in request.POST):
        status = 422 if request.method == "POST" else 200
        return render(request, "training/plan/day_remove.html", {"day": day, "sessions": sessions}, status=status)
    to = plan_url(day.mesocycle)
    removed.keep(request, day, now=timezone.now())
    return change(request, to, builder.remove_day, day, page=refusing(request, day.mesocycle))


@require_POST
def plan_undo(request, mesocycle_id):
    """Puts back what was removed from the plan last. Repeating it changes nothing."""
    plan = load_plan(request, mesocycle_id)
    last = removed.offered(request, plan, now=timezone.now())
    if last is None:
        return SeeOther(plan_url(plan))
    day = get_object_or_404(plan.workouts, id=last.day)
    del request.session[removed.KEY]
    day.mesocycle = plan
    to = day_url(day) if last.slot else plan_url(plan)
    return change(request, to, last.put_back, day, page=refusing(request, plan))


def refusing(request, plan: Mesocycle):
    return lambda refusal: plan_page(request, plan, refusal=refusal)


def plan_url(plan: Mesocycle) -> str:
    return reverse("training:plan_detail", args=[plan.id])


def day_url(day: Workout | None) -> str:
    return reverse("training:day_detail", args=[day.id]) if day else reverse("training:mesocycle_list")
