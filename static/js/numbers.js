/** Numbers as people type them. The rules are those of metricgain/numbers.py; one table of cases tests both. */

const ZEROS = [..."0٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐０"]; // of each script; its other nine digits follow
const AROUND = /^[\s\x1c-\x1f\x85\u061c\u200e\u200f]+|[\s\x1c-\x1f\x85\u061c\u200e\u200f]+$/g;
const NUMBER = /^(\d+[.,]?\d*|[.,]\d+)$/;
const THOUSANDS = /^[1-9]\d{0,2}[.,]\d\d0$/;
const MOST_SIGNS = 40;
const SIGNS = { "٫": ".", "．": ".", "，": ",", "−": "-" };

/** Reads a weight or a count as people type it; NaN for anything else. */
export const typed = (text) => Number(digitsOf(text) ?? NaN);

/** Returns a typed weight as it is stored, with two decimals at most; as it was typed where that changes nothing. */
export function asStored(text) {
  const digits = digitsOf(text) ?? "";
  const [whole, part = ""] = digits.split(".");
  if (!/[1-9]/.test(part.slice(2))) return text;
  return String((Number(whole + part.slice(0, 2)) + (part[2] >= "5")) / 100);
}

/**
 * Returns the codes of what the server refuses in a typed number, in its order; none: it takes the number. The bounds of a
 * field come with the page (`bounds` of its rules); one table of cases tests both.
 */
export function faultsIn(text, { required, whole, rounds, least, most, below, places }) {
  const signed = inAscii(text);
  if (!signed) return required ? ["required"] : [];
  const minus = signed[0] === "-" ? "-" : "";
  const digits = digitsOf(signed.slice(minus.length));
  const part = digits?.split(".")[1] ?? "";
  if (digits === null || (whole && /[1-9]/.test(part))) return ["invalid"];
  const number = Number(minus + (rounds ? asStored(digits) : digits));
  const faults = {
    max_value: number > most,
    min_value: number < least,
    max_digits: Math.abs(number) >= below,
    max_decimal_places: part.length > places,
  };
  return Object.keys(faults).filter((code) => faults[code]);
}

const inAscii = (text) => text.replace(/\D/gu, (sign) => SIGNS[sign] ?? digitOf(sign) ?? sign).replace(AROUND, "");

/** Returns the digits of a typed number, with a decimal point; null where it is none. */
function digitsOf(text) {
  const digits = inAscii(text);
  return digits.length > MOST_SIGNS || !NUMBER.test(digits) || THOUSANDS.test(digits) ? null : digits.replace(",", ".");
}

function digitOf(sign) {
  const code = sign.codePointAt(0);
  const zero = ZEROS.find((one) => code >= one.codePointAt(0) && code < one.codePointAt(0) + 10);
  return zero && String(code - zero.codePointAt(0));
}
