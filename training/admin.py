import json

from django import forms
from django.contrib import admin, messages
from django.db.models import Count

from exercises.models import Exercise
from metricgain.admin_site import WrittenByLifters
from metricgain.names import NameField
from training.models import Mesocycle, MuscleGroupFeedback, Set, Template, WorkoutLog
from training.models.template_plan import TemplatePlan, read_plan
from training.own_exercise import curation  # noqa: F401  (registers the library's)

NAME = "exercise_name"  # beside the id in a plan that the admin shows; it is not stored


class Indented(json.JSONEncoder):
    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"indent": 2})


class TemplateAdminForm(forms.ModelForm):
    """Shows a stored plan that is outside the bounds as it is read, with what was wrong. Beside the id of an exercise
    stands its name, for the reader alone."""

    config = forms.JSONField(encoder=Indented)

    class Meta:
        field_classes = {"name": NameField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        if "config" in self.fields and self.instance.pk:  # there are no fields with view permission only
            self.initial["config"] = _with_names(plan)
            self.fields["config"].help_text = " ".join(one.refusal for one in plan.wrong)

    def clean_config(self) -> dict:
        plan = read_plan(self.cleaned_data["config"])
        if plan.wrong:
            raise forms.ValidationError([one.refusal for one in plan.wrong])
        ids = plan.exercises()
        if unknown := ids - set(Exercise.objects.filter(id__in=ids).values_list("id", flat=True)):
            raise forms.ValidationError(f"No exercise has the id {min(unknown)}.")
        for slot in plan.slots:
            slot.pop(NAME, None)
        return plan.config


def _with_names(plan: TemplatePlan) -> dict:
    names = dict(Exercise.objects.filter(id__in=plan.exercises()).values_list("id", "name"))
    for slot in plan.slots:
        slot[NAME] = names.get(slot["exercise_id"])
    return plan.config


@admin.register(Template)
class TemplateAdmin(admin.ModelAdmin):
    form = TemplateAdminForm
    list_display = ["name", "days_per_week", "is_system", "times_used", "user", "created_at"]
    list_filter = ["is_system"]
    list_select_related = ["user"]
    search_fields = ["name", "slug", "description", "user__email"]
    raw_id_fields = ["user"]
    readonly_fields = ["times_used", "created_at", "updated_at"]
    ordering = ["-times_used", "name"]

    @admin.display(description="days a week")
    def days_per_week(self, template: Template) -> int:
        return template.days


class MesocycleForm(forms.ModelForm):
    class Meta:
        field_classes = {"name": NameField}


@admin.register(Mesocycle)
class MesocycleAdmin(admin.ModelAdmin):
    """Only the lifter plans and trains a mesocycle. A curator can rename it, archive it, and delete it while nothing is
    logged in it."""

    form = MesocycleForm
    list_display = ["name", "user", "status", "current_week", "duration_weeks", "start_date", "created_at"]
    list_filter = ["status", "start_date"]
    list_select_related = ["user"]
    search_fields = ["name", "user__email"]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]
    fields = [
        "name",
        "description",
        "user",
        "status",
        ("current_week", "duration_weeks", "days_per_week"),
        ("start_date", "end_date", "completed_at"),
        ("parent_mesocycle", "copied_from_week"),
        ("created_at", "updated_at"),
    ]
    readonly_fields = [
        "user",
        "status",
        "current_week",
        "duration_weeks",
        "days_per_week",
        "start_date",
        "end_date",
        "completed_at",
        "parent_mesocycle",
        "copied_from_week",
        "created_at",
        "updated_at",
    ]
    actions = ["archive", "unarchive"]

    def has_add_permission(self, request):
        return False

    def get_deleted_objects(self, objs, request):
        """Refuses to delete a mesocycle with logs, because deleting it would delete the logs too."""
        kept = []
        chosen = Mesocycle.objects.filter(id__in=[one.pk for one in objs]).order_by("id")
        for mesocycle in chosen.annotate(Count("logs")).filter(logs__count__gt=0):
            kept.append(
                f"{mesocycle}: logged workouts: {mesocycle.logs__count}. Archive it instead: what was logged stays."
            )
        return ([], {}, set(), kept) if kept else super().get_deleted_objects(objs, request)

    @admin.action(description="Archive: out of the way, what was logged stays", permissions=["change"])
    def archive(self, request, queryset):
        ended = queryset.exclude(status__in=[Mesocycle.Status.ACTIVE, Mesocycle.Status.ARCHIVED])
        changed = ended.update(status=Mesocycle.Status.ARCHIVED)
        self.message_user(request, f"{changed} archived.", messages.SUCCESS)
        if running := queryset.filter(status=Mesocycle.Status.ACTIVE).count():
            self.message_user(request, f"{running} stayed: somebody is training it.", messages.WARNING)

    @admin.action(description="Unarchive", permissions=["change"])
    def unarchive(self, request, queryset):
        archived = queryset.filter(status=Mesocycle.Status.ARCHIVED)
        changed = archived.filter(completed_at=None).update(status=Mesocycle.Status.PLANNED)
        changed += archived.update(status=Mesocycle.Status.COMPLETED)
        self.message_user(request, f"{changed} unarchived.", messages.SUCCESS)


class SetInline(WrittenByLifters, admin.TabularInline):
    model = Set
    fields = [
        "exercise",
        "set_number",
        "weight",
        "unit",
        "reps",
        "seconds",
        "rir",
        "set_type",
        "extends",
        "performed_at",
        "edited_at",
    ]
    ordering = ["exercise__name", "set_number"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("exercise")


class FeedbackInline(WrittenByLifters, admin.TabularInline):
    model = MuscleGroupFeedback
    verbose_name_plural = "feedback"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("workout_log__workout")


@admin.register(WorkoutLog)
class WorkoutLogAdmin(WrittenByLifters, admin.ModelAdmin):
    list_display = ["performed_at", "user", "mesocycle", "workout", "week_number", "status", "duration_minutes"]
    list_filter = ["status", "performed_at"]
    list_select_related = ["user", "mesocycle", "workout"]
    search_fields = ["user__email", "mesocycle__name", "workout__name", "notes"]
    date_hierarchy = "performed_at"
    ordering = ["-performed_at", "-id"]
    show_full_result_count = False
    inlines = [SetInline, FeedbackInline]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "mesocycle", "workout")


@admin.register(Set)
class SetAdmin(WrittenByLifters, admin.ModelAdmin):
    list_display = [
        "performed_at",
        "user",
        "exercise",
        "set_number",
        "weight",
        "unit",
        "reps",
        "seconds",
        "rir",
        "set_type",
        "extends",
    ]
    list_filter = ["set_type", "unit", "exercise__muscle_group", "performed_at"]
    list_select_related = ["user", "exercise"]
    search_fields = ["user__email", "exercise__name"]
    ordering = ["-performed_at", "-id"]
    show_full_result_count = False
