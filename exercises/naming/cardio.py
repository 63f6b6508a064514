"""Knows names of cardio, sports, stretching and rest, whose rows an import leaves out."""

from exercises.naming.matching import key, plain_text
from exercises.naming.phrases import singular, words_in

CARDIO = words_in(
    """aerobics badminton basketball bicicleta bicycle bike biking bisiklet boxing cardio climber climbing cooldown
    correr corrida crosstrainer cycling dance elliptical ergometer esteira fahrrad foam football golf hiit hike
    hiking hockey jog jogging kosu laufband laufen marche meditation mobility padel pilates run running sauna
    skating ski skiing skierg skipping soccer spinning sport stair stairmaster stairmill stepper stretch stretching
    swim swimming tennis treadmill volleyball walk walking warmup yoga yuruyus yuruyusu zumba"""
)
PHRASES = ("jump rope", "jumping jack", "warm up", "cool down", "cat cow", "row erg")
# Rowing is done on a machine, unless the name says more than these.
ROWING = words_in("rowing rower")
OF_ROWING = ROWING | words_in("concept concept2 2 ergometer erg indoor machine")
# Words that make strength work of a name: "Walking Lunge", "Bicycle Crunch", "Mountain Climber".
LIFTED = words_in(
    """band bridge carry clean crunch curl deadlift dip extension farmer fly hold jerk kettlebell kick kickback
    lunge monster mountain press pull pulldown pullup pushup raise row serratus shrug situp sled squat suitcase
    swing thrust twist wall yoke"""
)


def is_cardio(name: str) -> bool:
    """Says whether a name is of cardio, a sport, stretching or rest, which are no sets of strength work."""
    text = plain_text(name)
    written = set(text.split())
    if written & ROWING and written <= OF_ROWING:
        return True
    words = {*written, *map(singular, written), *key(name)}
    return not words & LIFTED and (bool(words & CARDIO) or any(phrase in text for phrase in PHRASES))
