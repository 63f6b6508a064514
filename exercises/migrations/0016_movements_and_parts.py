"""What an exercise does and which part of its muscle group it trains. Empty where nobody said it, as the version before
leaves it."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import Q

MOVEMENTS = {
    "horizontal_press": "Horizontal press",
    "incline_press": "Incline press",
    "vertical_press": "Vertical press",
    "dip": "Dip",
    "fly": "Fly",
    "horizontal_pull": "Horizontal pull",
    "vertical_pull": "Vertical pull",
    "pullover": "Pullover",
    "shrug": "Shrug",
    "squat": "Squat",
    "lunge": "Lunge",
    "hinge": "Hinge",
    "hip_thrust": "Hip thrust",
    "hip_extension": "Hip extension",
    "hip_abduction": "Hip abduction",
    "hip_adduction": "Hip adduction",
    "knee_extension": "Knee extension",
    "knee_flexion": "Knee flexion",
    "calf_raise": "Calf raise",
    "shin_raise": "Shin raise",
    "curl": "Curl",
    "wrist_curl": "Wrist curl",
    "triceps_extension": "Triceps extension",
    "lateral_raise": "Lateral raise",
    "upright_row": "Upright row",
    "rear_fly": "Rear fly",
    "front_raise": "Front raise",
    "shoulder_rotation": "Shoulder rotation",
    "crunch": "Crunch",
    "leg_raise": "Leg raise",
    "rollout": "Rollout",
    "rotation": "Rotation",
    "side_bend": "Side bend",
    "hold": "Hold",
    "power": "Power: cleans, snatches, jerks",
}
PARTS_OF = {
    "chest": ("upper_chest", "mid_chest"),
    "back": ("lats", "upper_back", "lower_back", "traps"),
    "legs": ("quads", "hamstrings", "glutes", "adductors", "abductors"),
    "shoulders": ("front_delts",),
    "delts": ("side_delts", "rear_delts"),
    "bis": ("biceps",),
    "tris": ("triceps",),
    "calfs": ("calves",),
    "abs": ("abs",),
}
PARTS = [part for parts in PARTS_OF.values() for part in parts]
NAMED_PARTS = [(part, part.replace("_", " ").capitalize()) for part in PARTS]
RANKS = [("staple", "Staple"), ("common", "Common"), ("special", "Special")]
FITS = " OR ".join(
    f"NEW.muscle_group = '{group}' AND NEW.part IN ({', '.join(f"'{part}'" for part in parts)})"
    for group, parts in PARTS_OF.items()
)
KNOWN = ", ".join(f"'{part}'" for part in PARTS)  # any other is refused by the check
KEEP_PART = f"""
CREATE FUNCTION keep_part_of_group() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.part IN ({KNOWN}) AND NOT ({FITS}) THEN
        NEW.part := NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exercises_part_of_group BEFORE INSERT OR UPDATE OF part, muscle_group ON exercises FOR EACH ROW
    WHEN (NEW.part IS NOT NULL) EXECUTE FUNCTION keep_part_of_group();
"""
KEEP_PART_BACK = "DROP TRIGGER exercises_part_of_group ON exercises; DROP FUNCTION keep_part_of_group();"


def column(name: str, field: models.Field) -> migrations.AddField:
    return migrations.AddField("exercise", name, field)


def check(name: str, condition: Q) -> migrations.AddConstraint:
    return migrations.AddConstraint("exercise", models.CheckConstraint(condition=condition, name=name))


class Migration(migrations.Migration):
    dependencies = [("exercises", "0015_came_as")]

    operations = [
        column("movement", models.CharField(blank=True, choices=list(MOVEMENTS.items()), max_length=30, null=True)),
        column(
            "part",
            models.CharField(
                blank=True, choices=NAMED_PARTS, max_length=20, null=True, verbose_name="part of the muscle group"
            ),
        ),
        column(
            "secondary_parts",
            ArrayField(models.CharField(choices=NAMED_PARTS, max_length=20), blank=True, null=True),
        ),
        column(
            "rank",
            models.CharField(blank=True, choices=RANKS, max_length=10, null=True, verbose_name="how usual it is"),
        ),
        check("check_movement", Q(movement=None) | Q(movement__in=list(MOVEMENTS))),
        check("check_part", Q(part=None) | Q(part__in=PARTS)),
        check("check_secondary_parts", Q(secondary_parts=None) | Q(secondary_parts__contained_by=PARTS)),
        check("check_rank", Q(rank=None) | Q(rank__in=[rank for rank, _ in RANKS])),
        migrations.RunSQL(KEEP_PART, KEEP_PART_BACK),
    ]
