from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.models import Exercise, MuscleGroup


@require_safe
def exercise_list(request):
    """The user's library, all of it or one muscle group, by name."""
    muscle = request.GET.get("muscle", "")
    exercises = Exercise.objects.usable_by(request.user).order_by("name")
    if muscle in MuscleGroup.values:
        exercises = exercises.filter(muscle_group=muscle)
    page = Paginator(exercises, 40).get_page(request.GET.get("page"))
    context = {"page": page, "muscle": muscle, "muscle_groups": MuscleGroup.choices}
    return render(request, "exercises/exercise_list.html", context)
