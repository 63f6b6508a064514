"""Pages of a takeout: making it, fetching it, and bringing one back. The file comes by "Bring your logs"."""

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from metricgain.jobs.models import FILES_LAST, Job
from metricgain.transfer.takeout.keeping import begin_takeout, bringing_of, takeout_of
from metricgain.web.http import SeeOther


@require_safe
def takeout_detail(request):
    """Shows how far the file is, or hands it out."""
    job = takeout_of(request.user)
    return render(request, "transfer/takeout/takeout_detail.html", {"job": job, "file": job and _file_of(job)})


@require_POST
def takeout_begin(request):
    begin_takeout(request.user)
    return SeeOther("takeout:takeout_detail")


@require_safe
def takeout_file(request):
    job = takeout_of(request.user)
    file = job and _file_of(job)
    if job is None or file is None:
        raise Http404
    headers = {
        "Content-Disposition": f'attachment; filename="metricgain-{file["made_at"]:%Y-%m-%d}.zip"',
        "Content-Length": str(file["bytes"]),
        "Cache-Control": "no-store",
    }
    return StreamingHttpResponse(job.file(), content_type="application/zip", headers=headers)


@require_safe
def bring_detail(request):
    """Shows how far a takeout is that is being brought back, and what came of it."""
    job = bringing_of(request.user)
    if job is None:
        return SeeOther("transfer:import_list")
    return render(request, "transfer/takeout/bring_detail.html", {"job": job, "came": job.outcome or {}})


def _file_of(job: Job) -> dict[str, object] | None:
    """Returns the size of the file of a job, and its days; None where there is none, or none any more."""
    size = (job.outcome or {}).get("bytes") if job.state == Job.State.DONE else None
    if not size or job.finished_at is None or not job.chunks.exists():
        return None
    return {"bytes": size, "made_at": job.finished_at, "until": job.finished_at + FILES_LAST}
