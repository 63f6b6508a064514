"""Aggregates over rows of `sets`: working sets, and volume, which is kilograms times reps of exercises that move a
weight or add one to the body. A drop or myo-rep row adds volume, but is no working set of its own."""

from django.db.models import Count, DecimalField, F, Q, Sum

from exercises.kinds import COUNTING_AS_VOLUME
from training.models.log import Set

# What users are told where dumbbells or a chart may make them wonder.
VOLUME_WORDS = "Volume is the weight as typed times reps: of a pair of dumbbells it counts one."

LOADED = Q(exercise__loading__in=COUNTING_AS_VOLUME)
VOLUME = Sum(F("weight_kg") * F("reps"), filter=LOADED, default=0, output_field=DecimalField())
WORKING_SETS = Count("id", filter=Q(set_type__in=Set.COUNTING))
