"""Working sets and volume of rows of `sets`, summed up by PostgreSQL: kilograms times reps of exercises that move a
weight, or one added to the body. A drop or myo-rep row adds volume, and extends a working set."""

from django.db.models import Count, DecimalField, F, Q, Sum

from exercises.models import COUNTING_AS_VOLUME
from training.models.log import Set

LOADED = Q(exercise__loading__in=COUNTING_AS_VOLUME)
VOLUME = Sum(F("weight_kg") * F("reps"), filter=LOADED, default=0, output_field=DecimalField())
WORKING_SETS = Count("id", filter=Q(set_type__in=Set.COUNTING))
