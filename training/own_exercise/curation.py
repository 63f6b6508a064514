"""Adds to the library's admin what a curator needs from the logs: who uses an exercise and how often, and merging
duplicates."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, F, IntegerField, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.template.response import TemplateResponse
from django.urls import path

from exercises.admin import ExerciseAdmin
from exercises.models import Exercise
from metricgain.names import NameKey
from metricgain.widgets import row_choice
from training.models import Mesocycle, Set, Template, WorkoutExercise
from training.own_exercise import merging

MOST_MERGED = 20
NAMES = 100  # on a page


class MergeForm(forms.Form):
    """Asks which of the chosen exercises stays."""

    into = forms.ModelChoiceField(
        Exercise.objects.none(),
        label="Which one stays?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the one that stays."},
    )

    def __init__(self, *args, chosen, **kwargs):
        super().__init__(*args, **kwargs)
        row_choice(self, "into").queryset = chosen


def _count_of(rows) -> Coalesce:
    """Returns the expression that counts the `rows` of an exercise."""
    counted = rows.filter(exercise=OuterRef("id")).order_by().values("exercise").annotate(count=Count("*"))
    return Coalesce(Subquery(counted.values("count"), output_field=IntegerField()), 0)


def _own_names():
    """Returns the names of lifters' own exercises with their counts, those of most lifters first. A name is one however
    it is spelled."""
    own = Exercise.objects.filter(is_system=False, merged_into=None).annotate(key=NameKey("name")).order_by()
    counts = {"typed": Min("name"), "lifters": Count("user", distinct=True), "logged": Count("sets")}
    return own.values("key").annotate(**counts).order_by(F("lifters").desc(), F("logged").desc(), "key")


@admin.register(Exercise)
class LibraryAdmin(ExerciseAdmin):
    list_display = ["name", "logged_sets", "plans", *ExerciseAdmin.list_display[1:]]
    readonly_fields = [*ExerciseAdmin.readonly_fields, "usage"]
    actions = [*ExerciseAdmin.actions, "merge"]

    def get_queryset(self, request):
        counts = {"set_count": _count_of(Set.objects), "plan_count": _count_of(WorkoutExercise.objects)}
        return super().get_queryset(request).annotate(**counts)

    def get_urls(self):
        own = path("own-names/", self.admin_site.admin_view(self.own_names), name="exercises_exercise_own_names")
        return [own, *super().get_urls()]

    def own_names(self, request):
        """Shows what lifters add as own exercises: each name with its lifters and sets, and what the library has."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = Paginator(_own_names(), NAMES).get_page(request.GET.get("page"))
        library = Exercise.objects.filter(is_system=True, merged_into=None)
        index, known = library.names(None), {one.id: one.name for one in library}
        for one in page:
            meaning = index.meaning(one["typed"])
            one["means"] = known[int(meaning.means)] if meaning else None
        context = self.admin_site.each_context(request) | {"title": "What lifters add", "page": page}
        return TemplateResponse(request, "admin/exercises/own_names.html", context | {"opts": self.model._meta})

    @admin.display(description="logged sets", ordering="set_count")
    def logged_sets(self, exercise: Exercise) -> int:
        return exercise.set_count

    @admin.display(description="in plans", ordering="plan_count")
    def plans(self, exercise: Exercise) -> int:
        return exercise.plan_count

    @admin.display(description="who uses it")
    def usage(self, exercise: Exercise) -> str:
        if exercise.pk is None:
            return "Nobody yet."
        logged = Set.objects.filter(exercise=exercise)
        done = logged.aggregate(sets=Count("id"), lifters=Count("user", distinct=True), last=Max("performed_at"))
        running = Mesocycle.objects.filter(workouts__slots__exercise=exercise, status=Mesocycle.Status.ACTIVE)
        slot = {"workouts": [{"exercises": [{"exercise_id": exercise.pk}]}]}
        templates = Template.objects.filter(config__contains=slot)
        last, own = f", last on {done['last']:%Y-%m-%d}" if done["last"] else "", exercise.settings.count()
        return (
            f"{done['sets']} logged sets of {done['lifters']} lifters{last}; in {running.distinct().count()} running "
            f"mesocycles and {templates.count()} templates; {own} lifters have settings of their own."
        )

    @admin.action(description="Merge duplicates into one of them", permissions=["change"])
    def merge(self, request, queryset):
        chosen = Exercise.objects.filter(id__in=queryset.values("id")).order_by("name")
        form = MergeForm(request.POST if "look" in request.POST or "apply" in request.POST else None, chosen=chosen)
        if not 2 <= len(chosen) <= MOST_MERGED:
            self.message_user(request, f"Choose from 2 to {MOST_MERGED} exercises to merge.", messages.WARNING)
            return None
        moves, refusals = [], []
        if form.is_valid():
            target = form.cleaned_data["into"]
            sources = [one for one in chosen if one != target]
            moves, refusals = self._look(sources, target)
            # The merge is done only into the exercise for which the curator saw the preview.
            if "apply" in request.POST and request.POST.get("looked") == str(target.id) and not refusals:
                self._merge(request, sources, target)
                return None
        context = {"form": form, "moves": moves, "refusals": refusals}
        return self.ask(request, "admin/exercises/merge.html", queryset, "Merge duplicates", **context)

    def _look(self, sources: list[Exercise], target: Exercise):
        """Returns what merging each source would move, and the sentences why a source cannot be merged."""
        moves, refusals = [], []
        for source in sources:
            try:
                moves.append((source, merging.preview(source, target)))
            except merging.MergeRefused as refused:
                refusals.append(str(refused))
        return moves, refusals

    def _merge(self, request, sources: list[Exercise], target: Exercise) -> None:
        for source in sources:
            merging.merge(source, target)
            self.log_change(request, source, f"Merged into {target}.")
            self.log_change(request, target, f"{source} was merged into it.")
        self.message_user(request, f"{len(sources)} merged into {target}.", messages.SUCCESS)
