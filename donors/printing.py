"""The "giấy xác nhận số lần hiến máu" as PDF: an extract of the register, no certificate of a donation."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from donors.models import Confirmation
from donors.rules.figures import Figures
from foundation.dates import format_date
from papers.layout import Document, Paragraph, Proof, lay_out, write_pdf
from papers.printing import address_of
from papers.rules import measures
from people.models import Person


def confirmation_pdf(paper: Confirmation) -> bytes:
    """One page: who, how many times up to which day, where a reader may check it."""
    person: Person = paper.donor.person
    born = format_date(person.birth_date) if person.birth_date else str(person.birth_year or "…")
    count = Figures(paper.turns, 0, paper.ml)
    url = address_of(paper.proof)
    asks = f"{settings.SITE_URL}{reverse('donor_count', args=[paper.proof.code])}"
    told = {"name": person.full_name, "born": born, "code": paper.donor.code}
    items = [
        _("%(name)s, born %(born)s, donor code %(code)s,") % told,
        _("has given blood voluntarily %(turns)s times up to and with %(day)s, as confirmed in the register.")
        % {"turns": count.turns, "day": format_date(paper.on)},
    ]
    if paper.ml:
        items.append(_("Volume noted: %(ml)s ml.") % {"ml": paper.ml})
    items += [
        _(
            "This extract of the register is no certificate of voluntary blood donation: the collecting"
            " facility issues that one for each donation, and it alone gives a right to blood."
        ),
        _("Whoever has the donor's share code can check the count at %(url)s.") % {"url": asks},
    ]
    document = Document(
        kind=_("Confirmation"),
        issuer=(str(settings.CHAPTER["name"]),),
        abstract=_("How many times blood was given"),
        day=paper.on,
        items=tuple(Paragraph(text) for text in items),
        proof=Proof(url, url.removeprefix("https://").removeprefix("http://")),
    )
    return write_pdf(lay_out(document, measures(paper.on, None)))
