"""One model of a paper and its writers: a Document becomes a Flow of blocks, and that a PDF or a .docx."""

from papers.layout.document import (
    Annex,
    Article,
    Document,
    Heading,
    Item,
    Paragraph,
    Proof,
    Signature,
    Table,
    from_json,
    to_json,
)
from papers.layout.docx import write_docx
from papers.layout.flow import Block, Flow, lay_out
from papers.layout.pdf import write_pdf, write_png

__all__ = [
    "Annex",
    "Article",
    "Block",
    "Document",
    "Flow",
    "Heading",
    "Item",
    "Paragraph",
    "Proof",
    "Signature",
    "Table",
    "from_json",
    "lay_out",
    "to_json",
    "write_docx",
    "write_pdf",
    "write_png",
]
