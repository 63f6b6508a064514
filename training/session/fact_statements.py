"""The statements that store facts: each makes and locks the log of its session, and writes the fact.

A fact needs one round trip and one commit."""

# Makes the log of the session with its first fact, whichever that is, and locks it with every fact. `started_at` is set
# only by sets, because a session starts with its first set. The edit time is the phone's, but never later than the
# server's.
#
# A merged exercise no longer has an address (see `own_exercise.merging`): the share lock on the exercise waits for a
# merge in progress, and sees its result. The share lock on the mesocycle's key waits for a deletion in the same way. It
# is taken before the lock on the log, as in every other verb. A planned mesocycle has no sessions. This statement does
# not store a set that may lie elsewhere (see `own_exercise.merged_places`): it checks that under the lock on the log,
# and then changes nothing.
LOG = """
WITH target AS MATERIALIZED (
    SELECT id, user_id, measure = 'seconds' AS is_hold FROM exercises
    WHERE id = %(exercise)s AND merged_into_id IS NULL FOR KEY SHARE
), address AS MATERIALIZED (
    SELECT w.id AS workout_id, w.mesocycle_id, m.user_id,
           LEAST(COALESCE(%(at)s::timestamptz, clock_timestamp()), clock_timestamp()) AS at
    FROM workouts w JOIN mesocycles m ON m.id = w.mesocycle_id
    WHERE w.id = %(workout)s AND m.user_id = %(user)s AND %(week)s BETWEEN 1 AND m.duration_weeks
      AND m.status <> 'planned'
      AND COALESCE(w.only_week, %(week)s) = %(week)s AND COALESCE(w.from_week, 1) <= %(week)s
      AND (%(exercise)s::bigint IS NULL OR EXISTS (
            SELECT FROM target e WHERE e.user_id IS NULL OR e.user_id = m.user_id))
    FOR KEY SHARE OF m
), loser AS (
    -- A set that a later edit or deletion beats changes nothing, the session's clock and state included.
    SELECT count(*) > 0 AS beaten FROM address JOIN workout_logs l USING (workout_id)
    WHERE l.week_number = %(week)s AND (
        EXISTS (SELECT FROM sets s WHERE s.workout_log_id = l.id AND s.exercise_id = %(exercise)s
                  AND s.set_number = %(number)s AND s.edited_at > address.at)
        OR EXISTS (SELECT FROM deleted_sets d WHERE d.workout_log_id = l.id AND d.exercise_id = %(exercise)s
                  AND d.set_number IN (%(number)s, %(extends)s) AND d.deleted_at >= address.at))
), log AS (
    INSERT INTO workout_logs AS log
        (workout_id, mesocycle_id, user_id, week_number, performed_at, local_date, started_at)
    SELECT workout_id, mesocycle_id, user_id, %(week)s, at, %(local_date)s,
           CASE WHEN %(starts)s AND NOT beaten THEN at END
    FROM address, loser
    ON CONFLICT (workout_id, week_number) DO UPDATE SET
        -- A back-filled session has the times that were typed.
        started_at = CASE WHEN log.performed_edited_at IS NULL
            THEN LEAST(log.started_at, excluded.started_at) ELSE log.started_at END,
        performed_at = CASE WHEN log.performed_edited_at IS NULL
            THEN COALESCE(LEAST(log.started_at, excluded.started_at), log.performed_at) ELSE log.performed_at END,
        completed_at = CASE WHEN log.completed_at IS NOT NULL AND log.performed_edited_at IS NULL
            THEN GREATEST(log.completed_at, LEAST(log.started_at, excluded.started_at)) ELSE log.completed_at END,
        status = CASE WHEN log.status = 'skipped' AND excluded.started_at IS NOT NULL
                       AND excluded.performed_at > COALESCE(log.status_edited_at, '-infinity')
            THEN 'in_progress' ELSE log.status END
    WHERE NOT (lies_elsewhere(log.id, %(exercise)s, %(called)s) OR lies_elsewhere(log.id, %(exercise)s, %(after)s))
    RETURNING id, user_id, status, status_edited_at,
              CASE WHEN performed_edited_at IS NOT NULL THEN performed_at END AS typed_at
)
"""

