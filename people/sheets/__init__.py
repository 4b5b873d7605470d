"""Spreadsheets: what others send is read without trust, what we send is written plainly."""

from people.sheets.annotating import annotate, is_plain
from people.sheets.reading import MOST_ROWS, Book, Row, Unreadable, open_book
from people.sheets.writing import XLSX, template_file, write_result

__all__ = [
    "MOST_ROWS",
    "XLSX",
    "Book",
    "Row",
    "Unreadable",
    "annotate",
    "is_plain",
    "open_book",
    "template_file",
    "write_result",
]
