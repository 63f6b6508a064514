"""What a name without its equipment most likely means: "Shoulder Press" is done with dumbbells, most of the time.

On the left are names, on the right an exercise of the library, by a name of it: the one that lifters log most often, or
that an app means by the bare name. Nobody can be sure of it, so an answer from here is one to look at."""

from exercises.naming.phrases import phrases

GENERIC = {
    " ".join(way): " ".join(instead)
    for way, instead in phrases(
        """
fly | flat fly | pec deck press = pec deck machine
incline fly = incline dumbbell fly
chest press | chest press wide grip | vertical chest press | press machine = chest press machine
incline chest press = incline chest press machine
decline chest press = decline chest press machine
incline bench press | incline press = incline barbell bench press
decline bench press | decline press = decline barbell bench press
neutral grip incline bench press | neutral grip incline press = incline neutral grip dumbbell press
pullover = dumbbell pullover
standing pullover = straight arm pulldown
front pulldown | front lat pulldown = lat pulldown
shoulder press | seated shoulder press | dumbbell press = dumbbell shoulder press
standing press | standing shoulder press = barbell overhead press
single arm overhead press | single arm shoulder press = single arm dumbbell press
lateral raise | shoulder raise = dumbbell lateral raise
seated lateral raise = seated dumbbell lateral raise
single arm lateral raise = single arm dumbbell lateral raise
rear delt fly | rear delt raise | bent over lateral raise | rear delt = bent over dumbbell reverse fly
rear delt row = dumbbell rear delt row
upright row = cable upright row
y raise = dumbbell y raise
shrug = dumbbell shrug
external rotation = cable external rotation
internal rotation = cable internal rotation
row | bent over row = barbell row
seated row | cable low row | horizontal row = seated cable row
high row = high row machine
chest supported row = chest supported machine row
single arm row = dumbbell row
underhand row | underhand bent over row = underhand barbell row
chest supported incline row | incline row = incline dumbbell row
bicep | curl | standing curl | alternating curl = dumbbell curl
neutral grip curl = hammer curl
seated curl = seated dumbbell curl
incline curl | seated incline curl = incline dumbbell curl
single arm curl = single arm dumbbell curl
preacher curl = barbell preacher curl
reverse curl = barbell reverse curl
spider curl = dumbbell spider curl
wrist curl | seated wrist curl | palms up wrist curl | seated palms up wrist curl | forearm curl = dumbbell wrist curl
wrist extension | reverse wrist curl | palms down wrist curl | seated palms down wrist curl = barbell reverse wrist curl
tricep extension = cable triceps extension
overhead tricep extension | overhead tricep | overhead extension = overhead cable triceps extension
rope overhead tricep | french press = overhead cable triceps extension
seated tricep extension = seated triceps press
lying tricep extension = barbell triceps extension
single arm tricep extension = single arm cable triceps extension
single arm overhead tricep extension = single arm overhead cable triceps extension
tricep kickback = dumbbell kickback
skullcrusher = barbell skullcrusher
incline skullcrusher = incline dumbbell skullcrusher
dip | weighted dip | parallel bar dip = triceps dip
assisted dip = assisted triceps dip
seated dip = machine dip
leg curl = seated leg curl
single leg curl = single leg seated leg curl
quad = leg extension
cable kickback | glute kickback | single leg kickback = cable glute kickback
hip abduction = hip abduction machine
hip adduction = hip adduction machine
hip thrust = barbell hip thrust
bridge = glute bridge
lunge = dumbbell lunge
sumo squat = dumbbell sumo squat
kettlebell squat = kettlebell goblet squat
single leg deadlift = single leg romanian deadlift
lower back = back extension
calf raise | standing calf raise = standing calf raise machine
calf press | calf extension | calf = machine calf press
leg raise = lying leg raise
knee raise = hanging knee raise
woodchop | oblique twist = cable woodchop
kettlebell hang clean = kettlebell clean
"""
    ).items()
}
