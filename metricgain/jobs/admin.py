from django.contrib import admin

from metricgain.jobs.models import Job


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    """The queue: what waits, what runs, and what became of the rest. Arguments may hold addresses, so they are not
    shown."""

    list_display = ("kind", "state", "due_at", "attempts", "per_cent", "words", "worker", "finished_at")
    list_filter = ("state", "queue", "is_recurring", "kind")
    date_hierarchy = "created_at"
    fields = (*list_display, "queue", "is_recurring", "user", "started_at", "beat_at", "is_cancel_asked", "error")
    readonly_fields = fields
    actions = ("cancel",)

    def has_add_permission(self, request) -> bool:
        return False

    @admin.action(description="Cancel the selected jobs", permissions=["change"])
    def cancel(self, request, queryset):
        cancelled = queryset.filter(is_recurring=False).cancel()
        self.message_user(request, f"{cancelled} cancelled. One that runs stops at its next step.")
