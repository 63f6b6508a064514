"""Scripts have no sentence, and no number of a rule. Both come with the page."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static" / "js"
SCRIPTS = sorted(str(path.relative_to(STATIC)) for path in STATIC.rglob("*.js"))
# Comments, literals with what they may hold, and regular expressions (after what no value ends with).
TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`"""
    r"""|(?<=[(,=:\[!&|?{};\s])/(?![/*\s])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*""",
    re.DOTALL,
)
SELECTOR = re.compile(r"(querySelector|querySelectorAll|matches|closest)\($")
WORDS = re.compile(r"[A-Za-z]{2,}[,;:]? [A-Za-z]{2,}|^[A-Z][a-z]+[ .,:…!?]|[a-z]{2}[.…!?]( |$)|^[A-Z][a-z]+$")
DECIMAL = re.compile(r"(?<![\w.])\d*\.\d+|\d+e-\d+")
# No page shows these.
NO_WORDS = {
    "drawing-parts.js": {"said said--line"},  # classes
    "elements/outbox-state.js": {"signed out", "another user"},  # why nothing is sent: names
    "keys.js": {"Enter", "Escape"},
    "outbox.js": {"signed out", "another user"},
    "worker/assets.js": {"${} is not to be had"},  # errors, for whoever reads the console
    "worker/pages.js": {
        "Date",
        "Vary",
        '<html data-saved="${}" ',
        "<saved-copy hidden></saved-copy>",
    },  # headers, marks
    "worker/serve.js": {"The offline page is not to be had"},
}
# Sounds, patience, and what arithmetic with floats needs.
NO_RULE = {
    "elements/outbox-state.js": {"0.5"},
    "elements/rest-timer.js": {"0.25", "0.5", "0.12"},
    "warming-up.js": {"1e-6"},
    "weights.js": {"1e-6", "0.05", "1.25"},
    "done-weights.js": {"1e-6"},
}


def literals(source: str) -> list[str]:
    """Returns the text of each string of a script that is no selector."""
    found = [
        token[0][1:-1]
        for token in TOKEN.finditer(source)
        if token[0][0] in "\"'`" and not SELECTOR.search(source, 0, token.start())
    ]
    return [re.sub(r"\$\{[^}]*\}", "${}", text) for text in found]


def sentences(source: str) -> set[str]:
    return {text for text in literals(source) if WORDS.search(text)}


def decimals(source: str) -> set[str]:
    code = TOKEN.sub(" ", source)
    return set(DECIMAL.findall(code))


def test_sentences_and_decimals_are_found():
    source = 'say("Needs you: " + why); // "Not this"\nconst K = 0.05, E = /a "b c" d/; `You ${x} ed this`; 1.5e3;'
    assert sentences(source) == {"Needs you: ", "You ${} ed this"}
    assert decimals(source) == {"0.05", "1.5"}
    assert sentences('querySelector("details summary")') == set()


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_types_no_sentence(name):
    assert sentences((STATIC / name).read_text()) == NO_WORDS.get(name, set())


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_types_no_decimal_number_of_a_rule(name):
    assert decimals((STATIC / name).read_text()) - NO_RULE.get(name, set()) == set()


def test_no_script_knows_a_button_by_its_words():
    known = re.compile(r"textContent\.(includes|startsWith|endsWith|match)\(|textContent\s*[!=]==?\s*[\"'`]")
    assert [name for name in SCRIPTS if known.search((STATIC / name).read_text())] == []
