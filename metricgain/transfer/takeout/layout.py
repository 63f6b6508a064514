"""The layouts of a takeout: its members, the fields of each, the order of their rows. docs/takeout.md says what each
field means, and a test holds the two together.

A layout is read for ever. A new column makes the next layout: it stands in `SINCE`, and is not asked of a file of an
earlier one. Whatever changes more becomes a module beside this, chosen by the number in `takeout.json`."""

from dataclasses import dataclass

from django.db.models import Field, ForeignKey, Model

from exercises.models import Exercise, ExerciseAlias, ExerciseSettings
from metricgain.users.models import BodyWeight, User
from training.models import (
    DeletedSet,
    Import,
    MergedSet,
    Mesocycle,
    MuscleGroupFeedback,
    Prescription,
    Set,
    Template,
    Workout,
    WorkoutExercise,
    WorkoutLog,
)

LAYOUT = 2
APP = "MetricGain"
MANIFEST, HASHES, README = "takeout.json", "SHA256SUMS", "README.txt"
LIBRARY = "library"  # the exercises of everybody that the other members name
ROWS_OF, TWIN_OF = "{}.jsonl", "csv/{}.csv"


@dataclass(frozen=True, slots=True)
class TakeoutMember:
    """The rows of a table that are the lifter's.

    `owner` is the column that says so: the lifter, or a member that stands before this one. In `order`, r is the row, o
    its owner's number and e the exercise that it names. Members that others refer to are `numbered`: a row is referred
    to by its line. `for_people` are further columns of the CSV."""

    name: str
    model: type[Model]
    fields: tuple[str, ...]
    order: str
    owner: str = "user_id"
    numbered: bool = False
    also: str = "TRUE"
    for_people: tuple[tuple[str, str], ...] = ()

    @property
    def columns(self) -> list[Field]:
        return list(self.columns_in(LAYOUT).values())

    @property
    def names(self) -> list[str]:
        return list(self.columns_in(LAYOUT))

    def columns_in(self, layout: int) -> dict[str, Field]:
        """Returns the columns that a layout has, by their names in the file."""
        by_name = {field.name: field for field in self.model._meta.concrete_fields}
        known = [name for name in self.fields if SINCE.get((self.name, name), 1) <= layout]
        return {IN_THE_FILE.get(name, name): by_name[name] for name in known}

    def owned_by(self) -> "TakeoutMember | None":
        """Returns the member whose rows own these; None where the lifter does."""
        models = (refers_to(each) for each in self.columns if each.column == self.owner)
        return next((member_of(model) for model in models if model), None)


# What an own exercise does, as its lifter says it.
DOES = ("movement", "part", "secondary_parts")
# The first layout of a field that layout 1 does not have, by member and field: ("sets", "tempo"): 2.
SINCE: dict[tuple[str, str], int] = dict.fromkeys((("exercises", name) for name in DOES), 2)
# Fields whose names in the file are not those of the models.
IN_THE_FILE = {"imported_by": "import", "workout_log": "session", "parent_mesocycle": "parent"}
# What says how an exercise is done: the same for those of the library and a lifter's own.
TRAITS = (
    "description",
    "muscle_group",
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
)
# Of the library; before them the name by which other members call the exercise.
LIBRARY_FIELDS = ("exercise", "slug", "name", *TRAITS)
WHEN_IT_WAS = (
    ("day", "(SELECT local_date FROM workout_logs WHERE id = r.workout_log_id)"),
    (
        "workout_name",
        "(SELECT w.name FROM workout_logs l JOIN workouts w ON w.id = l.workout_id WHERE l.id = r.workout_log_id)",
    ),
)

