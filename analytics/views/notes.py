from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from analytics.notes import Note, NotesForm, notes_of

PAGE = 20


@require_safe
def notes(request):
    """Shows the user's notes of sessions, exercises and plans, newest first, or those with the words that are asked."""
    form = NotesForm(request.GET)
    page = Paginator(notes_of(request.user, form.asked), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "notes": [Note(*row) for row in page]}
    return render(request, "analytics/notes.html", context)
