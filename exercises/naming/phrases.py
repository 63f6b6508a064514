"""Reads lists of words, and of phrases: ways of writing, and the words that replace them."""

import re
import unicodedata

PLAIN = str.maketrans({"ı": "i", "º": " ", "°": " "})
Phrases = dict[tuple[str, ...], list[str]]

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
    "triceps": "tricep",
    "tricpes": "tricep",
    "ts": "ts",
    "ws": "ws",
    "ys": "y",
    "21s": "21s",
}


def plain_text(name: str) -> str:
    """Returns the name in lower case, without accents and signs, one blank between words: "Rosca (Máquina)" becomes
    "rosca maquina"."""
    text = unicodedata.normalize("NFKD", name.casefold().translate(PLAIN))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’`´.]", "", text)))


def singular(word: str) -> str:
    if word in SINGULARS:
        return SINGULARS[word]
    for ending, instead in (("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("ies", "y")):
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word


def words_in(text: str) -> frozenset[str]:
    return frozenset(text.split())


def phrases(text: str) -> Phrases:
    """Reads lines such as "pull up | pullup = pullup", with a bar between several ways of writing."""
    found: Phrases = {}
    for line in text.strip().splitlines():
        written, _, instead = line.partition("=")
        for way in written.split("|"):
            found[tuple(map(singular, plain_text(way).split()))] = instead.split()
    return found
