"""Guesses what an exercise does and which parts of its muscle group it trains, from the words of its name. Tested
against the library, whose facts were written by hand. The values are those of the columns of an exercise."""

from typing import NamedTuple

from exercises.naming.lines import first, read
from exercises.naming.matching import Key, key

# The first way that fits wins: "leg curl" stands before "curl".
MOVEMENTS = read(
    """
lateral leg raise: hip_abduction
hang leg raise | hang knee raise | reverse crunch: leg_raise
l sit pull up: vertical_pull
handstand push up: vertical_press
jefferson curl | snatch deadlift: hinge
handstand | wall walk | wall sit | l sit | plank | hollow | boat | dead hang | superman hold: hold
bird dog | dead bug | side bridge | shoulder tap | mountain climber | farmer | carry | suitcase: hold
yoke | stomach vacuum | hold | isometric: hold
turkish | get up | clean | snatch | jerk | swing clean: power
calf | soleus | heel raise | pogo: calf_raise
tibialis | tib | toe raise | shin: shin_raise
wrist | finger | gripper | forearm: wrist_curl
reverse nordic: knee_extension
leg curl | hamstring curl | nordic curl | nordic ham | ham raise | hamstring raise: knee_flexion
leg extension | quad extension | knee extension | sissy: knee_extension
abduction | abductor | clamshell | fire hydrant | lateral walk | monster walk | side lying leg raise: hip_abduction
adduction | adductor | copenhagen | groin: hip_adduction
external rotation | internal rotation | cuban | halo | rotator | cuff: shoulder_rotation
woodchop | twist | pallof | windshield | bicycle | torso | oblique crunch | landmine 180 | rotation: rotation
side bend | windmill | heel tap | side crunch | side raise oblique: side_bend
rollout | ab wheel | fallout: rollout
crunch | situp | toe touch: crunch
leg raise | knee raise | knee elbow | toe bar | leg pull | vup | dragon flag | jackknife | leg lift: leg_raise
flutter | scissor | knee tuck | leg tuck: leg_raise
thruster | squat shoulder press: vertical_press
hip thrust | bridge | frog pump: hip_thrust
glute kickback | leg kickback | donkey | hip extension | kick back glute | cable kickback glute: hip_extension
back extension | hyper | reverse hyper | hyperextension | reverse hyperextension | superman | good morning: hinge
deadlift | rack pull | pull through | swing | jefferson: hinge
upright row: upright_row
reardelt row | rear delt row: horizontal_pull
reardelt | rear delt | reverse fly | pull apart | face pull | y raise | reverse pecdeck: rear_fly
back fly | rear raise: rear_fly
side lateral front raise: lateral_raise
scaption | front raise | overhead raise: front_raise
split squat | lunge | step up | pistol | shrimp | skater | cossack | single squat: lunge
lateral raise | side raise | lateral | lu raise | delt raise: lateral_raise
shrug: shrug
tricep dip: dip
tricep push up: horizontal_press
skullcrusher | pushdown | tricep extension | tricep press | kickback | jm press | tate | tricep: triceps_extension
board press | pin press | floor press | incline push up: horizontal_press
incline bench: incline_press
close grip bench | single bench: horizontal_press
squat | leg press: squat
landmine press | push press | overhead press | shoulder press | arnold | bradford | z press | military: vertical_press
pike push up | behind neck press | standing press | single dumbbell press | half press | see saw: vertical_press
kettlebell press: vertical_press
straight arm | lat prayer | prayer: pullover
pullover: pullover
muscle up | pulldown | pull up | chin up: vertical_pull
dip: dip
incline fly | pecdeck | fly | crossover | svend: fly
decline push up: incline_press
australian pull up | row: horizontal_pull
curl: curl
incline: incline_press
bench | push up | chest press | press | guillotine: horizontal_press
extension: triceps_extension
raise: lateral_raise
"""
)
# The parts that words of a name tell, whatever the movement is.
PARTS = {
    "chest": read(
        """
incline push up: mid_chest
incline | upper | low to high | decline push up | reverse grip bench | guillotine: upper_chest
"""
    ),
    "back": read(
        """
shrug | trap | farmer | yoke | carry: traps
deadlift | rack pull | extension | hyper | hyperextension | superman | good morning | jefferson | lower back: lower_back
pulldown | pull up | chin up | muscle up | pullover | straight arm | lat | prayer | lever: lats
supported row | seal row | helms row: upper_back
renegade | low row | underhand row | reverse grip row | yates | gorilla | kroc | meadows | shotgun: lats
kettlebell row | landmine row | single row: lats
bent over dumbbell row | incline dumbbell row: upper_back
dumbbell row: lats
row | upper back: upper_back
"""
    ),
    "legs": read(
        """
curtsy | sumo deadlift | trap deadlift | pull through | swing | reverse hyper | reverse hyperextension: glutes
machine deadlift | kettlebell clean | dumbbell clean | kettlebell snatch | dumbbell snatch: glutes
copenhagen: adductors
glute ham: hamstrings
glute | butt | bridge | hip thrust: glutes
hamstring | ham: hamstrings
quad: quads
"""
    ),
    "delts": read("rear | reverse | face pull | pull apart | y raise | back fly: rear_delts"),
}
PART_OF_MOVEMENT: dict[tuple[str, str | None], str] = {
    ("chest", None): "mid_chest",
    ("shoulders", None): "front_delts",
    ("delts", None): "side_delts",
    ("bis", None): "biceps",
    ("tris", None): "triceps",
    ("calfs", None): "calves",
    ("abs", None): "abs",
    ("chest", "incline_press"): "upper_chest",
    ("delts", "rear_fly"): "rear_delts",
    ("delts", "horizontal_pull"): "rear_delts",
    ("back", "vertical_pull"): "lats",
    ("back", "pullover"): "lats",
    ("back", "horizontal_pull"): "upper_back",
    ("back", "shrug"): "traps",
    ("back", "hinge"): "lower_back",
    ("legs", "squat"): "quads",
    ("legs", "lunge"): "quads",
    ("legs", "knee_extension"): "quads",
    ("legs", "hold"): "quads",
    ("legs", "power"): "quads",
    ("legs", "hinge"): "hamstrings",
    ("legs", "knee_flexion"): "hamstrings",
    ("legs", "hip_thrust"): "glutes",
    ("legs", "hip_extension"): "glutes",
    ("legs", "hip_abduction"): "abductors",
    ("legs", "hip_adduction"): "adductors",
}
# Of these no group has a part.
WITHOUT_PART = ("wrist_curl", "shin_raise", "shoulder_rotation")
# What a movement trains beside its part: by both, else by the movement.
SECONDARY: dict[tuple[str | None, str | None], tuple[str, ...]] = {
    ("horizontal_press", None): ("triceps", "front_delts"),
    ("horizontal_press", "triceps"): ("mid_chest", "front_delts"),
    ("incline_press", None): ("front_delts", "triceps"),
    ("vertical_press", None): ("triceps", "side_delts"),
    ("dip", None): ("triceps", "front_delts"),
    ("dip", "triceps"): ("mid_chest", "front_delts"),
    ("fly", None): ("front_delts",),
    ("pullover", "mid_chest"): ("lats",),
    ("horizontal_pull", "upper_back"): ("lats", "biceps", "rear_delts"),
    ("horizontal_pull", "lats"): ("upper_back", "biceps", "rear_delts"),
    ("horizontal_pull", "rear_delts"): ("upper_back", "biceps"),
    ("vertical_pull", None): ("biceps", "upper_back"),
    ("squat", None): ("glutes",),
    ("lunge", "quads"): ("glutes",),
    ("lunge", "glutes"): ("quads", "abductors"),
    ("hinge", "hamstrings"): ("glutes", "lower_back"),
    ("hinge", "glutes"): ("hamstrings", "lower_back"),
    ("hinge", "lower_back"): ("glutes", "hamstrings"),
    ("hip_thrust", None): ("hamstrings",),
    ("hip_extension", None): ("hamstrings",),
    ("hip_abduction", None): ("glutes",),
    ("rear_fly", None): ("upper_back",),
    ("upright_row", None): ("traps", "front_delts"),
    ("power", "quads"): ("glutes", "hamstrings", "traps"),
    ("power", "glutes"): ("hamstrings", "quads", "traps"),
    ("power", "front_delts"): ("quads", "glutes", "traps", "triceps"),
}


class Facts(NamedTuple):
    """The columns of an exercise, as far as its name tells them."""

    movement: str | None
    part: str | None
    secondary_parts: list[str]


def facts(name: str, group: str, movement: str | None = None) -> Facts:
    """Returns what an exercise of this name does, if it counts for this muscle group. `movement`: where it is known."""
    words = key(name)
    movement = movement or first(MOVEMENTS, words)
    part = _part(words, group, movement)
    return Facts(movement, part, secondary_parts(movement, part))


def secondary_parts(movement: str | None, part: str | None) -> list[str]:
    """Returns the parts that a movement trains at about half, beside its part."""
    if part is None:
        return []
    found = SECONDARY.get((movement, part)) or SECONDARY.get((movement, None), ())
    return [one for one in found if one != part]


def _part(words: Key, group: str, movement: str | None) -> str | None:
    if movement in WITHOUT_PART:
        return None
    said = first(PARTS[group], words) if group in PARTS else None
    return said or PART_OF_MOVEMENT.get((group, movement)) or PART_OF_MOVEMENT.get((group, None))
