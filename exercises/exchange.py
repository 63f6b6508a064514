"""The library as a file: exported, edited in a spreadsheet, and imported after a preview of the changes."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from import_export import fields, resources, widgets
from import_export.formats import base_formats
from tablib import Dataset

from exercises.kinds import PARTS_OF
from exercises.models import Exercise, ExerciseAlias
from exercises.naming.matching import Key, Means, key
from metricgain.names import clean_name

BETWEEN = " | "  # separates other names in one cell
NEEDED = ("name", "muscle_group", "exercise_type")  # by a new exercise, beside its slug


def text_of(content: bytes) -> str:
    """Returns the text of a file, as programs of today or of Windows write it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def check_columns(dataset: Dataset) -> Dataset:
    """Returns the table as it is. Raises ValidationError, which names the columns that it lacks."""
    has = set(dataset.headers or ())
    if "slug" not in has:
        raise ValidationError("The file lacks the column slug, which says which exercise a row is.")
    lacks = [name for name in NEEDED if name not in has]
    known = set(Exercise.objects.filter(slug__isnull=False).values_list("slug", flat=True))
    new = [slug for slug in dataset["slug"] if slug and slug not in known]
    if new and lacks:
        raise ValidationError(f"The file lacks {', '.join(lacks)}, which a new exercise needs: {', '.join(new[:5])}.")
    return dataset


class Csv(base_formats.CSV):
    def is_binary(self) -> bool:
        return True  # the bytes are decoded here, because only they tell how

    def get_read_mode(self) -> str:
        return "rb"

    def create_dataset(self, in_stream, **kwargs):
        text = text_of(in_stream)
        head = text.partition("\n")[0]
        between = max(",;\t", key=head.count)
        return check_columns(super().create_dataset(text, delimiter=between))


class Json(base_formats.JSON):
    def is_binary(self) -> bool:
        return True

    def get_read_mode(self) -> str:
        return "rb"

    def create_dataset(self, in_stream, **kwargs):
        return check_columns(super().create_dataset(text_of(in_stream)))


class Xlsx(base_formats.XLSX):
    def create_dataset(self, in_stream):
        """Reads the cells as the text that they would be in the other formats."""
        read = super().create_dataset(in_stream)
        rows = [[_cell(value) for value in row] for row in read]
        return check_columns(Dataset(*(row for row in rows if any(row)), headers=[_cell(one) for one in read.headers]))


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


FORMATS = [Csv, Json, Xlsx]


class Emptyable(widgets.CharWidget):
    """Reads an empty cell as NULL, as everywhere else in the library."""

    def clean(self, value, row=None, **kwargs):
        return super().clean(value, row, **kwargs) or None


class Parts(widgets.Widget):
    """Parts of muscle groups in one cell, as their names in the database or on pages: "lats | Upper back"."""

    def clean(self, value, row=None, **kwargs) -> list[str]:
        said = (one.strip().lower() for one in (value or "").split(BETWEEN.strip()))
        return ["_".join(one.split()) for one in said if one]

    def render(self, value, obj=None, **kwargs) -> str:
        return BETWEEN.join(value or ())


class YesNo(widgets.BooleanWidget):
    TRUE_VALUES = [*widgets.BooleanWidget.TRUE_VALUES, "yes", "Yes", "YES", "x"]
    FALSE_VALUES = [*widgets.BooleanWidget.FALSE_VALUES, "no", "No", "NO"]


