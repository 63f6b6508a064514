"""The library: system exercises and lifters' own, their other names, and each lifter's settings of an exercise."""

from collections.abc import Sequence
from datetime import datetime
from typing import final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Case, F, FilteredRelation, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.text import get_text_list

from exercises.bounds import REPS, SECONDS, SIDE_PAUSE, range_bound
from exercises.kinds import (
    COUNTING_AS_VOLUME,
    Equipment,
    ExerciseType,
    Loading,
    Measure,
    Mechanic,
    Movement,
    MuscleGroup,
    Part,
    Rank,
    wrong_in_parts,
)
from exercises.listed import ASKED, MAY_MEAN, Listed
from exercises.naming.matching import Named, Names, search_words
from exercises.naming.movements import facts, secondary_parts
from exercises.naming.narrowing import pieces_of
from exercises.naming.searching import muscles_in, ranked
from exercises.removed_seed import RemovedSeed as RemovedSeed
from metricgain.bounds import Bound
from metricgain.database import Index, Timestamped
from metricgain.names import NameKey
from metricgain.users.models import Unit, User

# The sentence where an exercise with sets would count otherwise.
MEASURE_STAYS = "Sets of it are logged, so what it counts stays."


def _range(most: int) -> Q:
    """Both ends or neither. `isnull=False` is explicit, because PostgreSQL lets a row in whose check yields NULL."""
    both = Q(rep_min__isnull=False, rep_max__isnull=False, rep_min__gte=1, rep_max__gte=F("rep_min"))
    return Q(rep_min=None, rep_max=None) | both & Q(rep_max__lte=most)


# The least similarity (0 to 1) of a name to a search whose words no name has all of.
CLOSE = 0.3


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def of_library_of(self, user) -> "ExerciseQuerySet":
        """Keeps system exercises and the user's own, archived ones too: those that may be in the user's log."""
        return self.filter(Q(is_system=True) | Q(user=user))

    def usable_by(self, user) -> "ExerciseQuerySet":
        """Keeps the exercises that the user may plan: their library without archived ones."""
        return self.of_library_of(user).filter(archived_at=None)

    def with_settings_of(self, user_id: int) -> "ExerciseQuerySet":
        """Adds the user's settings of each exercise as `own`; None where the user changed nothing."""
        own = FilteredRelation("settings", condition=Q(settings__user=user_id))
        return self.annotate(own=own).select_related("own")

    def owned_by(self, user) -> "ExerciseQuerySet":
        return self.filter(user=user)

    def named(self, name: str) -> "ExerciseQuerySet":
        """Keeps the exercises of this name, however it is spelled."""
        return self.alias(key=NameKey("name")).filter(key=NameKey(Value(name)))

    def holds(self, *ids: int) -> "ExerciseQuerySet":
        """Keeps those of these exercises that count seconds."""
        return self.filter(id__in=ids, measure=Measure.SECONDS)

    def archived(self) -> "ExerciseQuerySet":
        return self.filter(archived_at__isnull=False)

    def searched(self, text: str, user) -> list[Listed]:
        """Finds the exercises that a search means, the likeliest first. One statement reads those that may be meant,
        with all their names; the rules of a search are `exercises.naming.searching`."""
        return ranked(text, self.may_mean(text, user))

    def may_mean(self, text: str, user) -> list[Listed]:
        """Reads those of these exercises that a search may mean. The statement is our own, because Django takes as long
        to write one like it as PostgreSQL to answer it."""
        asked, values = self.order_by().values_list(*ASKED).query.sql_with_params()
        pieces, muscles = [f"%{piece}%" for piece in pieces_of(text)], [*muscles_in(text)]
        with connection.cursor() as cursor:
            cursor.execute(MAY_MEAN.format(asked=asked), [*values, user.id, user.id, pieces, muscles])
            return [*map(Listed._make, cursor.fetchall())]

    def likely_first(self, user, *, lacking: Sequence[str] = ()) -> "ExerciseQuerySet":
        """Orders what the lifter did lately first, then the staples of the muscle groups `lacking` in their order, then
        how usual an exercise is, their own first, compound before isolation. Each has `last_done`."""
        places = enumerate(lacking, -len(lacking))
        wanted = (When(rank=Rank.STAPLE, muscle_group=one, then=place) for place, one in places)
        usual = Case(*wanted, When(rank=Rank.STAPLE, then=0), When(rank=Rank.SPECIAL, then=2), default=1)
        found = self.annotate(last_done=self._last_done(user))
        return found.order_by(F("last_done").desc(nulls_last=True), usual, "is_system", "mechanic", "name")

    def _last_done(self, user) -> Subquery:
        done = self.model.sets.rel.related_model._default_manager.filter(user=user, exercise=OuterRef("id"))
        return Subquery(done.order_by("-performed_at").values("performed_at")[:1])

    def nearest_to(self, text: str, user) -> "ExerciseQuerySet":
        """Finds the exercises with a name or another name close to `text`, nearest first."""
        query = " ".join(search_words(text))
        aliases = ExerciseAlias.objects.said_by(user).filter(exercise=OuterRef("id"))
        within = TrigramWordSimilarity(query, "name")
        near, alike = Greatest(within, _nearest(aliases, within)), TrigramSimilarity("name", query)
        return self.annotate(near=near, alike=alike).filter(near__gte=CLOSE).order_by("-near", "-alike", "name")

    def done_by(self, user) -> "ExerciseQuerySet":
        """Keeps the exercises that the user has logged, latest first, each with `last_done`."""
        done = self.annotate(last_done=self._last_done(user))
        return done.filter(last_done__isnull=False).order_by("-last_done", "name")

    def names(self, user) -> Names:
        """Returns an index from the names of these exercises to their ids, with everybody's aliases and the user's own.
        The user's own exercise goes before a system exercise of the same name."""
        other: dict[int, list[str]] = {}
        aliases = ExerciseAlias.objects.said_by(user).filter(exercise__in=self.order_by())
        for exercise, name in aliases.values_list("exercise", "name"):
            other.setdefault(exercise, []).append(name)
        return Names(
            Named(one.id, (one.name, *other.get(one.id, ())), (one.equipment, one.loading), first=not one.is_system)
            for one in self.only("id", "name", "equipment", "loading", "is_system")
        )

    def meant_by(self, name: str, user) -> "Exercise | None":
        """Returns the one of these exercises that `name` means, or most likely means."""
        meaning = self.names(user).meaning(name)
        return self.get(id=meaning.means) if meaning else None


