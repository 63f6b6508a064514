"""The workout page, and the facts that are posted from it. Every post answers with a redirect back to its place on the
page."""

from datetime import datetime
from functools import wraps

from django.http import Http404
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from exercises.models import Exercise, MuscleGroup
from metricgain.web.http import is_fetched, is_from_outbox
from training.models import Workout
from training.models.log import MAX_SET_NUMBER
from training.own_exercise.merged_places import NoPlaceLeft
from training.prescribing.writing import prescribe_what_is_out_of_date
from training.session import finishing, recording
from training.session.answers import BackToSession, ReadParts, answer_of, answers_outbox, refused_words
from training.session.forms import (
    BackfillForm,
    ExerciseNoteForm,
    FactForm,
    IllForm,
    NoteForm,
    PerformanceForm,
    SetForm,
    SorenessForm,
)
from training.session.page.building import SessionPage, build_page
from training.session.page.changed import Changed
from training.session.page.continuing import GoesOn
from training.session.page.parts import SessionParts, parts_of
from training.session.page.reading import SessionReading, read_session, settled_performance


def fact(view):
    """Wraps a view that stores a fact. A GET of its address (a restored tab, coming back from signing in) redirects to
    the page of the session."""

    @wraps(view)
    def guarded(request, workout_id, week, **place):
        if request.method in ("GET", "HEAD"):
            load_workout(request, workout_id, week)
            return back(workout_id, week, "")
        try:
            return view(request, workout_id, week, **place)
        except (recording.NotBegun, NoPlaceLeft) as error:
            return workout_page(request, workout_id, week, refusal=str(error))

    return require_http_methods(["GET", "HEAD", "POST"])(answers_outbox(guarded))


@require_safe
def workout_detail(request, workout_id, week):
    return workout_page(request, workout_id, week)


@fact
def set_log(request, workout_id, week, exercise_id, number):
    form = SetForm(
        request.POST, exercise_id=exercise_id, number=number, of_hold=Exercise.objects.holds(exercise_id).exists
    )
    if not form.is_valid():
        return workout_page(request, workout_id, week, refused=form)
    said = {
        name: form.cleaned_data[name] for name in ("weight", "unit", "reps", "seconds", "rir", "set_type", "extends")
    }
    typed = recording.TypedSet(
        exercise_id=exercise_id, number=number, **said, prescription_id=form.cleaned_data["prescription"]
    )
    address = address_of(request, workout_id, week)
    try:
        outcome = write(recording.log_set, address, _edit(request, form), typed)
    except (recording.NotBegun, NoPlaceLeft) as error:  # an error of the form, so that what was typed comes back
        form.add_error(None, str(error))
        return workout_page(request, workout_id, week, refused=form)
    rounded = f"{exercise_id}-{number}" if form.is_rounded else ""
    changed = Changed(exercise_id=exercise_id, seen=typed.prescription_id)
    return _back_to_set(request, outcome, address, changed, number, rounded=rounded)


@fact
def set_delete(request, workout_id, week, exercise_id, number):
    if not 1 <= number <= MAX_SET_NUMBER:
        raise Http404
    edit = _edit(request, FactForm(request.POST))
    address = address_of(request, workout_id, week)
    outcome = write(recording.delete_set, address, edit, exercise_id=exercise_id, number=number)
    return _back_to_set(request, outcome, address, Changed(exercise_id=exercise_id, is_undo=True), number)


@fact
def soreness_rate(request, workout_id, week, muscle):
    form = SorenessForm(request.POST)
    _known(muscle)
    if not form.is_valid():
        return workout_page(request, workout_id, week, refused=form)
    address = address_of(request, workout_id, week)
    soreness = form.cleaned_data["soreness_level"]
    outcome = write(recording.rate_soreness, address, _edit(request, form), muscle=muscle, soreness=soreness)
    parts = _parts(request, address, Changed(muscle=muscle))
    return _back_to(outcome, workout_id, week, f"soreness-{muscle}", parts=parts)


