from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import slugify
from import_export.admin import ImportExportMixin
from import_export.results import RowResult

from exercises.bounds import REPS, range_bound
from exercises.exchange import FORMATS, ExerciseResource
from exercises.forms import check_range, parts_by_group
from exercises.kinds import Movement, Part, Rank
from exercises.models import (
    Equipment,
    Exercise,
    ExerciseAlias,
    ExerciseType,
    Loading,
    Mechanic,
    MuscleGroup,
    RemovedSeed,
)
from metricgain.admin_site import ReadOnly
from metricgain.names import NameField, keys_of
from metricgain.number_fields import WholeField
from metricgain.web.doors import takes

AS_IT_IS = [("", "As it is")]


class AliasForm(forms.ModelForm):
    """Another name for everybody, or a lifter's own. The lifter is no field, so the form itself asks the index."""

    class Meta:
        field_classes = {"name": NameField}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        same = ExerciseAlias.objects.filter(user=self.instance.user_id).named(name).exclude(id=self.instance.id)
        if found := same.select_related("exercise").first():
            raise forms.ValidationError(f"“{found}” is another name of {found.exercise} already.")
        return name


class AliasForms(forms.BaseInlineFormSet):
    """Refuses a name that stands twice on the page, which no single form can see."""

    def clean(self) -> None:
        super().clean()
        said = [
            (form.instance.user_id, form.cleaned_data["name"])
            for form in self.forms
            if form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
        ]
        keys = keys_of(name for _, name in said)
        if len({(user, keys[name]) for user, name in said}) < len(said):
            raise forms.ValidationError("Two of these other names are one name. Leave one of them out.")


class AliasInline(admin.TabularInline):
    model = ExerciseAlias
    form = AliasForm
    formset = AliasForms
    extra = 0
    readonly_fields = ["user"]  # a lifter chose this name; nobody else may give it to another lifter

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user")


class ArchivedFilter(admin.SimpleListFilter):
    title = "archived"
    parameter_name = "archived"

    def lookups(self, request, model_admin):
        return [("no", "No"), ("yes", "Yes")]

    def queryset(self, request, queryset):
        return queryset if self.value() is None else queryset.filter(archived_at__isnull=self.value() == "no")


