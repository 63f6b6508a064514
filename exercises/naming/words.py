"""The words of exercise names: short forms and ways of writing, and the words that replace them.

The right side of a phrase has the words that `matching.key` compares. A phrase with an empty right side is dropped."""

from exercises.naming.languages import OF_OTHER_LANGUAGES
from exercises.naming.phrases import phrases, words_in

FILLERS = words_in(
    """a an and at attachment by com degree em exercise for from grip handle in no of on or style the to using variation
    w with"""
)

# Words that people add to a name of their own: its version, how heavy it is, the side. What makes another exercise
# ("paused", "tempo") is none of them.
NOTES = words_in("backup copy custom each heavy l left light lr my new old original own r right version warmup working")
# Makers of machines.
MAKERS = words_in(
    """atlantis cybex freemotion gym80 hoist icarian keiser lifefitness matrix nautilus panatta precor startrac
    technogym"""
)
# Words that make another exercise of the one beside them, and that the library's names do not have.
CHANGES = words_in(
    "board chain crucifix eccentric explosive halfway partial pulse rep slingshot slow static tempo touch"
)
# How the hands hold on. An exercise that the library has without such a grip is the nearest to one with it.
GRIPS = words_in("closegrip mixedgrip neutralgrip overhand reversegrip straight underhand vbar widegrip")
# Words of equipment: beside one of these, a chest press is a bench press.
EQUIPMENT = words_in("band barbell cable dumbbell isolateral kettlebell machine plateloaded smith")
# How one stands, which a name may say of an exercise of the library that is done so anyway.
POSTURES = words_in("seated standing")
# A name with "bench" and only words of this list means a bench press: "Incline DB Bench".
OF_BENCH_PRESS = words_in(
    """bench flat incline decline paused barbell dumbbell smith machine cable closegrip widegrip neutralgrip
    reversegrip"""
)

