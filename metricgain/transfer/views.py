"""Pages of an import: choosing a file, the look before anything is stored, storing, what came of it, undoing."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exercises.forms import ChoiceForm
from metricgain.transfer.files.archive import MOST_BYTES
from metricgain.transfer.files.unreadable import Unreadable
from metricgain.transfer.forms import ColumnsForm, MeaningForm, StoreForm, UploadForm, file_name
from metricgain.transfer.history.name_meanings import chosen, library_of
from metricgain.transfer.history.often_trained import keep_as_template
from metricgain.transfer.history.undoing import edited_sessions, undo
from metricgain.transfer.keeping import UnderWay, begin, keep, point_out
from metricgain.transfer.pages import columns_of, page_of
from metricgain.transfer.takeout.archive import is_takeout
from metricgain.transfer.takeout.bringing import is_empty
from metricgain.transfer.takeout.keeping import begin_bringing
from metricgain.web.doors import takes
from metricgain.web.http import SeeOther
from metricgain.web.once import once
from training.models import Import
from training.own_exercise.picker import additions_for

FORM_AROUND = 10_000  # bytes of a form beside its file


@takes(MOST_BYTES + FORM_AROUND)
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request):
    """Lists what was brought along. A post brings a file, which is looked at and not stored yet."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with _on_disk(file) as path:
                if is_takeout(path) and is_empty(request.user):
                    begin_bringing(request.user, path)
                    return SeeOther("takeout:bring_detail")
                import_ = keep(request.user, path, file_name(file))
        except (Unreadable, UnderWay) as refused:
            form.add_error("file", str(refused))
        else:
            return SeeOther("transfer:import_detail", import_.id)
    imports = Import.objects.owned_by(request.user).order_by("-created_at", "-id")
    context = {"form": form, "imports": imports.defer("look", "choices")}
    return render(request, "transfer/import_list.html", context, status=422 if form.is_bound else 200)


@contextmanager
def _on_disk(file) -> Iterator[Path]:
    """Yields the path of an upload. Django keeps a small one in memory."""
    if hasattr(file, "temporary_file_path"):
        yield Path(file.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile(prefix="metricgain-") as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        yield Path(kept.name)


@csrf_exempt
@require_POST
def import_shared(request):
    """Where a phone sends a shared file to. Its worker keeps the file for the page; without one, it is chosen there."""
    messages.info(request, "Choose the file here: this device cannot hand it over.")
    return SeeOther("transfer:import_list")


@require_safe
def import_detail(request, import_id):
    return _page(request, _import(request, import_id))


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request, import_id):
    """Says which column of a table is which. A get asks it once more."""
    import_ = _import(request, import_id, is_stored=False)
    table = (import_.look or {}).get("table")
    if table is None:
        return SeeOther("transfer:import_detail", import_.id)
    if request.method != "POST":
        return render(request, "transfer/import_columns.html", {"import": import_, **columns_of(import_, table)})
    form = ColumnsForm(request.POST, **table)
    if form.is_valid():
        try:
            point_out(import_, form.columns)
            return SeeOther("transfer:import_detail", import_.id)
        except Unreadable as refused:
            form.add_error(None, str(refused))
    return _page(request, import_, refused=form)


@require_http_methods(["GET", "HEAD", "POST"])
def import_name(request, import_id, place):
    """Says what one name of the file means."""
    import_ = _import(request, import_id, is_stored=False)
    names = (import_.look or {}).get("names", [])
    if place >= len(names):
        raise Http404
    [look] = chosen([names[place]], import_.choices.get("names", {}))
    form = MeaningForm(request.POST or None, initial={"name": look["name"], **look["guess"]})
    if form.is_valid():
        if form.cleaned_data["exercise"]:
            get_object_or_404(library_of(request.user), id=form.cleaned_data["exercise"])
        names_said = import_.choices.get("names", {}) | {look["name"]: form.choice}
        import_.choices = import_.choices | {"names": names_said}
        import_.save(update_fields=["choices"])
        return SeeOther("transfer:import_detail", import_.id)
    asked = ChoiceForm(request.GET if "q" in request.GET else {"q": look["name"][:100]})
    choices = additions_for(request.user, now=timezone.now(), asked=asked, number=request.GET.get("page"))
    context = {"import": import_, "look": look, "form": form, "choices": choices, "asked": asked}
    return render(request, "transfer/import_name.html", context, status=422 if form.is_bound else 200)


@require_POST
def import_store(request, import_id):
    import_ = _import(request, import_id)
    if import_.stored_at:
        return SeeOther("transfer:import_detail", import_.id)
    if not import_.look or "names" not in import_.look:
        raise Http404
    form = StoreForm(request.POST, look=import_.look, choices=import_.choices)
    if (place := request.POST.get("change", "")).isdecimal():
        return _to_name(import_, form, int(place))
    if form.is_valid():
        said = form.cleaned_data
        try:
            begin(import_, unit=said.get("unit"), with_changed=said.get("changed", False))
            return SeeOther("transfer:import_detail", import_.id)
        except (Unreadable, UnderWay) as refused:
            form.add_error(None, str(refused))
    return _page(request, import_, refused=form)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def import_undo(request, import_id):
    """Names the sessions that were edited since, and takes the import back. One that is not stored is thrown away."""
    import_ = _import(request, import_id)
    if request.method == "POST":
        undo(import_)
        messages.success(request, "Taken back. What you logged here yourself is as it was.")
        return SeeOther("transfer:import_list")
    edited = edited_sessions(import_).select_related("workout") if import_.stored_at else []
    changed = (import_.look or {}).get("changed", 0) if import_.stored_at else 0
    return render(request, "transfer/import_undo.html", {"import": import_, "edited": edited, "changed": changed})


@require_POST
@once
def import_template(request, import_id):
    """Keeps the workouts that were trained most as a template."""
    import_ = _import(request, import_id)
    template = keep_as_template(import_, f"As in {import_.app}")
    return (
        SeeOther("training:template_detail", template.id)
        if template
        else SeeOther("transfer:import_detail", import_.id)
    )


def _to_name(import_: Import, form: StoreForm, place: int):
    """Goes to the page of a name, and keeps what the form of the look says by then."""
    form.is_valid()
    import_.choices = import_.choices | {name: form.cleaned_data[name] for name in form.cleaned_data}
    import_.save(update_fields=["choices"])
    return SeeOther("transfer:import_name", import_.id, place)


def _import(request, import_id: int, *, is_stored: bool | None = None) -> Import:
    imports = Import.objects.owned_by(request.user).select_related("user", "job")
    if is_stored is not None:
        imports = imports.filter(stored_at__isnull=not is_stored)
    return get_object_or_404(imports, id=import_id)


def _page(request, import_: Import, *, refused=None):
    template, context = page_of(import_, refused=refused)
    return render(request, f"transfer/{template}.html", context | {"import": import_}, status=422 if refused else 200)
