"""The kinds of exercises: what each column of the library may say, and which part belongs to which muscle group."""

from collections.abc import Collection

from django.db import models


class MuscleGroup(models.TextChoices):
    CHEST = "chest", "Chest"
    BACK = "back", "Back"
    LEGS = "legs", "Legs"
    SHOULDERS = "shoulders", "Shoulders"
    DELTS = "delts", "Side and rear delts"
    BIS = "bis", "Biceps"
    TRIS = "tris", "Triceps"
    CALFS = "calfs", "Calves"
    ABS = "abs", "Abs"


class ExerciseType(models.TextChoices):
    FREEWEIGHT = "freeweight", "Free weight"
    MACHINE = "machine", "Machine"
    BODYWEIGHT = "bodyweight", "Bodyweight"
    CABLE = "cable", "Cable"


class Equipment(models.TextChoices):
    BARBELL = "barbell", "Barbell"
    DUMBBELL = "dumbbell", "Dumbbell"
    MACHINE = "machine", "Machine"
    PLATE_LOADED = "plate_loaded", "Plate-loaded machine"
    CABLE = "cable", "Cable"
    BODYWEIGHT = "bodyweight", "Bodyweight"
    OTHER = "other", "Other"


class Mechanic(models.TextChoices):
    COMPOUND = "compound", "Compound"
    ISOLATION = "isolation", "Isolation"


class Loading(models.TextChoices):
    """The meaning of the number in a set's `weight`."""

    WEIGHT = "weight", "The weight moved"
    ADDED = "added", "Weight added to the body"
    BODYWEIGHT = "bodyweight", "None: the body alone"
    ASSISTED = "assisted", "Help from the machine"


# The loadings whose weight x reps is volume: kilograms moved. Bodyweight and assisted sets count as sets and reps only.
COUNTING_AS_VOLUME = (Loading.WEIGHT, Loading.ADDED)


class Measure(models.TextChoices):
    """What is counted in a set. An exercise of seconds is a hold."""

    REPS = "reps", "Reps"
    SECONDS = "seconds", "Seconds"


class Movement(models.TextChoices):
    """What the body does. Exercises of one movement can stand for each other."""

    HORIZONTAL_PRESS = "horizontal_press", "Horizontal press"
    INCLINE_PRESS = "incline_press", "Incline press"
    VERTICAL_PRESS = "vertical_press", "Vertical press"
    DIP = "dip", "Dip"
    FLY = "fly", "Fly"
    HORIZONTAL_PULL = "horizontal_pull", "Horizontal pull"
    VERTICAL_PULL = "vertical_pull", "Vertical pull"
    PULLOVER = "pullover", "Pullover"
    SHRUG = "shrug", "Shrug"
    SQUAT = "squat", "Squat"
    LUNGE = "lunge", "Lunge"
    HINGE = "hinge", "Hinge"
    HIP_THRUST = "hip_thrust", "Hip thrust"
    HIP_EXTENSION = "hip_extension", "Hip extension"
    HIP_ABDUCTION = "hip_abduction", "Hip abduction"
    HIP_ADDUCTION = "hip_adduction", "Hip adduction"
    KNEE_EXTENSION = "knee_extension", "Knee extension"
    KNEE_FLEXION = "knee_flexion", "Knee flexion"
    CALF_RAISE = "calf_raise", "Calf raise"
    SHIN_RAISE = "shin_raise", "Shin raise"
    CURL = "curl", "Curl"
    WRIST_CURL = "wrist_curl", "Wrist curl"
    TRICEPS_EXTENSION = "triceps_extension", "Triceps extension"
    LATERAL_RAISE = "lateral_raise", "Lateral raise"
    UPRIGHT_ROW = "upright_row", "Upright row"
    REAR_FLY = "rear_fly", "Rear fly"
    FRONT_RAISE = "front_raise", "Front raise"
    SHOULDER_ROTATION = "shoulder_rotation", "Shoulder rotation"
    CRUNCH = "crunch", "Crunch"
    LEG_RAISE = "leg_raise", "Leg raise"
    ROLLOUT = "rollout", "Rollout"
    ROTATION = "rotation", "Rotation"
    SIDE_BEND = "side_bend", "Side bend"
    HOLD = "hold", "Hold"
    POWER = "power", "Power: cleans, snatches, jerks"


class Part(models.TextChoices):
    """The part of a muscle group that an exercise trains most."""

    UPPER_CHEST = "upper_chest", "Upper chest"
    MID_CHEST = "mid_chest", "Mid chest"
    LATS = "lats", "Lats"
    UPPER_BACK = "upper_back", "Upper back"
    LOWER_BACK = "lower_back", "Lower back"
    TRAPS = "traps", "Traps"
    QUADS = "quads", "Quads"
    HAMSTRINGS = "hamstrings", "Hamstrings"
    GLUTES = "glutes", "Glutes"
    ADDUCTORS = "adductors", "Adductors"
    ABDUCTORS = "abductors", "Abductors"
    FRONT_DELTS = "front_delts", "Front delts"
    SIDE_DELTS = "side_delts", "Side delts"
    REAR_DELTS = "rear_delts", "Rear delts"
    BICEPS = "biceps", "Biceps"
    TRICEPS = "triceps", "Triceps"
    CALVES = "calves", "Calves"
    ABS = "abs", "Abs"


# A migration says the same to PostgreSQL, where a trigger empties a part that does not belong.
PARTS_OF = {
    MuscleGroup.CHEST: (Part.MID_CHEST, Part.UPPER_CHEST),
    MuscleGroup.BACK: (Part.LATS, Part.UPPER_BACK, Part.LOWER_BACK, Part.TRAPS),
    MuscleGroup.LEGS: (Part.QUADS, Part.HAMSTRINGS, Part.GLUTES, Part.ADDUCTORS, Part.ABDUCTORS),
    MuscleGroup.SHOULDERS: (Part.FRONT_DELTS,),
    MuscleGroup.DELTS: (Part.SIDE_DELTS, Part.REAR_DELTS),
    MuscleGroup.BIS: (Part.BICEPS,),
    MuscleGroup.TRIS: (Part.TRICEPS,),
    MuscleGroup.CALFS: (Part.CALVES,),
    MuscleGroup.ABS: (Part.ABS,),
}


def belongs(part: str, group: str) -> bool:
    """Whether the part is one of the muscle group."""
    return part in PARTS_OF[MuscleGroup(group)]


def wrong_in_parts(group: str, part: str, beside: Collection[str] = ()) -> str:
    """Returns what is wrong with the part that an exercise of this muscle group trains most, and those that it trains
    `beside`; empty where nothing is."""
    if not belongs(part, group):
        parts = " or ".join(str(one.label) for one in PARTS_OF[MuscleGroup(group)])
        return f"{MuscleGroup(group).label} can have: {parts}. Or leave it empty."
    return f"{Part(part).label} cannot be trained most and at about half." if part in beside else ""


class Rank(models.TextChoices):
    """How usual an exercise is. Lists and searches begin with staples."""

    STAPLE = "staple", "Staple"
    COMMON = "common", "Common"
    SPECIAL = "special", "Special"
