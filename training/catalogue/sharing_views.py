"""Views that pass templates from one lifter to another: by a link that can be withdrawn, or as a file."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metricgain.web.http import SeeOther
from metricgain.web.once import once
from training.catalogue.forms import TemplateImportForm
from training.catalogue.sharing import MOST_BYTES, BadTemplate, read_shared, take_over, to_shared
from training.models import Template


@require_POST
def template_share(request, template_id):
    template = get_object_or_404(Template.objects.filter(user=request.user), id=template_id)
    template.share()
    return SeeOther("training:template_detail", template.id)


@require_POST
def template_unshare(request, template_id):
    template = get_object_or_404(Template.objects.filter(user=request.user), id=template_id)
    template.unshare()
    messages.info(request, "The link no longer works. Anybody who took a copy keeps it.")
    return SeeOther("training:template_detail", template.id)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def template_shared(request, token):
    """Shows a shared template to anybody who has the link. A post stores a copy of it by value."""
    template = get_object_or_404(Template.objects.select_related("user"), share_token=token)
    shared = to_shared(template)
    problem = ""
    if request.method == "POST":
        try:
            own = take_over(request.user, read_shared(json.dumps(shared)))
        except BadTemplate as refused:
            problem = str(refused)
        else:
            messages.info(request, "Added. It is among your templates now.")
            return SeeOther("training:template_detail", own.id)
    context = {"shared": shared, "token": token, "problem": problem, "is_own": template.user_id == request.user.id}
    context["refusals"] = [one.refusal for one in template.plan.wrong]
    return render(request, "training/catalogue/template_shared.html", context, status=422 if problem else 200)


@require_safe
def template_download(request, template_id):
    template = get_object_or_404(Template.objects.usable_by(request.user).select_related("user"), id=template_id)
    answer = HttpResponse(
        json.dumps(to_shared(template), ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8"
    )
    name = slugify(template.name) or "template"
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@once
def template_import(request):
    """Imports a template from its text or its file, whole or not at all."""
    is_post = request.method == "POST"
    form = TemplateImportForm(request.POST if is_post else None, request.FILES if is_post else None)
    if form.is_valid():
        try:
            template = take_over(request.user, read_shared(_text_of(form)))
        except BadTemplate as refused:
            form.add_error("text", str(refused))
        else:
            messages.info(request, "Added. It is among your templates now.")
            return SeeOther("training:template_detail", template.id)
    return render(
        request, "training/catalogue/template_import.html", {"form": form}, status=422 if form.is_bound else 200
    )


def _text_of(form: TemplateImportForm) -> str:
    file = form.cleaned_data["file"]
    if file is None:
        if not form.cleaned_data["text"]:
            raise BadTemplate("Paste the text of a template, or choose its file.")
        return form.cleaned_data["text"]
    if file.size > MOST_BYTES:
        raise BadTemplate(f"This is too large: a template has at most {MOST_BYTES // 1024} kB.")
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadTemplate("This is not a template: it is not text.") from None
