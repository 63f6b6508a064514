"""A lifter who has trained, through pages alone. So the same steps work on every version that has landed."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from training.models import Template, Workout

EMAIL = "alice@example.org"
FIELDS = {"email": EMAIL, "password1": "correct horse battery", "unit": "kg", "timezone": "Europe/Berlin"}


def train() -> None:
    """Makes an account and a mesocycle from a template. Its first session is finished, and its second has begun."""
    client = Client()
    _post(client, "/signup/", FIELDS)
    template = Template.objects.filter(is_system=True).order_by("id").first()
    begins = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    _post(
        client,
        f"/templates/{template.id}/start/",
        {"name": "Autumn", "duration_weeks": "5", "start_date": begins.isoformat(), "any_day": "on"},
    )
    first, second = Workout.objects.filter(mesocycle__user__email=EMAIL).order_by("position_in_week")[:2]
    _train(client, first)
    _post(client, f"/workouts/{first.id}/week/1/finish/", {})
    _train(client, second)


def _train(client: Client, workout: Workout) -> None:
    place = f"/workouts/{workout.id}/week/1"
    exercises = [slot.exercise for slot in workout.slots.select_related("exercise")]
    muscles = sorted({exercise.muscle_group for exercise in exercises})
    for muscle in muscles:
        _post(client, f"{place}/muscles/{muscle}/soreness/", {"soreness_level": "1"})
    for exercise in exercises:
        for number, reps in enumerate((10, 9), start=1):
            typed = {"weight": "42.5", "unit": "kg", "reps": str(reps), "rir": "2"}
            _post(client, f"{place}/exercises/{exercise.id}/sets/{number}/", typed)
    for muscle in muscles:
        _post(client, f"{place}/muscles/{muscle}/performance/", {"pump_level": "2", "challenge_level": "2"})


def _post(client: Client, path: str, body: dict) -> None:
    answer = client.post(path, body)
    assert answer.status_code in (302, 303), f"{path} answers {answer.status_code}"
