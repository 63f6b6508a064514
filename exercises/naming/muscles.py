"""What lifters call muscles: a search for one means the exercises that train it, the usual ones first."""

from exercises.naming.phrases import phrases

# On the right are muscle groups, parts and movements, as `exercises.kinds` names them.
MUSCLES = phrases(
    """
chest | pec | pectoral | brust | pecho | peito | poitrine | petto | грудь | 胸 | 가슴 = chest
upper chest | upper pec | obere brust | 上胸 = upper_chest
back | rücken | espalda | costas | dos | schiena | спина | 背 | 背中 | 등 = back
lat | latissimus | широчайшие = lats
upper back | mid back | middle back | rhomboid = upper_back
lower back | low back | erector | spinal erector | unterer rücken = lower_back
trap | trapezius | nacken = traps
shoulder | delt | deltoid | schulter | hombro | ombro | épaule | spalla | плечи | 肩 | 어깨 = shoulders delts
front delt | anterior delt | front shoulder = front_delts
side delt | lateral delt | middle delt | medial delt | mid delt | side shoulder = side_delts
rear delt | posterior delt | rear shoulder | hintere schulter = rear_delts
leg | bein | pierna | perna | jambe | gamba | ноги | 腿 | 脚 | 하체 = legs
quad | quadricep | quadriceps | thigh | cuádriceps = quads
ham | hamstring | beinbizeps | isquiotibiales | ischio = hamstrings
glute | butt | booty | po | gesäß | glúteo | fessier | ягодицы | 臀 = glutes
adductor | inner thigh | groin = adductors
abductor | outer thigh = abductors
calf | wade | waden | gemelo | panturrilha | mollet | икры = calves
bicep | bizeps | bíceps | бицепс | 二头 | 이두 = biceps
tricep | trizeps | tríceps | трицепс | 三头 | 삼두 = triceps
forearm | unterarm | antebrazo | предплечье = wrist_curl
ab | abdominal | core | stomach | sixpack | bauch | пресс | 腹肌 | 腹筋 | 복근 = abs
oblique = rotation side_bend
rotator cuff = shoulder_rotation
"""
)
