"""How a muscle group felt in a session: soreness is asked before it, pump and challenge after it.

Each of the two parts has an edit time of its own."""

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q

from exercises.models import MuscleGroup
from metricgain.database import Index
from training.models.log import WorkoutLog


class Soreness(models.IntegerChoices):
    NONE = 0, "Didn't get sore"
    EARLY = 1, "Recovered a while ago"
    IN_TIME = 2, "Recovered just in time"
    STILL = 3, "Still sore"


class Pump(models.IntegerChoices):
    NONE = 0, "No pump"
    LIGHT = 1, "Light pump"
    GOOD = 2, "Good pump"
    AMAZING = 3, "Amazing pump"


class Challenge(models.IntegerChoices):
    EASY = 0, "Easy"
    GOOD = 1, "Good"
    DIFFICULT = 2, "Difficult"
    VERY_DIFFICULT = 3, "Very difficult"


class MuscleGroupFeedback(models.Model):
    workout_log = models.ForeignKey(WorkoutLog, models.DB_CASCADE, related_name="feedback", db_index=False)
    muscle_group = models.CharField(max_length=50, choices=MuscleGroup)
    soreness_level = models.IntegerField(choices=Soreness, null=True, blank=True)
    pump_level = models.IntegerField(choices=Pump, null=True, blank=True)
    challenge_level = models.IntegerField(choices=Challenge, null=True, blank=True)
    soreness_recorded_at = models.DateTimeField(null=True, blank=True)
    performance_recorded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=TransactionNow(), editable=False)

    class Meta:
        db_table = "muscle_group_feedback"
        verbose_name_plural = "muscle group feedback"
        constraints = [
            models.UniqueConstraint(fields=["workout_log", "muscle_group"], name="unique_workout_muscle_feedback"),
            models.CheckConstraint(
                condition=Q(muscle_group__in=MuscleGroup.values), name="check_feedback_muscle_group"
            ),
            *(
                models.CheckConstraint(
                    condition=Q((level, None)) | Q((f"{level}__range", (0, 3))),
                    name=f"muscle_group_feedback_{level}_check",
                )
                for level in ("soreness_level", "pump_level", "challenge_level")
            ),
        ]
        indexes = [Index(fields=["muscle_group"], name="idx_muscle_feedback_muscle_group")]

    def __str__(self) -> str:
        return f"{self.muscle_group} in {self.workout_log}"
