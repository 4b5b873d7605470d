"""The papers of a drive: one form, six drafts, and ready words for the newsroom."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from donors.actions.dossiers import draft_drive_paper, save_dossier
from donors.enums import DRIVE_MANAGE, DrivePaperKind
from donors.forms.dossiers import DossierForm
from donors.models import DriveDossier
from donors.queries.dossiers import post_words, standing_papers
from donors.views.drives import seen
from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.permissions import may


@with_right(DRIVE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def drive_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, and which papers are drafted; a POST keeps the form and may draft the whole set."""
    by, drive = actor_of(request), seen(request, pk)
    kept = DriveDossier.objects.filter(drive=drive).first()
    form = DossierForm(request.POST or None, initial=kept.words if kept else None)
    if request.method == "POST" and form.is_valid():
        try:
            save_dossier(by=by, drive=drive, words=form.cleaned_data)
            wanted = DrivePaperKind.values if request.POST.get("do") == "ca-bo" else []
            made = [kind for kind in wanted if kind not in standing_papers(drive)]
            for kind in made:
                draft_drive_paper(by=by, drive=drive, kind=kind)
        except (Refused, ValidationError) as error:
            form.add_error(None, str(error) if isinstance(error, Refused) else error)
        else:
            words = _("Saved; %(n)s papers were drafted.") % {"n": len(made)} if made else _("Saved.")
            messages.success(request, words)
            return redirect("drive_papers", pk)
    standing = standing_papers(drive)
    context = {
        "drive": drive,
        "form": form,
        "papers": [(kind, standing.get(kind)) for kind in DrivePaperKind],
        "post": "\n\n".join(post_words(drive, by.on)),
        "may_write": may(by, "news.write", drive.unit_id),
        "may_draft": may(by, "paper.draft", drive.unit_id) and may(by, DRIVE_MANAGE, drive.unit_id),
    }
    return render(request, "donors/drive_papers.html", context)


@with_right(DRIVE_MANAGE)
@require_POST
def drive_paper_draft(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Draft one of them and open it."""
    try:
        row = draft_drive_paper(by=actor_of(request), drive=seen(request, pk), kind=kind)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("drive_papers", pk)
    return redirect("paper_edit", row.paper.key)
