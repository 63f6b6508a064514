"""What the names of a file mean to a lifter: exercises of the library, their own, or new ones of their own."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypedDict

from exercises.forms import TYPES
from exercises.models import Equipment, Exercise, ExerciseAlias, Loading, Measure
from exercises.naming.cardio import is_cardio
from exercises.naming.guessing import guess
from metricgain.names import NameKey, clean_name, keys_of
from metricgain.transfer.history.session_rows import Meant
from metricgain.transfer.logbook import AppLog
from metricgain.users.models import User

KNOWN, GENERIC, NEW, LEFT_OUT = "known", "generic", "new", "left out"


class NameLook(TypedDict):
    """A name of a file: how many sets it has, and what it becomes. `how` is one of the four above; `exercise` is None
    for the last two. `guess` has the columns of a new exercise."""

    name: str
    sets: int
    how: str
    exercise: int | None
    guess: dict[str, str]
    left: dict[str, int]  # its rows that are not taken, by reason
    is_chosen: bool  # the lifter said it


def look_at_names(user: User, book: AppLog) -> list[NameLook]:
    """Returns the names of a file, those with most sets first."""
    names = library_of(user).names(user)
    sets: Counter[str] = Counter()
    timed: Counter[str] = Counter()  # seconds alone, as for a hold
    far: Counter[str] = Counter()
    for session in book.sessions:
        for one in session.sets:
            sets[one.exercise] += 1
            timed[one.exercise] += one.seconds is not None and not one.reps
            far[one.exercise] += one.went_far
    found: list[NameLook] = []
    for name, count in sets.most_common():
        meaning = names.meaning(name)
        guessed = guess(name)
        look = NameLook(name=name, sets=count, how=NEW, exercise=None, guess={}, left={}, is_chosen=False)
        if meaning:
            look |= {"how": KNOWN if meaning.is_sure else GENERIC, "exercise": meaning.means}
        elif is_cardio(name) or 2 * far[name] > count:
            look["how"] = LEFT_OUT
        measure = Measure.SECONDS.value if 2 * timed[name] > count else Measure.REPS.value
        columns = ("muscle_group", "equipment", "exercise_type", "mechanic")
        look["guess"] = {column: getattr(guessed, column) for column in columns} | {"measure": measure}
        found.append(look)
    return found


def library_of(user: User):
    """Returns the exercises that a name may mean: the lifter's archived ones too, because a new one could not have
    their name."""
    return Exercise.objects.of_library_of(user).filter(merged_into=None)


def chosen(names: Iterable[NameLook], choices: Mapping[str, object]) -> list[NameLook]:
    """Returns the names as the lifter wants them. A choice is the id of an exercise, the columns of a
    new one, or None to leave the name out."""
    found = []
    for look in names:
        if look["name"] in choices:
            choice = choices[look["name"]]
            look = look | {"is_chosen": True}
            if isinstance(choice, int):
                look = look | {"how": KNOWN, "exercise": choice}
            elif isinstance(choice, dict):
                look = look | {"how": NEW, "exercise": None, "guess": look["guess"] | choice}
            else:
                look = look | {"how": LEFT_OUT, "exercise": None}
        found.append(look)
    return found


def unsure_first(names: Iterable[NameLook]) -> list[NameLook]:
    """Returns the names with those first that nobody is sure of, of those the ones with most sets."""
    order = (NEW, GENERIC, LEFT_OUT, KNOWN)
    return sorted(names, key=lambda one: (one["is_chosen"], order.index(one["how"]), -one["sets"]))


class NamesMeant:
    """Turns names into exercises of the lifter, and makes those that are new. Writes."""

    def __init__(self, user: User):
        self.user = user
        self.new_exercises: list[int] = []
        self.new_aliases: list[int] = []

    def meanings(self, names: list[NameLook], by_hand: Mapping[str, object]) -> dict[str, Meant | None]:
        """Returns what each name means. `by_hand`: the lifter's choices, which become their aliases."""
        held = dict(library_of(self.user).values_list("id", "measure"))
        found: dict[str, Meant | None] = {}
        new: list[NameLook] = []
        for look in names:
            if look["how"] == LEFT_OUT:
                found[look["name"]] = None
            elif (exercise := look["exercise"] or 0) in held:
                found[look["name"]] = Meant(exercise, held[exercise] == Measure.SECONDS)
            else:  # new, or deleted since it was chosen
                new.append(look)
        found |= self.made(new)
        self.remember({name: meant.exercise for name in by_hand if (meant := found.get(name))})
        return found

    def made(self, new: list[NameLook]) -> dict[str, Meant]:
        own = {one.key: one for one in _own_by_key(self.user)}
        keys = keys_of(_name_of(look) for look in new)
        made: dict[str, Exercise] = {}
        for look in new:
            key = keys[_name_of(look)]
            if key not in own:
                own[key] = made[key] = _exercise(self.user, look)
        for one in Exercise.objects.bulk_create(made.values()):
            self.new_exercises.append(one.id)
        by_name = {look["name"]: own[keys[_name_of(look)]] for look in new}
        return {name: Meant(one.standing.id, one.standing.is_hold) for name, one in by_name.items()}

    def remember(self, by_hand: Mapping[str, int]) -> None:
        """Keeps what the lifter said of a name as an alias of theirs, in place of one that says otherwise."""
        keys = keys_of(by_hand)
        said = {keys[name]: (clean_name(name)[:255], exercise) for name, exercise in by_hand.items()}
        own = {key: one for one, key in _own_aliases(self.user)}
        for key, (name, exercise) in said.items():
            if key in own:
                own[key].exercise_id = exercise
                own[key].save(update_fields=["exercise"])
            elif name:
                alias = ExerciseAlias.objects.create(user=self.user, exercise_id=exercise, name=name)
                self.new_aliases.append(alias.id)


def _name_of(look: NameLook) -> str:
    return clean_name(look["guess"].get("name") or look["name"])[:255] or "Exercise"


def _own_by_key(user: User):
    return Exercise.objects.owned_by(user).select_related("merged_into").annotate(key=NameKey("name"))


def _own_aliases(user: User) -> list[tuple[ExerciseAlias, str]]:
    return [(one, one.key) for one in ExerciseAlias.objects.filter(user=user).annotate(key=NameKey("name"))]


def _exercise(user: User, look: NameLook) -> Exercise:
    """Returns a new exercise of the lifter, not stored yet."""
    guessed = look["guess"]
    equipment = Equipment(guessed["equipment"])
    new = Exercise(
        user=user,
        name=_name_of(look),
        muscle_group=guessed["muscle_group"],
        measure=guessed["measure"],
        mechanic=guessed["mechanic"],
        equipment=equipment,
        exercise_type=TYPES[equipment],
        loading=Loading.ADDED if equipment == Equipment.BODYWEIGHT else Loading.WEIGHT,
    )
    new.guess_facts()
    return new