class Exercise(Timestamped):
    name = models.CharField(max_length=255)
    slug = models.SlugField(max_length=100, null=True, blank=True, db_index=False)
    description = models.TextField(null=True, blank=True)
    muscle_group = models.CharField(max_length=50, choices=MuscleGroup)
    # The nine groups are what engine and document count by; parts are shown. A trigger empties a part of another group.
    movement = models.CharField(max_length=30, choices=Movement, null=True, blank=True)
    part = models.CharField("part of the muscle group", max_length=20, choices=Part, null=True, blank=True)
    secondary_parts = ArrayField(
        models.CharField(max_length=20, choices=Part), null=True, blank=True
    )  # trained at about half
    rank = models.CharField("how usual it is", max_length=10, choices=Rank, null=True, blank=True)
    exercise_type = models.CharField("type", max_length=50, choices=ExerciseType)
    equipment = models.CharField(max_length=20, choices=Equipment, default=Equipment.OTHER, db_default=Equipment.OTHER)
    mechanic = models.CharField(
        max_length=20, choices=Mechanic, default=Mechanic.COMPOUND, db_default=Mechanic.COMPOUND
    )
    loading = models.CharField(max_length=20, choices=Loading, default=Loading.WEIGHT, db_default=Loading.WEIGHT)
    measure = models.CharField(
        "what is counted", max_length=20, choices=Measure, default=Measure.REPS, db_default=Measure.REPS
    )
    unilateral = models.BooleanField("reps are per side", default=False, db_default=False)
    unsafe_to_fail = models.BooleanField("failing is unsafe", default=False, db_default=False)
    rep_min = models.PositiveSmallIntegerField("fewest reps", null=True, blank=True)
    rep_max = models.PositiveSmallIntegerField("most reps", null=True, blank=True)
    rest_seconds = models.PositiveSmallIntegerField(null=True, blank=True)

    user = models.ForeignKey(
        User,
        models.DB_CASCADE,
        null=True,
        blank=True,
        related_name="exercises",
        db_index=False,
    )
    is_system = models.BooleanField("for everyone", default=False, db_default=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.DB_SET_NULL, null=True, blank=True, related_name="merged")
    media_url = models.URLField(max_length=500, null=True, blank=True)
    # The values that `seed` last wrote. A column that still has its value may follow the next release.
    seeded = models.JSONField(null=True, blank=True, editable=False)
    # Its row in the library that it came from with a takeout, where this library lacks it.
    came_as = models.JSONField(null=True, blank=True, editable=False)

    last_done: datetime | None  # where a list reads it
    called: list[str]  # its other names, where a search reads them
    set_count: int  # this and the next where a curator looks at the list
    plan_count: int
    own: "ExerciseSettings | None" = None  # the lifter's, where read `with_settings_of` and there are any

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        db_table = "exercises"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(muscle_group__in=MuscleGroup.values), name="check_muscle_group"),
            models.CheckConstraint(condition=Q(exercise_type__in=ExerciseType.values), name="check_exercise_type"),
            models.CheckConstraint(condition=Q(equipment__in=Equipment.values), name="check_equipment"),
            models.CheckConstraint(condition=Q(mechanic__in=Mechanic.values), name="check_mechanic"),
            models.CheckConstraint(condition=Q(movement=None) | Q(movement__in=Movement.values), name="check_movement"),
            models.CheckConstraint(condition=Q(part=None) | Q(part__in=Part.values), name="check_part"),
            models.CheckConstraint(
                condition=Q(secondary_parts=None) | Q(secondary_parts__contained_by=Part.values),
                name="check_secondary_parts",
            ),
            models.CheckConstraint(condition=Q(rank=None) | Q(rank__in=Rank.values), name="check_rank"),
            models.CheckConstraint(condition=Q(loading__in=Loading.values), name="check_loading"),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="check_measure"),
            models.CheckConstraint(
                condition=Q(is_system=True, user=None) | Q(is_system=False, user__isnull=False),
                name="check_exercise_owner",
                violation_error_message="An exercise is either for everyone or belongs to one person.",
            ),
            models.CheckConstraint(
                condition=_range(REPS.most) | Q(measure=Measure.SECONDS) & _range(SECONDS.most),
                name="check_exercise_reps",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="check_not_merged_into_itself"),
            models.UniqueConstraint(fields=["name"], condition=Q(is_system=True), name="idx_exercises_system_name"),
            models.UniqueConstraint(
                NameKey("name"),
                condition=Q(is_system=True),
                name="unique_system_exercise_name",
                violation_error_message="The library has an exercise of that name already.",
            ),
            models.UniqueConstraint(
                "user",
                NameKey("name"),
                name="unique_own_exercise_name",
                violation_error_message="This person has an exercise of that name already.",
            ),
            models.UniqueConstraint(fields=["slug"], name="unique_exercise_slug"),
        ]
        indexes = [
            Index(fields=["muscle_group"], name="idx_exercises_muscle_group"),
            Index(fields=["user"], name="idx_exercises_user_id"),
            Index(fields=["name"], name="idx_exercises_name"),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="idx_exercises_name_trgm"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuses what triggers refuse or empty too: to count otherwise than the sets that are logged, and a part of
        another muscle group."""
        super().clean()
        if self.part and self.muscle_group in MuscleGroup.values and (wrong := self.wrong_in_parts):
            raise ValidationError({"part": wrong})
        if self.pk and self.sets.filter(seconds__isnull=self.is_hold).exists():
            raise ValidationError({"measure": MEASURE_STAYS})

    def archive(self) -> None:
        """Archives the exercise: nobody can choose it any more, and its logged sets stay."""
        self.archived_at = self.archived_at or timezone.now()
        self.save(update_fields=["archived_at"])

    def unarchive(self) -> None:
        """Lets the exercise be chosen again, unless it was merged into another."""
        if self.merged_into_id is None:
            self.archived_at = None
            self.save(update_fields=["archived_at"])

    def guess_facts(self) -> None:
        """Says by its name what the exercise does, where nobody said it. Stores nothing."""
        guessed = facts(self.name, self.muscle_group, self.movement)
        self.movement, self.part = guessed.movement, self.part or guessed.part
        if self.secondary_parts is None:
            self.secondary_parts = secondary_parts(self.movement, self.part)

    @property
    def wrong_in_parts(self) -> str:
        return wrong_in_parts(self.muscle_group, self.part, self.secondary_parts or ()) if self.part else ""

    @property
    def trains(self) -> str:
        """What it trains and how: "Lats, with biceps and upper back · Vertical pull". Empty where nobody knows."""
        beside = get_text_list([Part(one).label.lower() for one in self.secondary_parts or () if self.part], "and")
        parts = f"{self.get_part_display()}, with {beside}" if beside else self.get_part_display()
        return " · ".join(filter(None, (parts, self.get_movement_display())))

    @property
    def standing(self) -> "Exercise":
        """The exercise itself, or the last one in its chain of merges."""
        return self.merged_into.standing if self.merged_into else self

    @property
    def is_logged(self) -> bool:
        return self.sets.exists()

    @property
    def is_hold(self) -> bool:
        return self.measure == Measure.SECONDS

    @property
    def range_bound(self) -> Bound:
        return range_bound(self.measure)

    @property
    def counts_volume(self) -> bool:
        return self.loading in COUNTING_AS_VOLUME


def _nearest(aliases, likeness) -> Coalesce:
    """Returns the likeness (0 to 1) of an exercise's nearest other name; 0 where it has none."""
    nearest = aliases.order_by().values("exercise").annotate(near=Max(likeness)).values("near")
    return Coalesce(Subquery(nearest), 0.0)


class ExerciseAliasQuerySet(models.QuerySet):
    def said_by(self, user) -> "ExerciseAliasQuerySet":
        """Keeps everybody's names and the user's own."""
        return self.filter(Q(user=None) | Q(user=user))

    def named(self, name: str) -> "ExerciseAliasQuerySet":
        """Keeps the aliases of this name, however it is spelled."""
        return self.alias(key=NameKey("name")).filter(key=NameKey(Value(name)))


class ExerciseAlias(models.Model):
    """Another name of an exercise, as other apps or people write it: for everyone, or for one user."""

    exercise = models.ForeignKey(Exercise, models.DB_CASCADE, related_name="aliases")
    name = models.CharField(max_length=255)
    user = models.ForeignKey(User, models.DB_CASCADE, null=True, blank=True, db_index=False)

    objects = ExerciseAliasQuerySet.as_manager()

    class Meta:
        db_table = "exercise_aliases"
        verbose_name_plural = "exercise aliases"
        constraints = [
            models.UniqueConstraint(
                "user",
                NameKey("name"),
                nulls_distinct=False,
                name="unique_exercise_alias",
                violation_error_message="An exercise has this other name already.",
            ),
        ]
        indexes = [
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="idx_exercise_aliases_name_trgm"),
        ]

    def __str__(self) -> str:
        return self.name


