/** The volume of sets. Touches no page. */

/**
 * Returns the volume of sets [weight, unit, reps], of exercises that count volume, as a whole number of `unit`. The rule is
 * that of the server (the column `weight_kg` of training/models/log.py, `moved_words` of session/page/summary.py); one
 * table of cases tests both.
 */
export function volumeOf(sets, unit, { kgPerLb }) {
  const pound = Math.round(kgPerLb * 1e8); // in whole numbers, which floats hold exactly
  const inKilograms = (hundredths, of) => (of === "lb" ? Math.round((hundredths * pound) / 1e6) : hundredths * 100); // of four decimals
  const moved = sets.reduce((sum, [weight, of, reps]) => sum + inKilograms(Math.round(weight * 100), of) * reps, 0);
  return halfToEven(unit === "lb" ? (moved * 1e4) / pound : moved / 1e4);
}

function halfToEven(number) {
  const [whole, doubled] = [Math.floor(number), (number % 1) * 2];
  return doubled > 1 || (doubled === 1 && whole % 2) ? whole + 1 : whole;
}
