"""An exercise as a search reads it, by the hundred: a row, no object of the model."""

from datetime import datetime
from typing import NamedTuple

from exercises.kinds import Equipment, MuscleGroup

# The exercises of the statement `asked` that a search may mean, as rows of `Listed`. Of the lifter's own, which may be
# thousands, it leaves out those whose names have none of the search's pieces (`exercises.naming.narrowing`).
MAY_MEAN = """
WITH asked AS ({asked}), other_names AS (
    SELECT exercise_id, array_agg(name) AS names, bool_or(user_id IS NOT NULL) AS some_own
    FROM exercise_aliases WHERE user_id IS NULL OR user_id = %s GROUP BY exercise_id)
SELECT id, name, muscle_group, equipment, description, part, movement,
    CASE rank WHEN 'staple' THEN 0 WHEN 'special' THEN 2 ELSE 1 END,
    (SELECT performed_at FROM sets WHERE user_id = %s AND exercise_id = asked.id ORDER BY performed_at DESC LIMIT 1),
    array_prepend(name, names)
FROM asked LEFT JOIN other_names ON exercise_id = id
WHERE is_system OR some_own OR octet_length(name) > length(name) OR lower(name COLLATE "C") LIKE ANY (%s)
    OR ARRAY[muscle_group, part, movement]::text[] && %s
"""
ASKED = ("id", "name", "muscle_group", "equipment", "description", "part", "movement", "rank", "is_system")


class Listed(NamedTuple):
    """What lists show of an exercise, and what a search has to know (`exercises.naming.searching.Findable`)."""

    id: int
    name: str
    muscle_group: str
    equipment: str
    description: str | None
    part: str | None
    movement: str | None
    rank: int  # 0 is the most usual
    last_done: datetime | None
    names: list[str]  # its own first

    @property
    def done(self) -> float:
        return self.last_done.timestamp() if self.last_done else 0

    @property
    def trains(self) -> tuple[str | None, ...]:
        return self.muscle_group, self.part, self.movement

    def get_muscle_group_display(self) -> str:
        return MuscleGroup(self.muscle_group).label

    def get_equipment_display(self) -> str:
        return Equipment(self.equipment).label