@final
class ExerciseSettings(Timestamped):
    """One lifter's settings of one exercise, where they differ from the library."""

    user = models.ForeignKey(User, models.DB_CASCADE, db_index=False)
    exercise = models.ForeignKey(Exercise, models.DB_CASCADE, related_name="settings")
    unit = models.CharField(max_length=2, choices=Unit, null=True, blank=True)
    increment = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    weights = ArrayField(models.DecimalField(max_digits=6, decimal_places=2), null=True, blank=True)
    smallest_weight = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    rep_min = models.PositiveSmallIntegerField(null=True, blank=True)
    rep_max = models.PositiveSmallIntegerField(null=True, blank=True)
    rir_floor = models.PositiveSmallIntegerField(null=True, blank=True)
    rest_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    side_pause = models.SmallIntegerField(null=True, blank=True)  # seconds between the sides of a set
    can_do = models.SmallIntegerField(null=True, blank=True)  # reps with the body alone, before any history
    note = models.TextField(null=True, blank=True)
    note_edited_at = models.DateTimeField(null=True, blank=True)  # the later edit of the note wins

    class Meta:
        db_table = "exercise_settings"
        verbose_name_plural = "exercise settings"
        constraints = [
            models.UniqueConstraint(fields=["user", "exercise"], name="unique_exercise_settings"),
            models.CheckConstraint(
                condition=Q(unit=None) | Q(unit__in=Unit.values), name="check_exercise_settings_unit"
            ),
            models.CheckConstraint(
                condition=Q(increment=None) | Q(increment__gt=0, increment__lte=500), name="check_increment"
            ),
            models.CheckConstraint(
                condition=Q(smallest_weight=None) | Q(smallest_weight__gte=0, smallest_weight__lte="9999.99"),
                name="check_smallest_weight",
            ),
            # The exercise knows what is counted; this row does not.
            models.CheckConstraint(condition=_range(SECONDS.most), name="check_exercise_settings_reps"),
            models.CheckConstraint(condition=Q(rir_floor=None) | Q(rir_floor__lte=5), name="check_rir_floor"),
            models.CheckConstraint(condition=Q(can_do=None) | Q(can_do__range=(1, 100)), name="check_can_do"),
            models.CheckConstraint(
                condition=Q(side_pause=None) | Q(side_pause__range=SIDE_PAUSE.ends), name="check_side_pause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise} of {self.user}"
