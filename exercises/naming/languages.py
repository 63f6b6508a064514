"""Words of other languages, as apps translate names of exercises: Turkish, Portuguese, Spanish, German, French and
Italian, and words for equipment of a few more.

They stand as `matching.key` sees them: lower case, no accents, no LINKS."""

from exercises.naming.phrases import phrases, words_in

# Small words between others.
LINKS = words_in("a al alla am au aux avec con da de del di do du el en ile im la le lo mit na no por sur")

OF_OTHER_LANGUAGES = phrases(
    """
dambil | dambel | haltere | halter | kurzhantel | mancuerna = dumbbell
manubrio | manubri | hantel | hantle | hantlar | гантели | гантель = dumbbell
barra | langhantel | barre | bilanciere | stang | sztanga | штанга = barbell
makine | maquina | maschine | macchina | maskin | maszyna | тренажер = machine
polia | cabo | polea | poulie | kabel | kabelzug | seilzug | cavo | cavi | kablo | wyciag | блок = cable
kugelhantel | pesa rusa = kettlebell
multipresse | multipower = smith
sz stange | sz hantel | barra w | barra z = ez
bant | elastico | banda | elastique | widerstandsband | elastici = band
corda | cuerda | corde | seil = rope
vucut agirligi | peso corporal | peso corpo | peso corporale | korpergewicht | poid corp = bodyweight
agirlikli | lastrado | lastrada | leste | zusatzgewicht | zavorrato = weighted
destekli | assistida | assistido | asistida | asistido | assiste | assistiert | assistita = assisted
oturarak | sentado | sentada | sitzend | assi | seduto | seduta = seated
ayakta | em pe | pie | stehend | debout | piedi = standing
yatarak | deitado | deitada | tumbado | acostado | liegend | allonge | sdraiato = lying
egimli | inclinado | inclinada | schragbank | inclinata | inclinato = incline
declinado | declinada | declinata = decline
bodenlage | egilerek | vorgebeugt | curvado | curvada = bentover
tek kol | tek bacak | einarmig | einbeinig | un bra | un brazo | una mano | una pierna | uma mao = single
ters tutus | pegada inversa | pegada supinada = reversegrip
agarre inverso | agarre supino | untergriff | prise inversee = reversegrip
dar tutus | pegada fechada | agarre cerrado | agarre estrecho = closegrip
enger griff | eng | prise serree | presa stretta = closegrip
genis tutus | pegada aberta | agarre ancho | agarre abierto = widegrip
breiter griff | breit | prise large | presa larga = widegrip
pegada neutra | agarre neutro | neutraler griff | prise neutre | presa neutra = neutralgrip
pegada triangulo | agarre triangulo = vbar
pegada | agarre | prise | presa =
unilateral | unilaterale = single
uberkopf = overhead
ziplamali = jumping
bacak = leg
barfiks | klimmzug | klimmzuge | dominada | traction | trazione | trazioni = pullup
ters tutus barfiks = chinup
barra fixa | barra fixa pronada = pullup
sinav | flexao | flexao braco | flexion | flexione = pushup
liegestutz | liegestutze | pompe | piegamento | piegamenti = pushup
mekik = situp
supino | bankdrucken | press banca | developpe couche | panca piana | distensioni panca piana = bench press
supino reto = bench press
supino inclinado | supino incline = incline bench press
schragbankdrucken | press inclinado | developpe incline = incline bench press
panca inclinata | press banca inclinado = incline bench press
supino declinado | press declinado | developpe decline = decline bench press
brustpresse | press pecho | pressa petto = chest press
desenvolvimento | desenvolvimento ombro | schulterdrucken | schulterpresse | press hombro = shoulder press
developpe epaule | shoulder pressa = shoulder press
press militar | desenvolvimento militar | developpe militaire | militarpresse | lento avanti = overhead press
agachamento | sentadilla | kniebeuge | kniebeugen = squat
agachamento livre = squat barbell
agachamento frontal | sentadilla frontal | frontkniebeuge | frontkniebeugen = front squat
agachamento bulgaro | sentadilla bulgara | bulgarische kniebeuge = bulgarian split squat
levantamento terra | peso morto | peso muerto | kreuzheben | souleve terre | stacco terra | stacco = deadlift
levantamento terra romeno | peso morto romeno | peso muerto rumano = romanian deadlift
rumanisches kreuzheben | souleve terre roumain | stacco rumeno | stacco terra rumeno = romanian deadlift
afundo | passada | zancada | ausfallschritt | ausfallschritte | fente | affondo | affondi = lunge
pernas esticadas | piernas rigidas | jambes tendues | gambe tese | gestreckt = stiff
elevacao pelvica | empuje cadera | huftheben | beckenheben = hip thrust
elevacao lateral | elevacione lateral | elevacione laterale | elevacion lateral | seitheben = lateral raise
elevacion laterale | elevation laterale | alzata laterale | alzate laterali = lateral raise
elevacao frontal | elevacion frontal | elevacione frontale | frontheben | elevation frontale = front raise
alzata frontale | alzate frontali = front raise
elevacao panturrilha | panturrilha | elevacion talon = calf raise
elevacion talone | gemelo | wadenheben | mollet = calf raise
extension mollet | polpaccio | polpacci = calf raise
extensao panturrilha = calf extension
elevacao perna | elevacion pierna | beinheben | releve jambe = leg raise
hangend = hanging
remada | remo | rudern | rowing barre | rowing haltere | rematore = row
kabelrudern = row cable
remada curvada | rematore bilanciere = bentover row
remada baixa = low row
remada alta | remo menton = upright row
tirage horizontal = seated row
puxada alta | puxada | puxada frente | puxada frontal | puxador = pulldown
latzug | latziehen | lat ziehen | jalon | jalon pecho = pulldown
tirage vertical | tirage poitrine | lat machine = pulldown
cadeira extensora | extensao perna | extensora = leg extension machine
beinstrecker | beinstreckung | beinstrecken = leg extension machine
extension pierna | extension cuadricep | extension jambe = leg extension machine
mesa flexora = lying leg curl machine
cadeira flexora = seated leg curl machine
cadeira abdutora | abducao quadril maquina = hip abduction machine
cadeira adutora | aducao quadril maquina = hip adduction machine
abducao quadril | abduktor | abduktoren | abduktion = hip abduction
aducao quadril | aductor | aductore | adduktor | adduktoren | adduktion = hip adduction
flexora | beinbeuger | beinbeugen | beincurl | curl femoral | femoral | flexao perna = leg curl
prensa | prensa pierna | beinpresse | beinpressen | presse cuisse | presse jambe | pressa = leg press
rosca | rosca direta | bizepscurl | bizep curl = curl
rosca scott | curl predicador | curl pupitre | curl panca scott = preacher curl
rosca martelo | hammercurl | curl martillo | curl marteau | curl martello = hammer curl
rosca inversa | curl inverso = reverse curl
rosca concentrada | konzentrationscurl = concentration curl
rosca punho | curl muneca = wrist curl
extensao tricep | extension tricep | trizepsstrecken | trizep strecken = tricep extension
tricep testa | barre front | press frances = skullcrusher
tricep france = overhead tricep extension
tricep polia | trizepsdrucken | trizep drucken | tricep polea = pushdown cable
tricep polia corda | tricep corda = rope pushdown cable
tricep banco = bench dip
crucifixo | apertura | ecarte | croce | croci | fliegende = fly
crucifixo voador | voador = pecdeck
crucifixo inverso | pajaro | oiseau = reardelt fly
abdominal | abdominale = ab crunch
encolhimento | encogimiento | schulterheben | haussement epaule | scrollata | scrollate = shrug
mergulho | paralela | fondo = dip
hiperextensao | extensao lombar | ruckenstrecker | extension lombaire = back extension
prancha | plancha | unterarmstutz | gainage = plank
"""
)
