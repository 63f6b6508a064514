"""A template as one lifter gives it to another: the plan by value, with exercises by name, muscle group and type.

A template that comes in is a stranger's text, so all of it is read and checked before anything is stored."""

import json
import unicodedata

from django.db import transaction

from exercises.kinds import Movement, Part, wrong_in_parts
from exercises.models import Equipment, Exercise, ExerciseType, Loading, Measure, MuscleGroup
from metricgain.names import NameKey, clean_name, keys_of
from metricgain.users.models import User
from training.models import Mesocycle, Template
from training.models.template_plan import CARRIED, read_plan

FORMAT, VERSION = "metricgain-template", 1
MOST_BYTES = 64 * 1024
MOST_OWN = 1000  # an import may not leave a lifter with more own exercises than this
EQUIPMENT_OF = {
    ExerciseType.FREEWEIGHT: Equipment.OTHER,
    ExerciseType.MACHINE: Equipment.MACHINE,
    ExerciseType.BODYWEIGHT: Equipment.BODYWEIGHT,
    ExerciseType.CABLE: Equipment.CABLE,
}

# What a template may say of an exercise beside its name, group and type: the values, and the words for what it is.
MAY_BE_SAID = {
    "equipment": (Equipment.values, "its equipment"),
    "measure": (Measure.values, "what it counts"),
    "movement": (Movement.values, "its movement"),
    "part": (Part.values, "the part it trains"),
}


class BadTemplate(ValueError):
    """A template that cannot be taken; the message says what is wrong with it."""


def config_of(mesocycle: Mesocycle) -> dict:
    """Returns the plan of a mesocycle as the `config` of a template, with the sets that it begins with. Days without
    an exercise are left out, because an import refuses them. Takes three queries."""
    columns = ("exercise_id", *CARRIED)
    workouts = mesocycle.workouts.in_plan().filter(only_week=None).prefetch_related("slots__exercise")
    plans = [
        {
            "name": workout.name,
            "day_of_week": workout.day_of_week,
            "exercises": [
                {name: getattr(slot, name) for name in columns if getattr(slot, name) is not None}
                | _measure(slot.exercise)
                for slot in workout.slots.all()
            ],
        }
        for workout in workouts
        if workout.slots.all()
    ]
    return read_plan({"duration_weeks": mesocycle.planned_weeks, "workouts": plans}).config


def _measure(exercise: Exercise) -> dict[str, str]:
    """Returns what a slot says of a hold, so that its range is read as seconds; nothing of other exercises."""
    return {"measure": exercise.measure} if exercise.is_hold else {}


def _trains(exercise: Exercise) -> dict[str, str]:
    """Returns what a slot says of an own exercise, which its owner may have chosen; nothing of the library's."""
    said = {"movement": exercise.movement, "part": exercise.part}
    return {} if exercise.is_system else {name: value for name, value in said.items() if value}


def to_shared(template: Template) -> dict:
    """Returns the template by value, ready for JSON. Takes one query."""
    read = template.plan
    # Exercises are those that the owner may use. A system template names only exercises of the library.
    exercises = Exercise.objects.of_library_of(template.user).in_bulk(read.exercises())
    workouts = []
    for plan in read.workouts:
        slots = [
            {
                "name": exercise.name,
                "muscle_group": exercise.muscle_group,
                "exercise_type": exercise.exercise_type,
                "equipment": exercise.equipment,
                **_measure(exercise),
                **_trains(exercise),
                **{name: slot[name] for name in CARRIED if slot.get(name) is not None},
            }
            for slot in plan["exercises"]
            if (exercise := exercises.get(slot["exercise_id"]))
        ]
        workouts.append({"name": plan["name"], "day_of_week": plan.get("day_of_week"), "exercises": slots})
    return {
        "format": FORMAT,
        "version": VERSION,
        "name": template.name,
        "description": template.description or "",
        "duration_weeks": read.weeks,
        "workouts": workouts,
    }


