"""Which sets count for bests: one definition for the workout page, for records and for the history of an exercise."""

from training.models.log import Set
from training.models.prescription import Prescription
from training.progression import CONFIG

# Working sets with a rep, of sessions that were no deload, no recovery session and no day while ill. The RIR is the
# one that was said, else the one that was asked. A set at the weight asked with about the reps asked is no slip of the
# thumb; of the others `progression.that_count` decides. A hold has its seconds for reps, and no RIR: so the longest is
# a best, and no strength is estimated from it. `sets` are the table, or some of its rows. Conditions may follow.
SETS_THAT_COUNT = """
    SELECT sets.exercise_id, sets.weight, sets.unit, sets.weight_kg, COALESCE(sets.seconds, sets.reps) AS reps,
        sets.workout_log_id, CASE WHEN sets.seconds IS NULL THEN COALESCE(sets.rir, asked.rir) END AS rir,
        sets.seconds IS NOT NULL OR COALESCE(
            sets.weight = asked.weight AND sets.unit = asked.unit AND sets.reps <= asked.reps_lo + %(above)s, FALSE
        ) AS is_as_asked
    FROM sets LEFT JOIN prescriptions asked ON asked.id = sets.prescription_id
    WHERE sets.user_id = %(user)s AND sets.set_type = ANY(%(counting)s) AND COALESCE(sets.seconds, sets.reps) > 0
        AND COALESCE(asked.kind, 'normal') <> ALL(%(easy)s)
        AND sets.workout_log_id <> ALL(ARRAY(SELECT id FROM workout_logs WHERE user_id = %(user)s AND ill))
"""
# Their different marks, by exercise and weight. Reps to failure, as far as a RIR can be believed.
MARKS = """
    SELECT exercise_id, weight_kg, reps, rir, MIN(weight) AS weight, MIN(unit) AS unit,
        reps + LEAST(COALESCE(rir, 0), %(most_rir)s) AS to_failure, COUNT(*) > 1 OR BOOL_OR(is_as_asked) AS is_sure
"""


def values_of(user_id: int) -> dict[str, int | list[str]]:
    """Returns the values of both statements."""
    return {
        "user": user_id,
        "counting": list(Set.COUNTING),
        "easy": list(Prescription.EASY),
        "above": CONFIG.odd_reps_above,
        "most_rir": CONFIG.most_rir,
    }
