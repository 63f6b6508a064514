from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from metricgain.web import staticfiles
from training.schedule import pages_ahead as ahead


@require_safe
@never_cache
def pages_ahead(request):
    """Tells the service worker on the phone which pages to save for when there is no signal."""
    pages = ahead.pages_ahead(request.user, now=timezone.now(), deployed=_deployed())
    return JsonResponse({"user": request.user.pk, "pages": [asdict(page) for page in pages]})


def _deployed() -> datetime:
    """Returns when the static files that pages refer to were collected."""
    manifest = Path(settings.STATIC_ROOT, staticfiles.storage().manifest_name)
    return datetime.fromtimestamp(manifest.stat().st_mtime if manifest.exists() else 0, UTC)
