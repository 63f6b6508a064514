"""The Progress pages, one page per question."""

from analytics.views.enough import enough
from analytics.views.exercise_history import exercise_history
from analytics.views.lineage import mesocycle_lineage
from analytics.views.mesocycles import mesocycle_latest, mesocycle_progress
from analytics.views.notes import notes
from analytics.views.progress import progress, sets_download
from analytics.views.stronger import records, stronger

__all__ = [
    "enough",
    "exercise_history",
    "mesocycle_latest",
    "mesocycle_lineage",
    "mesocycle_progress",
    "notes",
    "progress",
    "records",
    "sets_download",
    "stronger",
]
