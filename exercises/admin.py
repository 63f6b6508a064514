from django.contrib import admin

from exercises.models import Exercise, ExerciseAlias


class AliasInline(admin.TabularInline):
    model = ExerciseAlias
    extra = 0
    raw_id_fields = ["user"]


@admin.register(Exercise)
class ExerciseAdmin(admin.ModelAdmin):
    list_display = [
        "name",
        "muscle_group",
        "exercise_type",
        "equipment",
        "loading",
        "is_system",
        "archived_at",
    ]
    list_filter = ["is_system", "muscle_group", "exercise_type", "equipment", "loading"]
    search_fields = ["name", "slug", "aliases__name"]
    raw_id_fields = ["user", "merged_into"]
    inlines = [AliasInline]

    def has_delete_permission(self, request, obj=None):
        """What anyone has logged stays: deleting it would take their sets along. It can be archived."""
        return obj is not None and not obj.sets.exists() and super().has_delete_permission(request, obj)
