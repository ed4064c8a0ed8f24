"""Word documents written from a draft, and checked.

``write_docx(draft, style, properties)`` gives a true Word structure: named styles, one
multilevel numbering for headings, list instances that restart, bookmarks and REF
fields, a table of contents with its entries, content controls that carry clause ids.
``check_docx(data)`` walks any such file and tells its faults. ``write_paginated`` asks
LibreOffice for the page of each heading and gives both the Word file and its PDF.
"""

from sicp.engines.docx.check import Fault
from sicp.engines.docx.check import check_docx
from sicp.engines.docx.style import HouseStyle
from sicp.engines.docx.style import Properties
from sicp.engines.docx.writer import write_docx

__all__ = ["Fault", "HouseStyle", "Properties", "check_docx", "write_docx"]