@fact
def performance_rate(request, workout_id, week, muscle):
    form = PerformanceForm(request.POST)
    _known(muscle)
    if not form.is_valid():
        return workout_page(request, workout_id, week, refused=form)
    address = address_of(request, workout_id, week)
    outcome = write(recording.rate_performance, address, _edit(request, form), muscle=muscle, **form.answers)
    parts = _parts(request, address, Changed(muscle=muscle, cards=False))
    return _back_to(outcome, workout_id, week, f"performance-{muscle}", parts=parts)


@fact
def workout_note(request, workout_id, week):
    form = NoteForm(request.POST)
    if not form.is_valid():
        return workout_page(request, workout_id, week, refused=form)
    address = address_of(request, workout_id, week)
    outcome = write(recording.write_note, address, _edit(request, form), text=form.cleaned_data["notes"])
    return _back_to(outcome, workout_id, week, "note")


@fact
def workout_ill(request, workout_id, week):
    form = IllForm(request.POST)
    if not form.is_valid():
        return workout_page(request, workout_id, week, refused=form)
    address = address_of(request, workout_id, week)
    outcome = write(recording.say_ill, address, _edit(request, form), ill=form.cleaned_data["ill"])
    return _back_to(outcome, workout_id, week, "ill")


@fact
def exercise_note(request, workout_id, week, exercise_id):
    form = ExerciseNoteForm(request.POST)
    if not form.is_valid():
        return workout_page(request, workout_id, week, refused=form)
    address, text = address_of(request, workout_id, week), form.cleaned_data["note"]
    outcome = write(recording.write_exercise_note, address, _edit(request, form), exercise_id=exercise_id, text=text)
    return _back_to(outcome, workout_id, week, f"exercise-{exercise_id}")


@fact
def workout_backfill(request, workout_id, week):
    form = BackfillForm(request.POST, latest=request.user.latest_day(), here=request.user.here)
    if not form.is_valid():
        return workout_page(request, workout_id, week, refused=form)
    day, began, ended = form.moments()
    address = address_of(request, workout_id, week)
    outcome = write(recording.backfill, address, _edit(request, form), day=day, began=began, ended=ended)
    return _back_to(outcome, workout_id, week, "backfill")


@fact
def rir_question(request, workout_id, week):
    """Asks how many reps were left after first sets, or no more, in all sessions from now on."""
    user = request.user
    load_workout(request, workout_id, week)
    user.preferences = user.preferences | {"ask_rir": request.POST.get("asked") != "off"}
    user.save(update_fields=["preferences"])
    return back(workout_id, week, "")


@fact
def workout_finish(request, workout_id, week):
    return _end(request, workout_id, week, finishing.finish_workout, "summary")


@fact
def workout_skip(request, workout_id, week):
    return _end(request, workout_id, week, finishing.skip_workout, "summary")


@fact
def workout_reopen(request, workout_id, week):
    return _end(request, workout_id, week, finishing.reopen_workout, "finish")


def _end(request, workout_id: int, week: int, verb, anchor: str):
    """Finishes, skips or reopens a session. Where that is refused, the page says why and what to do instead."""
    edit = _edit(request, FactForm(request.POST))
    try:
        write(verb, address_of(request, workout_id, week), edit, now=timezone.now())
    except (finishing.NothingLogged, finishing.AlreadyTrained, finishing.TooEarly, finishing.TooLate) as error:
        return workout_page(request, workout_id, week, refusal=str(error))
    return back(workout_id, week, anchor)


def load_workout(request, workout_id: int, week: int) -> Workout:
    """Returns the user's own workout, in a week in which it is trained; anything else is a 404."""
    workouts = Workout.objects.owned_by(request.user).select_related("mesocycle")
    workout = get_object_or_404(workouts, id=workout_id)
    if not workout.mesocycle.has(workout, week):
        raise Http404
    workout.mesocycle.user = request.user
    return workout


def workout_page(request, workout_id: int, week: int, *, refused=None, refusal: str = ""):
    """Renders the workout page of the user's own workout, in a week in which it is trained; anything else is a 404.
    With something refused (a form, or a sentence) it answers 422 and shows that."""
    if is_from_outbox(request) and (refused is not None or refusal):
        load_workout(request, workout_id, week)
        return answer_of(request, status=422, words=refusal or refused_words(refused))
    context = {
        "session": _session_page(request, workout_id, week, refused),
        "refused": refused,
        "refusal": refusal,
        "kept": request.GET.get("kept"),
        "rounded": request.GET.get("rounded"),
        "csrf_token": get_token(request),  # Django would make a new one for each of forty forms
    }
    status = 422 if refused is not None or refusal else 200
    return render(request, "training/session/workout_detail.html", context, status=status)


