"""Numbers in words, and numbers as people type them."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

# The zero of each script with digits of its own that people type; its other nine follow it. `static/js/numbers.js`
# reads the same, and metricgain/tests/number_cases.json tests both.
ZEROS = "0٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐０"
ASCII = {ord(zero) + digit: str(digit) for zero in ZEROS for digit in range(10)} | str.maketrans("٫．，−", "..,-")
BLANK = r"[\s\u061c\u200e\u200f\ufeff]"  # also the signs that keyboards of right-to-left scripts put around a number
AROUND = re.compile(f"^{BLANK}+|{BLANK}+$")
NUMBER = re.compile(r"[0-9]+[.,]?[0-9]*|[.,][0-9]+")
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9][0-9]0")  # "1,500": nobody ends a decimal in a third, idle zero
MOST_SIGNS = 40
HUNDREDTH, EXACT = Decimal("0.01"), Context(prec=2 * MOST_SIGNS)


def plain(number: Decimal | int | None) -> str:
    """Returns a number as people write it ("100", "102.5"); an empty string for None."""
    if number is None:
        return ""
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_ascii(text: str) -> str:
    """Returns a text with the digits, decimal signs and minus of any script in ASCII, and without blanks around it."""
    return AROUND.sub("", text.translate(ASCII))


def typed_number(text: str) -> Decimal | None:
    """Reads a number as people type it: digits of any script, with a decimal point or comma. None for anything else,
    also for what could be thousands ("1,500") and for signs: no lifter types "1e2" or "+5"."""
    digits = in_ascii(text)
    if len(digits) > MOST_SIGNS or not NUMBER.fullmatch(digits) or THOUSANDS.fullmatch(digits):
        return None
    return Decimal(digits.replace(",", "."))


def hundredths(number: Decimal) -> Decimal:
    """Rounds a number to the two decimals that a weight is stored with, a half upwards."""
    return number.quantize(HUNDREDTH, ROUND_HALF_UP, EXACT)