# What was counted is stored as the exercise counts today, whatever it counted when the page was made.
SET = """, fact AS (
    INSERT INTO sets AS fact (workout_log_id, user_id, exercise_id, set_number, weight, unit, reps, seconds, rir,
                              set_type, extends, prescription_id, performed_at, edited_at)
    SELECT log.id, log.user_id, %(exercise)s, %(number)s, %(weight)s, %(unit)s,
           CASE WHEN is_hold THEN 1 ELSE COALESCE(%(seconds)s, %(reps)s) END,
           CASE WHEN is_hold THEN COALESCE(%(seconds)s, %(reps)s) END, %(rir)s, %(set_type)s, %(extends)s,
           (SELECT id FROM prescriptions WHERE id = %(prescription)s AND workout_id = %(workout)s),
           COALESCE(log.typed_at + %(number)s * interval '1 second', address.at), address.at
    FROM log, address, target
    ON CONFLICT (workout_log_id, exercise_id, set_number) DO UPDATE SET
        weight = excluded.weight, unit = excluded.unit, reps = excluded.reps, seconds = excluded.seconds,
        rir = excluded.rir, set_type = excluded.set_type, extends = excluded.extends,
        prescription_id = excluded.prescription_id, edited_at = excluded.edited_at
    -- Two edits at the same moment: the values decide, so that the order of arrival never does.
    WHERE (fact.edited_at, fact.weight, fact.unit, fact.reps, COALESCE(fact.seconds, -1), COALESCE(fact.rir, -1),
           fact.set_type, COALESCE(fact.extends, -1))
       <= (excluded.edited_at, excluded.weight, excluded.unit, excluded.reps, COALESCE(excluded.seconds, -1),
           COALESCE(excluded.rir, -1), excluded.set_type, COALESCE(excluded.extends, -1))
    RETURNING id
)
"""

SORENESS = """, fact AS (
    INSERT INTO muscle_group_feedback AS fact (workout_log_id, muscle_group, soreness_level, soreness_recorded_at)
    SELECT log.id, %(muscle)s, %(soreness)s, address.at FROM log, address
    ON CONFLICT (workout_log_id, muscle_group) DO UPDATE SET
        soreness_level = excluded.soreness_level, soreness_recorded_at = excluded.soreness_recorded_at
    WHERE (COALESCE(fact.soreness_recorded_at, '-infinity'), COALESCE(fact.soreness_level, -1))
       <= (excluded.soreness_recorded_at, excluded.soreness_level)
    RETURNING id
)
"""

# Pump and challenge are one fact in two parts with one edit time. A post with one part keeps the other. Of two edits
# the later one wins for the parts that it holds. A part without an answer takes any answer, because that overwrites
# none.
PERFORMANCE = """, fact AS (
    INSERT INTO muscle_group_feedback AS fact
        (workout_log_id, muscle_group, pump_level, challenge_level, performance_recorded_at)
    SELECT log.id, %(muscle)s, %(pump)s, %(challenge)s, address.at FROM log, address
    ON CONFLICT (workout_log_id, muscle_group) DO UPDATE SET
        pump_level = CASE WHEN {pump_counts} THEN excluded.pump_level ELSE fact.pump_level END,
        challenge_level = CASE WHEN {challenge_counts} THEN excluded.challenge_level ELSE fact.challenge_level END,
        performance_recorded_at = GREATEST(fact.performance_recorded_at, excluded.performance_recorded_at)
    WHERE {pump_counts} OR {challenge_counts}
    RETURNING id
)
""".format(
    **{
        f"{part}_counts": f"%(holds_{part})s AND (fact.{part}_level IS NULL OR "
        f"(COALESCE(fact.performance_recorded_at, '-infinity'), fact.{part}_level)"
        f" <= (excluded.performance_recorded_at, COALESCE(excluded.{part}_level, -1)))"
        for part in ("pump", "challenge")
    }
)
