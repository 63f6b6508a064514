"""Guesses what an exercise is that the library does not have, from the words of its name.

The values are those of the columns of an exercise."""

from dataclasses import dataclass

from exercises.naming.lines import first, read
from exercises.naming.matching import key
from exercises.naming.phrases import words_in


@dataclass(frozen=True, slots=True)
class Guess:
    """The columns of a new exercise. Where `is_sure` is False, no word of the name tells the muscle."""

    muscle_group: str
    exercise_type: str
    measure: str
    equipment: str
    mechanic: str
    is_sure: bool


# The first way that fits wins: "leg curl" stands before "curl", and of an overhead squat "squat" decides.
MUSCLES = read(
    """
shrug | l sit pull up | glute focused back extension | jefferson | snatch grip deadlift: back
calf | tibialis | tib | soleus | toe raise | heel raise | pogo | ankle: calfs
copenhagen | side lying leg raise | reverse hyper | reverse hyperextension: legs
crunch | situp | ab | ab wheel | rollout | oblique | woodchop | plank | pallof | hollow | v up | jackknife | core: abs
leg raise | knee raise | leg lift | leg pull | leg tuck | toes to bar | knees elbow | toe touch | heel tap: abs
windshield | abdominal | russian twist | torso | side bend | mountain climber | dead bug | bird dog | flutter: abs
scissor kick | dragon flag | l sit | boat | landmine twist | landmine 180 | landmine rotation | windmill: abs
side bridge | suitcase carry | zercher carry | bear hug carry | vacuum | cocoon | pelvic tilt | fallout | inchworm: abs
tricep | skullcrusher | pushdown | jm press | tate | close grip bench | close grip push up | diamond: tris
dumbbell floor press | kettlebell floor press | chest dip | dumbbell pullover | barbell pullover: chest
floor press | dip | board press | pin press | close grip dumbbell press | close grip ez press: tris
upright row | rear delt | reverse pec deck | reverse fly | back fly | lateral raise | face pull: delts
pull apart | delt | deltoid | y raise | rear raise: delts
clean jerk | clean press | get up | pike push up | handstand | split jerk: shoulders
leg curl | leg extension | leg press | squat | lunge | step up | glute | hamstring | quad | hip | adductor | thigh: legs
abductor | groin | abduction | adduction | butt | bridge | clamshell | fire hydrant | donkey kick | good morning: legs
swing | pull through | ham raise | wall sit | frog pump | clean | snatch | sled | jump | hop | bound | burpee: legs
romanian deadlift | stiff leg deadlift | single deadlift | sumo deadlift | trap bar deadlift | cable deadlift: legs
machine deadlift | band deadlift | nordic | sprint | skater | shrimp | pistol | skip | tire flip | yoke | cossack: legs
lateral walk | monster walk | leg: legs
row | pulldown | pull up | chin up | muscle up | rack pull | deadlift | back extension | stone: back
curl | bicep | wrist | forearm | finger | gripper | preacher | plate pinch | hand squeeze | pronation: bis
supination: bis
pullover | straight arm | lat | superman | hyperextension | hang | lever | climb | trap | lower back | back: back
kickback: tris
shoulder | overhead | front raise | arnold | jerk | external rotation | internal rotation | wall walk: shoulders
cuban | halo | push press | bradford | scaption | arm circle | thruster | battling rope | cuff | z press: shoulders
kettlebell press | behind neck | landmine press | military | rotator: shoulders
chest | bench | fly | pec | pec deck | push up | crossover | svend | guillotine: chest
standing press | seated press | kneeling press | see saw: shoulders
incline press | decline press | dumbbell press | smith press | machine press | cable press | around world: chest
lateral | side raise: delts
elbow extension: tris
carry | farmer: back
twist | rotation | throw | slam: abs
"""
)
# What decides where no line above does; nobody can be sure of these.
GUESSED_MUSCLES = read(
    """
press | push: chest
raise: delts
extension: tris
hold | kick: abs
pull: back
"""
)
EQUIPMENT = read(
    """
band | kettlebell | ball | medicine | suspension | ring | plate | landmine | sandbag | sled | tire | stone: other
bodyweight: bodyweight
smith | plateloaded | isolateral | tbar | hack squat | belt squat | pendulum squat: plate_loaded
dumbbell | goblet | arnold | concentration curl | hammer curl | zottman curl: dumbbell
barbell | ez | trap bar | trap deadlift | safety squat | zercher | landmine: barbell
cable | pulldown | pushdown | rope | pallof | woodchop | face pull: cable
machine | pecdeck | leg press | leg extension | leg curl | hip abduction | hip adduction | lever: machine
pushup | pullup | chinup | muscleup | dip | plank | situp | crunch | hang | handstand | burpee | jump: bodyweight
leg raise | knee raise | hold | bridge | pistol | hop | nordic | hollow | l sit | vup | superman: bodyweight
deadlift | bench press | clean | snatch | jerk | squat | good morning | row | hip thrust | overhead press: barbell
curl | raise | fly | lunge | press | pullover | kickback | shrug | skullcrusher | extension | stepup: dumbbell
"""
)
EQUIPMENT_OF_MUSCLE = {"abs": "bodyweight"}
TYPES = {
    "barbell": "freeweight",
    "dumbbell": "freeweight",
    "other": "freeweight",
    "machine": "machine",
    "plate_loaded": "machine",
    "cable": "cable",
    "bodyweight": "bodyweight",
}
SECONDS = read(
    """
hold | plank | hang | isometric | static | wall sit | l sit | side bridge | planche | lever hold | handstand: seconds
tuck lever | hollow body | boat | balance | pinch | vacuum | battling rope: seconds
"""
)
# Words of exercises that count reps, although a word above is in the name: "Hanging Leg Raise", "Handstand Push-up".
COUNTED = words_in("""curl dip getup jump press pull pullup pushup raise rock row shrug squat tap twist walk""")
ISOLATION = words_in(
    """abduction adduction calf crunch curl extension fly kickback pecdeck pullapart pullover pushdown raise
    rotation shrug side skullcrusher straightarm twist wrist"""
)


def guess(name: str) -> Guess:
    """Guesses the columns of an exercise of this name. Every name gets an answer."""
    words = key(name)
    muscle = first(MUSCLES, words)
    group = muscle or first(GUESSED_MUSCLES, words) or "legs"
    equipment = first(EQUIPMENT, words) or EQUIPMENT_OF_MUSCLE.get(group, "other")
    return Guess(
        muscle_group=group,
        exercise_type=TYPES[equipment],
        measure="reps" if words & COUNTED else first(SECONDS, words) or "reps",
        equipment=equipment,
        mechanic="isolation" if words & ISOLATION else "compound",
        is_sure=muscle is not None,
    )