def read_shared(text: str) -> dict:
    """Reads and checks the JSON of a `to_shared` template. Raises BadTemplate, with a sentence for the lifter."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise BadTemplate(f"This is too large: a template has at most {MOST_BYTES // 1024} kB.")
    try:
        shared = json.loads(text)
    except (ValueError, RecursionError):
        raise BadTemplate(
            "This is not a template: it cannot be read. Copy the whole text, or choose the file."
        ) from None
    if not isinstance(shared, dict) or shared.get("format") != FORMAT:
        raise BadTemplate("This is not a template of MetricGain.")
    if shared.get("version") != VERSION:
        raise BadTemplate("This template is from another version of MetricGain, which this one cannot read.")
    plan = read_plan(shared, key="name")
    if plan.wrong:
        raise BadTemplate(plan.wrong[0].refusal)
    return {
        "name": _words(shared.get("name"), "The template's name"),
        "description": _description(shared.get("description")),
        "duration_weeks": plan.weeks,
        "workouts": [_workout(one, place) for place, one in enumerate(plan.workouts, start=1)],
    }


@transaction.atomic
def take_over(user: User, shared: dict) -> Template:
    """Stores the result of `read_shared` as the user's own template. An exercise that the user's library does not have
    by name and muscle group becomes an exercise of their own. Raises BadTemplate where those would be too many."""
    User.objects.select_for_update(no_key=True).get(id=user.id)
    slots = [slot for plan in shared["workouts"] for slot in plan["exercises"]]
    ids = _exercises_for(user, slots)
    workouts = []
    for plan in shared["workouts"]:
        kept: dict[int, dict[str, object]] = {}
        for slot in plan["exercises"]:
            id_ = ids[_what(slot)]
            numbers = {name: slot[name] for name in (*CARRIED, "measure") if slot[name] is not None}
            kept.setdefault(id_, {"exercise_id": id_} | numbers)
        workouts.append(plan | {"exercises": list(kept.values())})
    config = {
        "duration_weeks": shared["duration_weeks"],
        "days_per_week": len(workouts),
        "workouts": workouts,
    }
    return Template.objects.create(
        user=user, name=shared["name"], description=shared["description"] or None, config=config
    )


def _what(slot: dict) -> tuple[str, str]:
    return slot["name"], slot["muscle_group"]


def _exercises_for(user: User, slots: list[dict]) -> dict[tuple[str, str], int]:
    keys = keys_of(name for slot in slots for name in _names_for(slot))
    usable = Exercise.objects.usable_by(user)
    names = usable.names(user)
    known: dict[int | str | None, Exercise] = {one.id: one for one in usable}
    own: dict[str, Exercise] = {one.key: one for one in Exercise.objects.owned_by(user).annotate(key=NameKey("name"))}
    ids: dict[tuple[str, str], int] = {}
    new: dict[tuple[str, str], Exercise] = {}
    for slot in slots:
        what = _what(slot)
        found = known.get(names.resolve(slot["name"]))
        if found and found.muscle_group == slot["muscle_group"]:
            ids[what] = found.id
        elif what not in ids and what not in new:
            new[what] = _own(user, slot, taken=own, keys=keys)
    if len(own) > MOST_OWN:
        raise BadTemplate(f"You would have more than {MOST_OWN:,} exercises of your own. Archive or delete some first.")
    Exercise.objects.bulk_create({id(one): one for one in new.values() if one.id is None}.values())
    return ids | {what: one.id for what, one in new.items()}


def _names_for(slot: dict) -> tuple[str, str]:
    """Returns the names to try for an own exercise: as it is shared, and with its muscle group."""
    return slot["name"], f"{slot['name'][:220]} ({MuscleGroup(slot['muscle_group']).label})"


def _own(user: User, slot: dict, *, taken: dict[str, Exercise], keys: dict[str, str]) -> Exercise:
    """Returns the user's own exercise of that name and muscle group, else a new one under a free name. `taken`: the
    user's own exercises by the key of their name. `keys`: by name."""
    group = MuscleGroup(slot["muscle_group"])
    for name in _names_for(slot):
        key = keys[name]
        found = taken.get(key)
        if found and found.muscle_group == group and found.archived_at is None:
            return found
        if found is None:
            break
    else:
        number = next(n for n in range(2, MOST_OWN + 3) if f"{key} {n}" not in taken)
        name, key = f"{name} {number}", f"{key} {number}"
    kind = ExerciseType(slot["exercise_type"])
    new = Exercise(
        user=user,
        name=name,
        muscle_group=group,
        exercise_type=kind,
        equipment=slot["equipment"] or EQUIPMENT_OF[kind],
        measure=slot["measure"] or Measure.REPS,
        movement=slot["movement"],
        part=slot["part"],
        loading=Loading.BODYWEIGHT if kind == ExerciseType.BODYWEIGHT else Loading.WEIGHT,
    )
    new.guess_facts()
    taken[key] = new
    return new


# -- reading what somebody else wrote ---------------------------------------------------------------


def _workout(workout: dict, place: int) -> dict:
    slots = enumerate(workout["exercises"], start=1)
    return {
        "name": _words(workout["name"], f"The name of workout {place}"),
        "day_of_week": workout.get("day_of_week"),
        "exercises": [_slot(one, f"Workout {place}, exercise {number}") for number, one in slots],
    }


def _slot(slot: dict, here: str) -> dict:
    group = _one_of(slot.get("muscle_group"), MuscleGroup.values, f"{here}: its muscle group")
    said = {
        "name": _words(slot["name"], f"{here}: its name"),
        "muscle_group": group,
        "exercise_type": _one_of(slot.get("exercise_type"), ExerciseType.values, f"{here}: its type"),
        **dict.fromkeys(MAY_BE_SAID),
    }
    for name, (values, what) in MAY_BE_SAID.items():
        if slot.get(name) is not None:
            said[name] = _one_of(slot[name], values, f"{here}: {what}")
    if (part := said["part"]) and (wrong := wrong_in_parts(group, part)):
        raise BadTemplate(f"{here}: {wrong}")
    return said | {name: slot.get(name) for name in CARRIED}


def _words(value: object, what: str) -> str:
    # Control characters and halves of surrogate pairs come from no keyboard, and PostgreSQL stores no zero byte.
    is_text = isinstance(value, str) and not {"Cc", "Cs"} & set(map(unicodedata.category, value))
    name = clean_name(value) if isinstance(value, str) and is_text else ""
    if not name or len(name) > 255:
        raise BadTemplate(f"{what} should be 1 to 255 plain characters.")
    return name


def _description(value: object) -> str:
    text = "" if value is None else value
    if not isinstance(text, str) or len(text) > 2000 or not "".join(text.split()).isprintable():
        raise BadTemplate("The template's description should be at most 2,000 plain characters.")
    return text.strip()


def _one_of(value: object, known: list[str], what: str) -> str:
    if not isinstance(value, str) or value not in known:
        raise BadTemplate(f"{what} should be one of {', '.join(known)}.")
    return value
