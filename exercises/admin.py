from django.contrib import admin, messages
from django.db.models import Count
from django.utils import timezone

from exercises.models import Exercise, ExerciseAlias


class AliasInline(admin.TabularInline):
    model = ExerciseAlias
    extra = 0
    readonly_fields = ["user"]  # a lifter's own name for it is theirs to choose

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user")


class ArchivedFilter(admin.SimpleListFilter):
    title = "archived"
    parameter_name = "archived"

    def lookups(self, request, model_admin):
        return [("no", "No"), ("yes", "Yes")]

    def queryset(self, request, queryset):
        return queryset if self.value() is None else queryset.filter(archived_at__isnull=self.value() == "no")


@admin.register(Exercise)
class ExerciseAdmin(admin.ModelAdmin):
    list_display = [
        "name",
        "muscle_group",
        "exercise_type",
        "equipment",
        "loading",
        "is_system",
        "user",
        "archived_at",
    ]
    list_filter = [
        ArchivedFilter,
        "is_system",
        "muscle_group",
        "exercise_type",
        "equipment",
        "mechanic",
        "loading",
        "unilateral",
        "unsafe_to_fail",
    ]
    list_select_related = ["user"]
    search_fields = ["name", "slug", "aliases__name", "user__email"]
    raw_id_fields = ["user", "merged_into"]
    readonly_fields = ["archived_at", "created_at", "updated_at"]
    inlines = [AliasInline]
    actions = ["archive", "unarchive"]

    def get_deleted_objects(self, objs, request):
        """What anyone has logged or planned stays: deleting it would take their sets and slots along."""
        kept = []
        chosen = Exercise.objects.filter(id__in=[one.pk for one in objs]).order_by("name")
        planned = dict(chosen.annotate(Count("slots")).values_list("id", "slots__count"))
        for exercise in chosen.annotate(Count("sets")):
            if exercise.sets__count or planned[exercise.id]:
                kept.append(
                    f"{exercise}: logged sets: {exercise.sets__count}, planned workouts: {planned[exercise.id]}. "
                    "Archive it instead: it can no longer be chosen then, and everybody's history stays."
                )
        return ([], {}, set(), kept) if kept else super().get_deleted_objects(objs, request)

    @admin.action(description="Archive: can no longer be chosen, history stays", permissions=["change"])
    def archive(self, request, queryset):
        changed = queryset.filter(archived_at=None).update(archived_at=timezone.now())
        self.message_user(request, f"{changed} archived.", messages.SUCCESS)

    @admin.action(description="Unarchive: can be chosen again", permissions=["change"])
    def unarchive(self, request, queryset):
        changed = queryset.filter(archived_at__isnull=False, merged_into=None).update(archived_at=None)
        self.message_user(request, f"{changed} unarchived.", messages.SUCCESS)
        if merged := queryset.filter(merged_into__isnull=False).count():
            self.message_user(request, f"{merged} stayed archived: merged into another exercise.", messages.WARNING)