def _session_page(request, workout_id: int, week: int, refused) -> SessionPage:
    """Builds the page of the session as of today, prescribed anew where days off have made it lighter. A phone that
    saves pages ahead prescribes nothing here: it saves Today first, which prescribes the next session."""
    now = timezone.now()
    today, reading = request.user.today(now), _read_session(request, workout_id, week, now)
    rows = reading.prescriptions_to_begin if reading.is_started or not is_fetched(request) else []
    if prescribe_what_is_out_of_date(reading.mesocycle, rows, today=today, is_at_hand=reading.is_started):
        reading = _read_session(request, workout_id, week, now)
    asked = {"refused": refused, "goes_on": GoesOn.asked_by(request.GET)}
    return build_page(reading, now=now, **asked, settled=settled_performance(reading, today=today))


def _read_session(request, workout_id: int, week: int, now: datetime) -> SessionReading:
    reading = read_session(request.user, workout_id, week, now=now)
    if reading is None:
        raise Http404
    return reading


def address_of(request, workout_id: int, week: int) -> recording.SessionKey:
    return recording.SessionKey(user_id=request.user.id, workout_id=workout_id, week=week)


def _parts(request, key: recording.SessionKey, changed: Changed) -> ReadParts:
    """Returns a function that reads what a fact changed of the page."""

    def read() -> SessionParts | None:
        now = timezone.now()
        return parts_of(request.user, key, changed, now=now, today=request.user.today(now))

    return read


def back(
    workout_id: int,
    week: int,
    anchor: str,
    *,
    kept: str = "",
    stands: str = "",
    rounded: str = "",
    parts: ReadParts | None = None,
) -> BackToSession:
    """Redirects to the session. `kept`: the row or question where a later edit stands, which stays as it is. `stands`:
    that edit in words. `rounded`: the row whose weight was typed with more decimals than are stored. `parts`: reads
    what changed, for a phone."""
    query = {name: row for name, row in (("kept", kept), ("rounded", rounded)) if row} or None
    page = reverse("training:workout_detail", args=[workout_id, week], query=query, fragment=anchor or None)
    return BackToSession(page, stale=bool(kept), stands=stands, rounded=rounded, parts=parts)


def _back_to_set(
    request, outcome: recording.Outcome, key: recording.SessionKey, changed: Changed, number: int, *, rounded: str = ""
) -> BackToSession:
    """Redirects to the exercise. Where a later edit stands, its row says so."""
    exercise_id = changed.exercise_id or 0
    anchor = f"exercise-{exercise_id}"
    parts = _parts(request, key, changed)
    if outcome is not recording.Outcome.STALE:
        return back(key.workout_id, key.week, anchor, rounded=rounded, parts=parts)
    stands = ""
    if is_from_outbox(request):
        found = recording.standing_set(key, exercise_id=exercise_id, number=number)
        stands = str(found) if found else "nothing: the set was taken back"
    return back(key.workout_id, key.week, anchor, kept=f"{exercise_id}-{number}", stands=stands, parts=parts)


def _back_to(
    outcome: recording.Outcome, workout_id: int, week: int, anchor: str, *, parts: ReadParts | None = None
) -> BackToSession:
    return back(workout_id, week, anchor, kept=anchor if outcome is recording.Outcome.STALE else "", parts=parts)


def _known(muscle: str) -> None:
    if muscle not in MuscleGroup.values:
        raise Http404


def _edit(request, form: FactForm) -> recording.Edit:
    """Returns when the fact was made, as the page states it, else now."""
    said = form.cleaned_data if form.is_valid() else {}
    at = said.get("edited_at")
    day = said.get("local_date") or request.user.today(at)
    return recording.Edit(at=at, local_date=day, today=request.user.today())


def write(verb, *args, **values):
    """Calls a verb. An unknown address becomes a 404."""
    try:
        return verb(*args, **values)
    except recording.UnknownAddress as error:
        raise Http404 from error