class ExerciseResource(resources.ModelResource):
    """System exercises, found by slug, with their other names. A column that a file leaves out does not change. A new
    slug makes a new exercise. Nothing is deleted. `archived` is yes or no."""

    slug = fields.Field("slug", "slug")
    description = fields.Field("description", "description", widget=Emptyable())
    unilateral = fields.Field("unilateral", "unilateral", widget=YesNo())
    unsafe_to_fail = fields.Field("unsafe_to_fail", "unsafe_to_fail", widget=YesNo())
    archived = fields.Field(column_name="archived")
    aliases = fields.Field(column_name="aliases")
    movement = fields.Field("movement", "movement", widget=Emptyable())
    part = fields.Field("part", "part", widget=Emptyable())
    secondary_parts = fields.Field("secondary_parts", "secondary_parts", widget=Parts())
    rank = fields.Field("rank", "rank", widget=Emptyable())

    class Meta:
        model = Exercise
        import_id_fields = ["slug"]
        fields = [
            "slug",
            "name",
            "muscle_group",
            "movement",
            "part",
            "secondary_parts",
            "rank",
            "exercise_type",
            "equipment",
            "mechanic",
            "loading",
            "measure",
            "unilateral",
            "unsafe_to_fail",
            "rep_min",
            "rep_max",
            "rest_seconds",
            "description",
            "archived",
            "aliases",
        ]
        export_order = fields
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def get_queryset(self):
        return super().get_queryset().filter(is_system=True, merged_into=None).prefetch_related("aliases")

    def dehydrate_archived(self, exercise: Exercise) -> str:
        return "yes" if exercise.archived_at else "no"

    def dehydrate_aliases(self, exercise: Exercise) -> str:
        return BETWEEN.join(_names(exercise)) if exercise.pk else ""

    def before_import(self, dataset, **kwargs):
        """Reads what the library has, for `after_import_row`, which adds what the file has."""
        system = Exercise.objects.filter(is_system=True, merged_into=None)
        self.known: dict[Means, str] = dict(system.values_list("id", "name"))
        self.library = system.names(None)
        self.of_file: dict[Key, str] = {}

    def after_import_row(self, row, row_result, **kwargs):
        """Notes what a new exercise's name means already, in the library or in the rows above. It is made all the same,
        because a curator knows better."""
        if not row_result.is_new():
            return
        name = row.get("name") or ""
        if meaning := self.library.meaning(name):
            row_result.double = self.known[meaning.means]
        row_result.double_above = self.of_file.get(key(name))
        self.of_file |= {words: name for one in (name, *(self._other_names(row) or ())) if (words := key(one))}

    def before_import_row(self, row, **kwargs):
        if not (row.get("slug") or "").strip():
            raise ValidationError("slug: every row needs one; it says which exercise the row is.")

    def before_save_instance(self, instance, row, **kwargs):
        instance.is_system, instance.user = True, None

    def import_instance(self, instance, row, **kwargs):
        instance.is_system = True  # before import-export checks the model
        super().import_instance(instance, row, **kwargs)
        if (
            row.get("muscle_group")
            and "part" not in row
            and instance.part not in PARTS_OF.get(instance.muscle_group, ())
        ):
            instance.part = None  # it was one of the muscle group before
        if "archived" in row:
            is_archived = YesNo().clean(row["archived"] or "no")
            instance.archived_at = (instance.archived_at or timezone.now()) if is_archived else None

    def skip_row(self, instance, original, row, import_validation_errors=None):
        if self._other_names(row) not in (None, _names(original) if original.pk else []):
            return False
        if bool(instance.archived_at) != bool(original.archived_at):
            return False
        return super().skip_row(instance, original, row, import_validation_errors)

    def after_save_instance(self, instance, row, **kwargs):
        names = self._other_names(row)
        if names is None:
            return
        everybodys = ExerciseAlias.objects.filter(user=None)
        taken = everybodys.exclude(exercise=instance).select_related("exercise")
        for name in names:
            if other := taken.named(name).first():
                raise ValidationError(f"aliases: “{name}” is another name of {other.exercise} already.")
        kept = Q()
        for name in names:
            kept |= Q(name=name)
        mine = everybodys.filter(exercise=instance)
        (mine.exclude(kept) if names else mine).delete()
        ExerciseAlias.objects.bulk_create(
            [ExerciseAlias(exercise=instance, name=name) for name in names], ignore_conflicts=True
        )
        instance._prefetched_objects_cache = {}

    def _other_names(self, row) -> list[str] | None:
        """Returns the row's other names, each once, sorted; None where the file has no such column."""
        if "aliases" not in row:
            return None
        names = (clean_name(name) for name in (row["aliases"] or "").split(BETWEEN.strip()))
        once = {name.casefold(): name for name in names if name}
        return sorted(once.values(), key=str.casefold)


def _names(exercise: Exercise) -> list[str]:
    return sorted((one.name for one in exercise.aliases.all() if one.user_id is None), key=str.casefold)
