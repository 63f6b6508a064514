"""The words of exercise names: short forms and ways of writing, and the words that replace them.

The right side of a phrase has the words that `matching.key` compares. A phrase with an empty right side is dropped."""

# Irregular plurals, and words that only look like plurals.
SINGULARS = {
    "abs": "ab",
    "biceps": "bicep",
    "calves": "calf",
    "flies": "fly",
    "flyes": "fly",
    "flye": "fly",
    "flys": "fly",
    "hips": "hip",
    "press": "press",
    "remadas": "remada",
    "triceps": "tricep",
    "pernas": "perna",
    "tricpes": "tricep",
    "ts": "ts",
    "ws": "ws",
    "ys": "y",
    "21s": "21s",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FILLERS = _words(
    """a an and at attachment by de do da degree em exercise for from grip handle in na no of on or style the to using
    variation w with com ile"""
)

# Words that people add to a name of their own: its version, how heavy it is, the maker of the machine.
NOTES = _words(
    """backup data pause paused slow strict tempo gelb heavy keller light new old technogym warmup panatta hoist matrix
    lifefitness"""
)
# A name with "bench" and only words of this list means a bench press: "Incline DB Bench".
OF_BENCH_PRESS = _words(
    """bench flat incline decline barbell dumbbell smith machine cable closegrip widegrip neutralgrip reversegrip"""
)


def _phrases(text: str) -> dict[tuple[str, ...], list[str]]:
    """Reads lines such as "pull up | pullup = pullup", with a bar between several ways of writing."""
    found = {}
    for line in text.strip().splitlines():
        written, _, instead = line.partition("=")
        for way in written.split("|"):
            found[tuple(way.split())] = instead.split()
    return found


PHRASES = _phrases(
    """
db | dumbell | dumbel | dumbbel | dumb bell | hand weight = dumbbell
bb | olympic bar | olympic barbell | bar bell = barbell
kb | kettle bell = kettlebell
bw | body weight = bodyweight
smith machine | smith machin = smith
ez bar | ezbar | e z bar | ez curl bar | e z curl bar | curl bar | sz bar | cambered bar | ez barbell = ez
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
chest press | chess press = bench press
flat press = flat bench press
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
dambil | dambel | halteres | haltere | kurzhantel | mancuerna | manubri | hantel = dumbbell
barra | langhantel | barre | bilanciere = barbell
makine | maquina | maschine = machine
polia | cabo | polea | poulie | kabel | kabelzug | cavo = cable
kugelhantel | pesa rusa = kettlebell
agirlikli = weighted
destekli = assisted
oturarak = seated
ayakta = standing
barfiks = pullup
ters tutus barfiks = chinup
ters tutus = reversegrip
dar tutus = closegrip
genis tutus = widegrip
sinav = pushup
tek kol | tek bacak = single
sentado = seated
em pe = standing
unilateral = single
pegada =
supino = bench press
supino reto = bench press
supino inclinado = incline bench press
supino declinado = decline bench press
agachamento = squat
agachamento livre = squat barbell
agachamento bulgaro = bulgarian split squat
levantamento terra romeno | peso morto romeno = romanian deadlift
levantamento terra = deadlift
peso morto | peso muerto | kreuzheben | souleve terre = deadlift
peso muerto rumano | rumanisches kreuzheben = romanian deadlift
elevacao lateral | elevacione lateral | elevacion lateral | seitheben = lateral raise
elevacao frontal | frontheben = front raise
elevacao pelvica = hip thrust
elevacao panturrilha | elevacao de panturrilha = calf raise
extensao panturrilha | extensao de panturrilha = calf extension
remada | remo | rudern = row
remada curvada = bentover row
remada baixa = low row
puxada alta | puxada | latzug | jalon = pulldown
cadeira extensora | extensao perna | extensao de perna | beinstrecker | beinstreckung = leg extension machine
mesa flexora = lying leg curl machine
cadeira flexora = seated leg curl machine
cadeira abdutora = hip abduction machine
cadeira adutora = hip adduction machine
rosca = curl
rosca direta = curl
rosca scott = preacher curl
rosca martelo = hammer curl
extensao tricep | extensao de tricep = tricep extension
tricep na polia | tricep polia = pushdown cable
tricep na polia com corda | tricep polia corda | tricep corda = rope pushdown cable
crucifixo = fly
crucifixo voador | crucifixo no voador | voador = pecdeck
crucifixo inverso = reardelt fly
abdominal = ab crunch
encolhimento = shrug
mergulho = dip
flexao = pushup
barra fixa = pullup
barra fixa pronada = pullup
afundo = lunge
bankdrucken | press de banca | press banca | developpe couche = bench press
schragbankdrucken = incline bench press
kniebeuge | sentadilla = squat
schulterdrucken = shoulder press
klimmzug | dominada = pullup
liegestutz = pushup
beinpresse | prensa = leg press
beinbeuger = leg curl
wadenheben = calf raise
bizepscurl | bizep curl = curl
trizepsdrucken = pushdown
"""
)
