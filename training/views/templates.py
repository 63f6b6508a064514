"""Templates: the list, and the preview of one with the form that starts a mesocycle from it."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from exercises.models import Exercise
from training.forms import MesocycleStartForm
from training.models import Mesocycle, Template


@require_safe
def template_list(request):
    templates = Template.objects.usable_by(request.user).most_used_first()
    page = Paginator(templates, 20).get_page(request.GET.get("page"))
    return render(request, "training/template_list.html", {"page": page})


@require_safe
def template_detail(request, template_id):
    template = get_object_or_404(Template.objects.usable_by(request.user), id=template_id)
    active = Mesocycle.objects.owned_by(request.user).active().first()
    form = MesocycleStartForm(
        active=active,
        initial={
            "name": template.name,
            "duration_weeks": template.config["duration_weeks"],
            "start_date": request.user.today(),
        },
    )
    return template_page(request, template, form)


def template_page(request, template: Template, form: MesocycleStartForm, *, status: int = 200):
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
    context = {"template": template, "form": form, "workouts": workouts, "weekly_sets": sets}
    return render(request, "training/template_detail.html", context, status=status)
