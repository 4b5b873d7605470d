"""Cards as sheets of A4 to print and cut: eight of 85.6 × 54 mm a page, each with the code that proves it."""

import json
from collections.abc import Sequence
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from foundation.dates import format_date
from members.models import Card, Congress, Delegate
from members.rules import kind_rules
from papers.layout.codes import qr_svg
from papers.layout.pdf import fonts_of
from papers.layout.widths import family, font_folder
from papers.printing import address_of

SHEET = """
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: (x: 18mm, y: 18mm))
#set text(font: data.font, size: 9pt, lang: "vi")
#let edge = (paint: luma(160), thickness: 0.3pt, dash: "dashed")
#let card(one) = box(width: 85.6mm, height: 54mm, stroke: edge, inset: 4mm)[
  #set par(leading: 0.5em)
  #text(size: 8pt, weight: "bold")[#upper(one.issuer)]
  #v(-1mm)
  #line(length: 100%, stroke: 0.8pt + rgb("#c4161c"))
  #v(0mm)
  #align(center, text(size: 11pt, weight: "bold", fill: rgb("#c4161c"))[#upper(one.title)])
  #v(0mm)
  #grid(columns: (1fr, 20mm), gutter: 2mm,
    [
      #text(size: 12pt, weight: "bold")[#one.name]
      #v(0.5mm)
      #one.lines.join(linebreak())
    ],
    align(right, image(bytes(one.qr), format: "svg", width: 20mm)))
]
#grid(columns: 2, gutter: 0mm, ..data.cards.map(card))
"""


def cards_pdf(cards: Sequence[Card]) -> bytes:
    """The cards' sheets as PDF, in the order given."""
    return _sheets(SHEET, [_card(card) for card in cards])


def credentials_pdf(congress: Congress, delegates: Sequence[Delegate]) -> bytes:
    """Delegates' cards as PDF: number, name, branch; no code, they hold for a day."""
    lines = [congress.name, format_date(congress.held_on), congress.place]
    return _sheets(
        SHEET.replace("grid(columns: (1fr, 20mm), gutter: 2mm,", "grid(columns: (1fr,),").replace(
            'align(right, image(bytes(one.qr), format: "svg", width: 20mm))', ""
        ),
        [
            {
                "issuer": congress.unit.name,
                "title": _("Delegate no. %(number)s") % {"number": one.number},
                "name": one.person.full_name,
                "lines": [line for line in (one.branch.name if one.branch else "", *lines) if line],
            }
            for one in delegates
        ],
    )


def _sheets(source: str, cards: Sequence[dict[str, object]]) -> bytes:
    data = {"font": family(font_folder()), "cards": cards}
    compiler = typst.Compiler(
        source.encode(),
        font_paths=fonts_of(font_folder()),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    made: Any = compiler.compile(format="pdf")
    return bytes(made)


def _card(card: Card) -> dict[str, object]:
    rule = kind_rules(card.issued_on)[card.membership.kind]
    return {
        "issuer": card.unit.name,
        "title": _("Card: %(kind)s") % {"kind": rule.name},
        "name": card.membership.person.full_name,
        "lines": [
            _("No. %(number)s") % {"number": card.number},
            _("Issued on %(day)s") % {"day": format_date(card.issued_on)},
            str(settings.CHAPTER["name"]),
        ],
        "qr": qr_svg(address_of(card.proof)),
    }