class BulkForm(forms.Form):
    """The changes to make in all exercises `chosen`. A field left at "As it is" changes nothing."""

    muscle_group = forms.ChoiceField(required=False, choices=AS_IT_IS + MuscleGroup.choices)
    part = forms.ChoiceField(label="Part of the muscle group", required=False, choices=[*AS_IT_IS, *parts_by_group()])
    movement = forms.ChoiceField(required=False, choices=AS_IT_IS + Movement.choices)
    rank = forms.ChoiceField(label="How usual it is", required=False, choices=AS_IT_IS + Rank.choices)
    exercise_type = forms.ChoiceField(label="Type", required=False, choices=AS_IT_IS + ExerciseType.choices)
    equipment = forms.ChoiceField(required=False, choices=AS_IT_IS + Equipment.choices)
    mechanic = forms.ChoiceField(required=False, choices=AS_IT_IS + Mechanic.choices)
    loading = forms.ChoiceField(required=False, choices=AS_IT_IS + Loading.choices)
    unilateral = forms.NullBooleanField(label="Reps are per side", required=False)
    unsafe_to_fail = forms.NullBooleanField(label="Failing is unsafe", required=False)
    rep_min = WholeField(label="Fewest reps", required=False, **REPS.field)
    rep_max = WholeField(label="Most reps", required=False, **REPS.field)
    rest_seconds = WholeField(required=False, min_value=0, max_value=3600)

    def __init__(self, *args, chosen: QuerySet[Exercise], **kwargs):
        super().__init__(*args, **kwargs)
        self.chosen = chosen

    def clean(self) -> dict:
        super().clean()
        check_range(self, "rep_min", "rep_max", within=REPS)
        if part := self.cleaned_data.get("part"):
            for exercise in self.chosen:
                exercise.part, exercise.muscle_group = part, self.cleaned_data["muscle_group"] or exercise.muscle_group
                if wrong := exercise.wrong_in_parts:
                    self.add_error("part", f"{exercise}: {wrong}")
        return self.cleaned_data

    @property
    def changes(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


NUMBERS = ("rep_min", "rep_max", "rest_seconds")


class ExerciseAdminForm(forms.ModelForm):
    secondary_parts = forms.MultipleChoiceField(
        label="also trained, at about half", required=False, choices=Part.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        field_classes = {"name": NameField} | dict.fromkeys(NUMBERS, WholeField)
        widgets = dict.fromkeys(NUMBERS, WholeField.widget)

    def clean(self) -> dict:
        super().clean()
        check_range(self, "rep_min", "rep_max", within=range_bound(self.cleaned_data.get("measure", "")))
        return self.cleaned_data


class ExerciseAdmin(ImportExportMixin, admin.ModelAdmin):
    """The library. `seed` keeps every change made here, and the exercise's history shows it. `training` registers this
    page, because it knows which sets were logged of an exercise."""

    form = ExerciseAdminForm
    resource_classes = [ExerciseResource]
    import_formats = export_formats = FORMATS
    import_template_name = "admin/exercises/import.html"
    import_export_change_list_template = "admin/exercises/change_list.html"
    list_display = [
        "name",
        "muscle_group",
        "part",
        "movement",
        "rank",
        "equipment",
        "loading",
        "is_system",
        "user",
        "archived_at",
    ]
    list_filter = [
        ArchivedFilter,
        "is_system",
        "rank",
        "muscle_group",
        "part",
        "movement",
        "exercise_type",
        "equipment",
        "mechanic",
        "loading",
        "measure",
        "unilateral",
        "unsafe_to_fail",
    ]
    list_select_related = ["user"]
    search_fields = ["name", "slug", "aliases__name", "user__email"]
    raw_id_fields = ["user", "merged_into"]
    readonly_fields = ["archived_at", "merged_into", "created_at", "updated_at"]
    inlines = [AliasInline]
    actions = ["archive", "unarchive", "change_many"]

    def get_deleted_objects(self, objs, request):
        """Refuses to delete an exercise that anyone has logged or planned, because their sets and slots would go too.
        Also refuses a merged one: phones may still send sets of it, and the sets they sent have it in their address."""
        kept = []
        chosen = Exercise.objects.filter(id__in=[one.pk for one in objs]).order_by("name")
        planned = dict(chosen.annotate(Count("slots")).values_list("id", "slots__count"))
        for exercise in chosen.annotate(Count("sets")):
            if exercise.merged_into_id:
                kept.append(
                    f"{exercise} was merged. It stays in the archive, because phones may still send sets of it."
                )
            elif exercise.sets__count or planned[exercise.id]:
                kept.append(
                    f"{exercise}: logged sets: {exercise.sets__count}, planned workouts: {planned[exercise.id]}. "
                    "Archive it instead: it can no longer be chosen then, and everybody's history stays."
                )
        return ([], {}, set(), kept) if kept else super().get_deleted_objects(objs, request)

    @admin.action(description="Archive: can no longer be chosen, history stays", permissions=["change"])
    def archive(self, request, queryset):
        changed = self.change(request, queryset.filter(archived_at=None), "Archived.", archived_at=timezone.now())
        self.message_user(request, f"{changed} archived.", messages.SUCCESS)

    @admin.action(description="Unarchive: can be chosen again", permissions=["change"])
    def unarchive(self, request, queryset):
        archived = queryset.filter(archived_at__isnull=False, merged_into=None)
        changed = self.change(request, archived, "Unarchived.", archived_at=None)
        self.message_user(request, f"{changed} unarchived.", messages.SUCCESS)
        if merged := queryset.filter(merged_into__isnull=False).count():
            self.message_user(request, f"{merged} stayed archived: merged into another exercise.", messages.WARNING)

    @admin.action(description="Change many at once", permissions=["change"])
    def change_many(self, request, queryset):
        form = BulkForm(request.POST if "apply" in request.POST else None, chosen=queryset)
        if form.is_valid() and form.changes:
            words = "Changed with others: " + ", ".join(f"{name} {value}" for name, value in form.changes.items())
            changed = self.change(request, queryset, f"{words}.", **form.changes)
            self.message_user(request, f"{changed} changed.", messages.SUCCESS)
            return None
        return self.ask(request, "admin/exercises/change_many.html", queryset, "Change many at once", form=form)

    @takes(most_bytes=5_000_000)
    def import_action(self, request, **kwargs):
        return super().import_action(request, **kwargs)

    def add_data_read_fail_error_to_form(self, form, e):
        """Says what the file lacks, where the file itself could be read."""
        if isinstance(e, ValidationError):
            form.add_error("import_file", e)
        else:
            super().add_data_read_fail_error_to_form(form, e)

    def get_export_queryset(self, request):
        """Leaves out lifters' own exercises, which are private, and merged ones, which nobody can choose any more."""
        return super().get_export_queryset(request).filter(is_system=True, merged_into=None)

    def save_model(self, request, obj, form, change):
        """Gives a system exercise a slug where it has none. Import files name an exercise by its slug."""
        if obj.is_system and not obj.slug:
            slug = slugify(obj.name)[:90]
            obj.slug = (
                f"{slug}-{timezone.now():%y%m%d}" if Exercise.objects.filter(slug=slug).exists() else slug or None
            )
        super().save_model(request, obj, form, change)

    def change(self, request, queryset, words: str, **values) -> int:
        """Writes `values` to all exercises of `queryset`, each with a line in its history. Returns their number."""
        chosen = list(queryset)
        Exercise.objects.filter(id__in=[one.id for one in chosen]).update(**values)
        for exercise in chosen:
            self.log_change(request, exercise, words)
        return len(chosen)

    def ask(self, request, template: str, queryset, title: str, **context):
        """Returns the page that asks for details after an action was chosen and before it is done."""
        context |= self.admin_site.each_context(request)
        context |= {"title": title, "chosen": queryset, "opts": self.model._meta}
        return TemplateResponse(request, template, context)

    def generate_log_entries(self, result, request):
        """Writes into the history of each exercise that an import made or changed it."""
        if not self.get_skip_admin_log():
            words = {
                RowResult.IMPORT_TYPE_NEW: "Made by an import.",
                RowResult.IMPORT_TYPE_UPDATE: "Changed by an import.",
            }
            rows = {row.object_id: words[row.import_type] for row in result if row.import_type in words}
            for exercise in Exercise.objects.filter(id__in=rows):
                self.log_change(request, exercise, rows[exercise.id])


@admin.register(RemovedSeed)
class RemovedSeedAdmin(ReadOnly, admin.ModelAdmin):
    """The exercises and templates that came with the app and were deleted. Delete a line here, and the next `seed`
    brings its row back."""

    list_display = ["name", "table_name", "removed_at"]
    list_filter = ["table_name"]
    search_fields = ["name", "slug"]
    ordering = ["-removed_at"]


@admin.register(LogEntry)
class ChangesAdmin(ReadOnly, admin.ModelAdmin):
    """The log of changes made in the admin, latest first."""

    list_display = ["action_time", "user", "content_type", "object_repr", "what"]
    list_filter = ["action_flag", "content_type"]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "change_message", "user__email"]
    date_hierarchy = "action_time"

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="what was done")
    def what(self, entry: LogEntry) -> str:
        return "Deleted." if entry.is_deletion() else entry.get_change_message()