PHRASES = OF_OTHER_LANGUAGES | phrases(
    """
db | dumbell | dumbel | dumbbel | dumb bell | hand weight = dumbbell
bb | olympic bar | olympic barbell | bar bell = barbell
kb | kettle bell = kettlebell
bw | body weight = bodyweight
smith machine | smith machin = smith
ez bar | ezbar | e z bar | ez curl bar | e z curl bar | sz bar | cambered bar | ez barbell = ez
trap bar | hex bar | trapbar = trap
t bar | tbar = tbar
v bar | vbar | v handle | v attachment | v grip | triangle | close v = vbar
straight bar | short bar = straight
parallel bar | dip bar = parallel
safety bar | safety squat bar | ssb = safety
lat bar =
bar = barbell
pulley | pulley machine | crossover machine = cable
plate loaded | machine plate | plateloaded | plate machine = plateloaded
hammerstrength | hammer strength | hs = plateloaded
iso lateral | isolateral | iso lat | iso = isolateral
freeweight | free weight =
resistance band | elastic band | handle band | banded | loop band | mini loop band | rubber band = band
trx | suspension trainer | suspended = suspension
swiss ball | physio ball | physioball | exercise ball | stability ball | gym ball = ball
medicine ball | med ball | medball = medicine
push up | pushup | press up = pushup
pull up | pullup = pullup
chin up | chinup = chinup
chin = chinup
sit up | situp = situp
step up | stepup = stepup
muscle up = muscleup
v up = vup
pull down | pulldown | pull dwn = pulldown
push down | press down | pushdown | pressdown = pushdown
pull over = pullover
kick back = kickback
dead lift | dl = deadlift
skull crusher | scull crusher = skullcrusher
nose breaker = skullcrusher
cross over = crossover
paused | pause | pausing = paused
back up = backup
warm up = warmup
vertical traction = pulldown machine
life fitness = lifefitness
star trac = startrac
gym 80 = gym80
one and half | 1 1 2 | 1 and 1 2 = halfway
strict pull up | strict pullup = pullup
rotator cuff external rotation = external rotation
rotator cuff internal rotation = internal rotation
wood chop | wood chopper | woodchopper | wood chopping | chop = woodchop
pull apart | pullapart = pullapart
roll out = rollout
get up = getup
hip thruster = hip thrust
ohp = overhead press
military press | strict press | strict military press | strict overhead press | standing military press = overhead press
rdl | romanian dead lift | romainian deadlift = romanian deadlift
sldl = stiff deadlift
stiff leg | stiff legged | straight leg | straight legged = stiff
bss = bulgarian split squat
rear foot elevated split squat | rfess = bulgarian split squat
bulgarian squat | bulgarian lunge = bulgarian split squat
bulgarian split squat = bulgarian split squat
cgbp = closegrip bench press
bp = bench press
ghr = glute ham raise
ghd raise = glute ham raise
nordic hamstring | nordic ham = nordic
lateral raise | lat lateral raise = lateral raise
lat raise = lateral raise
side raise | side lateral raise | side lateral | shoulder lateral raise = lateral raise
reverse fly = reardelt fly
rear delt fly | rear deltoid fly | rear fly | rear delt reverse fly | reverse rear delt fly = reardelt fly
rear delt raise | rear deltoid raise | rear raise | bent over lateral raise | bent over rear delt raise = reardelt fly
rear delt | rear deltoid = reardelt
pec fly | pectoral fly = fly
pec deck fly | peck deck | pec dec | pecdeck | pec deck | butterfly = pecdeck
reverse pec deck | reverse peck deck | reverse pec dec | reverse butterfly = reverse pecdeck
hamstring curl | ham curl = leg curl
quad extension | knee extension = leg extension
leg ext = leg extension
hip abductor | abductor = hip abduction
hip adductor | adductor = hip adduction
thigh abductor | thigh abduction | outer thigh = hip abduction
thigh adductor | thigh adduction | inner thigh = hip adduction
calf rise = calf raise
one arm | single arm | single handed | one hand | one handed | 1 arm | single hand | one armed = single
one leg | single leg | one legged | single legged | 1 leg = single
single leg leg | one leg leg = single leg
single leg seated leg | one leg seated leg = single seated leg
single leg lying leg | one leg lying leg = single lying leg
single leg extension | one leg extension | one legged extension | 1 leg extension = single leg extension
single leg curl | one leg curl | one legged curl = single leg curl
single leg press | one leg press | one legged press = single leg press
single leg leg press = single leg press
unilateral | single sided | isolated = single
close grip | narrow grip | closegrip | narrow = closegrip
wide grip | widegrip = widegrip
wide = widegrip
neutral grip | natural grip | hammer grip | palm in | parallel grip = neutralgrip
neutral = neutralgrip
reverse grip = reversegrip
underhand grip | supinated grip | supinated = underhand
overhand grip | pronated grip | pronated = overhand
bent over = bentover
chest supported = supported
behind neck | behind the neck | btn = behindneck
behind back | behind the back = behindback
low to high | down to up | bottom to top = lowtohigh
high to low | up to down | top to bottom = hightolow
face pull | facepull = facepull
lat pulldown machine = pulldown machine
chess press = chest press
flat press | flat chest press = flat bench press
incline press = incline bench press
incline dumbbell press | dumbbell incline press | incline press dumbbell = incline dumbbell bench press
incline barbell press = incline barbell bench press
incline machine press | incline press machine = incline machine bench press
incline smith press | smith incline press = incline smith bench press
incline smith machine press | smith machine incline press = incline smith bench press
decline press = decline bench press
decline dumbbell press | dumbbell decline press = decline dumbbell bench press
decline barbell press = decline barbell bench press
decline smith press | smith decline press = decline smith bench press
flat dumbbell press = dumbbell bench press
shoulder front raise | forward raise = front raise
stiff arm | straight arm = straightarm
air squat = bodyweight squat
farmer carry = farmer walk
sitting = seated
standing dumbbell shoulder press | standing shoulder press dumbbell = overhead press dumbbell
neutral grip chinup | neutral grip chin up | chinup neutral grip | chin up neutral grip = neutralgrip pullup
knelt = kneeling
laying = lying
stretchy = band
palloff = pallof
palm up = palmup
captain chair = captain
military shoulder press = overhead press
preacher | scott = preacher
scott curl = preacher curl
french press = overhead tricep extension
ab wheel | ab roller | wheel rollout = abwheel
ab wheel rollout | ab roller rollout = abwheel rollout
"""
)
