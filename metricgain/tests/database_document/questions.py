"""What the database document asks of the data, in our words: the contract where the document itself is not at hand.

`?` stands for a value, as it does there. The names are the document's own titles and comments."""

import re

INSERTS = {
    "Chest exercises": """
        INSERT INTO exercises (name, muscle_group, exercise_type, is_system)
        VALUES ('Barbell Bench Press', 'chest', 'freeweight', TRUE), ('Push-ups', 'chest', 'bodyweight', TRUE)
    """,
    "Back exercises": """
        INSERT INTO exercises (name, muscle_group, exercise_type, is_system)
        VALUES ('Barbell Row', 'back', 'freeweight', TRUE), ('Lat Pulldown', 'back', 'cable', TRUE)
    """,
}

QUESTIONS = {
    "Total volume for a workout": """
        SELECT SUM(weight * reps) FROM sets WHERE workout_log_id = ?
    """,
    "Total volume for a muscle group in a workout": """
        SELECT SUM(sets.weight * sets.reps)
        FROM exercises JOIN sets ON sets.exercise_id = exercises.id
        WHERE workout_log_id = ? AND muscle_group = ?
    """,
    "Volume progression across weeks": """
        SELECT week_number, muscle_group, SUM(weight * reps)
        FROM workout_logs log
        JOIN sets ON sets.workout_log_id = log.id
        JOIN exercises ON exercises.id = sets.exercise_id
        WHERE log.mesocycle_id = ?
        GROUP BY 1, 2 ORDER BY 1, 2
    """,
    "Get previous week's performance for an exercise": """
        SELECT weight, reps, set_number
        FROM workout_logs log JOIN sets ON sets.workout_log_id = log.id
        WHERE mesocycle_id = ? AND week_number + 1 = ? AND exercise_id = ?
        ORDER BY set_number
    """,
    "Get user's best performance for an exercise": """
        SELECT MAX(weight), MAX(reps), MAX(weight * reps)
        FROM sets
        WHERE exercise_id = ?
          AND EXISTS (SELECT FROM workout_logs log WHERE log.id = workout_log_id AND log.user_id = ?)
    """,
    "Get feedback history for a muscle group": """
        SELECT week_number, soreness_level, pump_level, challenge_level, COUNT(*)
        FROM workout_logs log
        JOIN muscle_group_feedback felt ON felt.workout_log_id = log.id
        JOIN sets ON sets.workout_log_id = log.id
        JOIN exercises ON exercises.id = exercise_id AND exercises.muscle_group = felt.muscle_group
        WHERE mesocycle_id = ? AND felt.muscle_group = ?
        GROUP BY felt.id, week_number ORDER BY week_number
    """,
    "User Performance Over Time": """
        SELECT users.id, exercises.id, exercises.name, exercises.muscle_group, week_number, log.performed_at,
               set_number, weight, reps, weight * reps, soreness_level, pump_level, challenge_level
        FROM users
        JOIN workout_logs log ON log.user_id = users.id
        JOIN sets ON sets.workout_log_id = log.id
        JOIN exercises ON exercises.id = sets.exercise_id
        LEFT JOIN muscle_group_feedback felt
            ON felt.workout_log_id = log.id AND felt.muscle_group = exercises.muscle_group
        WHERE users.id = ?
        ORDER BY log.performed_at DESC, sets.performed_at
    """,
    "Volume Trends": """
        SELECT date_trunc('week', log.performed_at), muscle_group, COUNT(DISTINCT log.id), COUNT(*),
               SUM(weight * reps), AVG(weight), AVG(reps)
        FROM workout_logs log
        JOIN sets ON sets.workout_log_id = log.id
        JOIN exercises ON exercises.id = sets.exercise_id
        WHERE log.user_id = ? AND log.performed_at >= CURRENT_TIMESTAMP - INTERVAL '6 months'
        GROUP BY 1, 2 ORDER BY 1 DESC, 2
    """,
}


def statements(markdown: str) -> dict[str, str]:
    """Returns every INSERT and SELECT in the SQL blocks of a document, by its comment, or else by its nearest
    heading."""
    found = {}
    for heading, block in re.findall(
        r"^#+ (?:\d+\. )?([^\n]*)\n(?:(?!^#)[^\n]*\n)*?```sql\n(.*?)^```", markdown, re.M | re.S
    ):
        for statement in block.split(";"):
            comment = re.match(r"\s*-- ([^\n]*)", statement)
            if re.search(r"^(INSERT|SELECT|WITH)\b", statement, re.M):
                found[comment[1] if comment else heading] = statement
    return found