# In an order in which they can be brought back: a row refers to rows of its own member or of one before.
MEMBERS = (
    TakeoutMember("profile", User, ("full_name", "timezone", "preferences"), "r.id", owner="id"),
    TakeoutMember(
        "exercises",
        Exercise,
        ("name", *TRAITS, "media_url", "archived_at", "merged_into", "created_at", *DOES),
        'r.name COLLATE "C"',
        also="EXISTS (SELECT FROM takeout_exercises t WHERE t.id = r.id AND t.name LIKE 'own %')",
    ),
    TakeoutMember("aliases", ExerciseAlias, ("exercise", "name"), 'r.name COLLATE "C"', numbered=True),
    TakeoutMember(
        "exercise_settings",
        ExerciseSettings,
        (
            "exercise",
            "unit",
            "increment",
            "weights",
            "smallest_weight",
            "rep_min",
            "rep_max",
            "rir_floor",
            "rest_seconds",
            "side_pause",
            "can_do",
            "note",
            "note_edited_at",
            "created_at",
        ),
        "e.name",
    ),
    TakeoutMember("body_mass", BodyWeight, ("date", "kg"), "r.date"),
    TakeoutMember(
        "templates",
        Template,
        ("name", "description", "config", "times_used", "tags", "created_at"),
        'r.created_at, r.name COLLATE "C"',
    ),
    TakeoutMember(
        "imports",
        Import,
        (
            "app",
            "file_name",
            "sha256",
            "sessions",
            "sets",
            "rows_not_taken",
            "names_new",
            "new_exercises",
            "new_aliases",
            "created_at",
            "stored_at",
        ),
        'r.created_at, r.stored_at, r.sha256 COLLATE "C"',
        numbered=True,
        also="r.stored_at IS NOT NULL",
    ),
    TakeoutMember(
        "mesocycles",
        Mesocycle,
        (
            "name",
            "description",
            "duration_weeks",
            "current_week",
            "status",
            "start_date",
            "end_date",
            "days_per_week",
            "completed_at",
            "parent_mesocycle",
            "copied_from_week",
            "repeated_weeks",
            "imported_by",
            "created_at",
        ),
        'r.created_at, r.start_date, r.name COLLATE "C"',
        numbered=True,
    ),
    TakeoutMember(
        "workouts",
        Workout,
        (
            "mesocycle",
            "name",
            "description",
            "day_of_week",
            "position_in_week",
            "retired_at",
            "only_week",
            "from_week",
            "moved_week",
            "moved_to",
            "minutes_at_most",
            "created_at",
        ),
        'o.number, r.position_in_week, r.created_at, r.only_week, r.name COLLATE "C"',
        owner="mesocycle_id",
        numbered=True,
    ),
    TakeoutMember(
        "slots",
        WorkoutExercise,
        (
            "workout",
            "exercise",
            "position",
            "target_sets",
            "target_reps_min",
            "target_reps_max",
            "target_weight",
            "target_rir",
            "unit",
            "superset",
            "notes",
            "created_at",
        ),
        "o.number, r.position, r.created_at, e.name",
        owner="workout_id",
    ),
    TakeoutMember(
        "prescriptions",
        Prescription,
        (
            "workout",
            "week_number",
            "exercise",
            "position",
            "sets",
            "reps",
            "reps_lo",
            "drop",
            "seconds",
            "weight",
            "unit",
            "rir",
            "superset",
            "open",
            "kind",
            "reasons",
            "inputs",
            "engine_version",
            "config_hash",
            "replaces",
            "created_at",
            "superseded_at",
        ),
        "o.number, r.week_number, r.created_at, r.superseded_at, r.position, e.name",
        owner="workout_id",
        numbered=True,
    ),
    TakeoutMember(
        "sessions",
        WorkoutLog,
        (
            "mesocycle",
            "workout",
            "week_number",
            "performed_at",
            "local_date",
            "status",
            "started_at",
            "completed_at",
            "notes",
            "ill",
            "status_edited_at",
            "notes_edited_at",
            "ill_edited_at",
            "performed_edited_at",
            "import_key",
            "import_digest",
            "created_at",
        ),
        "r.performed_at, o.number, r.week_number",
        owner="workout_id",
        numbered=True,
        for_people=(("workout_name", "(SELECT name FROM workouts WHERE id = r.workout_id)"),),
    ),
    TakeoutMember(
        "sets",
        Set,
        (
            "workout_log",
            "exercise",
            "set_number",
            "weight",
            "unit",
            "reps",
            "seconds",
            "rir",
            "set_type",
            "extends",
            "prescription",
            "performed_at",
            "edited_at",
            "video_url",
        ),
        "o.number, r.performed_at, e.name, r.set_number",
        owner="workout_log_id",
        for_people=WHEN_IT_WAS,
    ),
    TakeoutMember(
        "deleted_sets",
        DeletedSet,
        ("workout_log", "exercise", "set_number", "deleted_at"),
        "o.number, e.name, r.set_number",
        owner="workout_log_id",
        for_people=WHEN_IT_WAS,
    ),
    TakeoutMember(
        "merged_sets",
        MergedSet,
        ("workout_log", "exercise", "set_number", "became"),
        "o.number, e.name, r.set_number",
        owner="workout_log_id",
        for_people=WHEN_IT_WAS,
    ),
    TakeoutMember(
        "feedback",
        MuscleGroupFeedback,
        (
            "workout_log",
            "muscle_group",
            "soreness_level",
            "pump_level",
            "challenge_level",
            "soreness_recorded_at",
            "performance_recorded_at",
            "created_at",
        ),
        'o.number, r.muscle_group COLLATE "C"',
        owner="workout_log_id",
        for_people=WHEN_IT_WAS,
    ),
)
BY_NAME = {member.name: member for member in MEMBERS}
_BY_MODEL = {member.model: member for member in MEMBERS}
# Every file of a takeout, in its order.
FILES = (
    README,
    *(ROWS_OF.format(member.name) for member in MEMBERS),
    ROWS_OF.format(LIBRARY),
    *(TWIN_OF.format(member.name) for member in MEMBERS),
    TWIN_OF.format(LIBRARY),
    MANIFEST,
    HASHES,
)


def member_of(model: type[Model]) -> TakeoutMember:
    return _BY_MODEL[model]


def refers_to(field: Field) -> type[Model] | None:
    return field.related_model if isinstance(field, ForeignKey) else None
