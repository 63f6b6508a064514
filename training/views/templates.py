"""Templates: the list, and the preview of one with the form that starts a mesocycle from it."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from exercises.models import Exercise
from training.forms import MesocycleStartForm
from training.models import Mesocycle, Template
from training.planning import reason_for, suggest_template


@require_safe
def template_list(request):
    templates = Template.objects.usable_by(request.user).most_used_first()
    page = Paginator(templates, 20).get_page(request.GET.get("page"))
    return render(request, "training/template_list.html", {"page": page})


@require_safe
def template_detail(request, template_id):
    template = get_object_or_404(Template.objects.usable_by(request.user), id=template_id)
    active = Mesocycle.objects.owned_by(request.user).active().first()
    form = start_form(request, template, active)
    reason = _reason(request.user, template) if "suggested" in request.GET else ""
    return template_page(request, template, form, reason=reason)


def start_form(request, template: Template, active: Mesocycle | None) -> MesocycleStartForm:
    """The form that starts a mesocycle. Sessions without a plan wait for nothing: starting one ends them unasked."""
    asks_to_end = None if active is None or active.is_freestyle else active
    data = request.POST if request.method == "POST" else None
    return MesocycleStartForm(data, template=template, active=asks_to_end, today=request.user.today())


def template_page(request, template: Template, form: MesocycleStartForm, *, reason: str = "", status: int = 200):
    """The preview: each workout with its exercises, and how many sets a muscle group gets in the first week."""
    slots = [slot for workout in template.config["workouts"] for slot in workout["exercises"]]
    exercises = Exercise.objects.of_library_of(request.user).in_bulk({slot["exercise_id"] for slot in slots})
    workouts = [
        {
            **workout,
            "slots": [
                {**s, "exercise": exercises[s["exercise_id"]]}
                for s in workout["exercises"]
                if s["exercise_id"] in exercises
            ],
        }
        for workout in template.config["workouts"]
    ]
    sets = {}
    for slot in slots:
        if exercise := exercises.get(slot["exercise_id"]):
            muscle = exercise.get_muscle_group_display()
            sets[muscle] = sets.get(muscle, 0) + slot["target_sets"]
    context = {"template": template, "form": form, "workouts": workouts, "weekly_sets": sets, "reason": reason}
    return render(request, "training/template_detail.html", context, status=status)


def _reason(user, template: Template) -> str:
    """Why this is the template for the answers that the user gave; empty where it is not."""
    days, experience = user.preferences.get("days_per_week"), user.experience
    if not isinstance(days, int):
        return ""
    suggested = suggest_template(Template.objects.filter(is_system=True), days=days, experience=experience)
    return reason_for(template, days=days, experience=experience) if suggested == template else ""
