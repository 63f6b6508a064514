from django.contrib import admin

from training.models import Mesocycle, Template


@admin.register(Template)
class TemplateAdmin(admin.ModelAdmin):
    list_display = ["name", "is_system", "times_used", "user"]
    list_filter = ["is_system"]
    search_fields = ["name"]
    raw_id_fields = ["user"]


@admin.register(Mesocycle)
class MesocycleAdmin(admin.ModelAdmin):
    list_display = ["name", "user", "status", "current_week", "duration_weeks", "start_date"]
    list_filter = ["status"]
    search_fields = ["name", "user__email"]
    raw_id_fields = ["user", "parent_mesocycle"]
    list_select_related = ["user"]
