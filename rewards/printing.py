"""The chapter's own certificates, personal invitations and thank-you letters as PDF, one sheet each.

Never a paper that others grant or print: only awards with a proof of the chapter's own have one.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import typst
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.dates import format_date, paper_date
from papers.enums import PaperState
from papers.layout import Proof as Code
from papers.layout import lay_out
from papers.layout.codes import qr_svg_in_bulk
from papers.layout.composing import Head, compose
from papers.layout.flow import Flow
from papers.layout.lots import in_lots, typeset_apart
from papers.layout.pdf import fonts_of, write_lots
from papers.layout.widths import family, font_folder
from papers.printing import address_of
from papers.queries import head_of, signing_fields, sizes_of
from papers.rules import body_defaults, capacity_lines, measures, paper_kinds
from papers.rules.skeletons import Skeleton, skeletons
from rewards.models import Award, Nomination, Round, RoundPaper
from rewards.queries.seen import chapter_unit

SHEET = r"""
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", flipped: true, margin: 14mm)
#set text(font: data.font, size: 14pt, lang: "vi")
#let red = rgb("#c4161c")
#let sheet(one) = rect(width: 100%, height: 100%, stroke: 2pt + red, inset: 3mm)[
  #rect(width: 100%, height: 100%, stroke: 0.5pt + red, inset: (x: 16mm, y: 9mm))[
    #align(center)[
      #text(size: 13pt)[#upper(one.superior)] \
      #text(size: 14pt, weight: "bold")[#upper(one.issuer)]
      #v(4mm)
      #text(size: 34pt, weight: "bold", fill: red)[#upper(one.title)]
      #v(0mm)
      #text(size: 16pt)[#one.gives]
      #v(1mm)
      #text(size: 28pt, weight: "bold")[#one.name]
      #v(-2mm)
      #text(size: 15pt)[#one.unit]
      #v(-1mm)
      #text(size: 17pt)[#one.merit]
    ]
    #place(bottom + left)[
      #image(bytes(one.qr), format: "svg", width: 24mm)
      #text(size: 8pt)[#one.address]
    ]
    #place(bottom + right, box(width: 100mm)[#align(center)[
      #text(size: 13pt, style: "italic")[#one.day] \
      #for line in one.post.split("\n") [#text(size: 13pt, weight: "bold")[#line] \ ]
      #v(20mm)
      #text(size: 13pt, weight: "bold")[#one.signer]
    ]])
    #place(bottom + center, text(size: 10pt)[#one.number])
  ]
]
#for (n, one) in data.sheets.enumerate() {
  if n > 0 { pagebreak() }
  sheet(one)
}
"""


def certificates_pdf(awards: Iterable[Award], told: Callable[[int], None] | None = None) -> bytes:
    """One page each in the order given; awards without a proof of ours are left out; b"" of none.

    The code is the award's own, made with its decision: printed twice it is the same. Between lots
    `told` hears how many are done.
    """
    rows = [award for award in awards if award.proof_id is not None]
    head, signer = Head("", str(settings.CHAPTER["name"]), ""), ("", "")
    if rows and (unit := chapter_unit(rows[0].decided_on)):
        head = head_of(unit, rows[0].decided_on)
        fields = signing_fields(unit, rows[0].decided_on)
        lines = capacity_lines(
            fields.get("capacity", "head"), fields.get("post", ""), fields.get("on_behalf_of", "")
        )
        signer = "\n".join(line for line in lines if line.strip()), fields.get("signer_name", "")

    def data(lot: list[Award]) -> dict[str, Any]:
        return {"font": family(font_folder()), "sheets": [_sheet(award, head, signer) for award in lot]}

    def alone(lot: list[Award]) -> bytes:
        compiler = typst.Compiler(
            SHEET.encode(),
            font_paths=fonts_of(font_folder()),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data(lot), ensure_ascii=False)},
        )
        made: Any = compiler.compile(format="pdf")
        return bytes(made)

    def apart(lot: list[Award]) -> bytes:
        return typeset_apart(SHEET.encode(), data(lot), fonts=font_folder())

    return in_lots(rows, alone, apart, told)


def _sheet(award: Award, head: Head, signer: tuple[str, str]) -> dict[str, object]:
    nomination = award.nomination
    address = address_of(award.proof) if award.proof else ""
    return {
        "superior": head.superior,
        "issuer": head.issuer,
        "title": nomination.rung.honour or _("Certificate"),
        "gives": _("is given posthumously to") if nomination.is_posthumous else _("is given to"),
        "name": nomination.holder,
        "unit": nomination.unit.name if nomination.unit else "",
        "merit": merit_of(nomination),
        "day": f"{head.place}, {paper_date(award.decided_on)}",
        "post": signer[0],
        "signer": signer[1],
        "number": _("Decision %(number)s of %(day)s")
        % {"number": award.decision_number, "day": format_date(award.decided_on)},
        "qr": qr_svg_in_bulk(address),
        "address": address.removeprefix("https://").removeprefix("http://"),
    }


def merit_of(nomination: Nomination) -> str:
    """For what it is given, in one line."""
    words = {
        "individual": _("For having given blood voluntarily %(count)s times"),
        "family": _("For a family that has given blood voluntarily %(count)s times"),
        "mobiliser": _("For having brought %(count)s people to give blood in a year"),
        "emergency": _("For having given blood in an emergency"),
        "collective": _("For having reached %(count)s%% of its target of blood donations in the year"),
    }
    text = words.get(nomination.rung.kind, "%(count)s")
    return text % {"count": nomination.rung.threshold}


def sheets_pdf(
    skeleton_code: str,
    cycle: Round,
    rows: Iterable[Award],
    on: date,
    told: Callable[[int], None] | None = None,
) -> bytes:
    """A sheet for each award out of the chapter's words: "invitation" or "thanks". Empty without awards.

    The invitation carries the number of the issued paper, where there is one, and the person's own code.
    Between lots `told` hears how many are done.
    """
    unit = chapter_unit(on)
    if unit is None:
        return b""
    skeleton = skeletons(on)[skeleton_code]
    issued = RoundPaper.objects.filter(
        round=cycle, use=skeleton_code, paper__state=PaperState.ISSUED
    ).select_related("paper")
    paper = next((one.paper for one in issued), None)
    head, signature = head_of(unit, on), signing_fields(unit, on, as_kind=None)
    kind, sign = paper_kinds(on)[skeleton.kind], body_defaults(on)["sign"]
    sizes = measures(on, sizes_of(unit))

    def flow(award: Award) -> Flow:
        values = _personal(skeleton, unit.name, cycle, award) | signature | {"year": on.year}
        document = compose(values, kind, head, sign)
        if paper is not None:
            document = replace(document, number=paper.number, day=paper.issued_on)
        if skeleton_code == "invitation":
            url = f"{settings.SITE_URL}{reverse('reward_invitation_public', args=[award.invitation.key])}"
            document = replace(document, proof=Code(url, url.removeprefix("https://")))
        return lay_out(document, sizes)

    return write_lots((flow(award) for award in rows), told)


def _personal(skeleton: Skeleton, issuer: str, cycle: Round, award: Award) -> dict[str, Any]:
    filled = skeleton.filled({"issuer": issuer})
    place = cycle.place or "…"
    seat = award.invitation.seat if skeleton.code == "invitation" else ""
    words = {
        "[tên]": award.nomination.holder,
        "[sự kiện]": f"{cycle.name} và nhận {award.nomination.rung.honour or 'hình thức tôn vinh'}",
        "[giờ, ngày]": f"ngày {format_date(cycle.ceremony_on)}",
        "[nơi]": f"{place}. Ghế: {seat}",
        "[việc làm]": f"hiến máu tình nguyện {award.nomination.count} lần",
        "[ý nghĩa]": "giữ lại sự sống cho nhiều người bệnh",
    }

    def put(text: str) -> str:
        for left, right in words.items():
            text = text.replace(left, right)
        return text

    return {
        "abstract": put(str(filled["abstract"])),
        "addressees": "\n".join(put(line) for line in filled["addressees"]),
        "body": put(str(filled["body"])),
        "receivers": "",
    }
