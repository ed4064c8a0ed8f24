"""Pages of the knowledge base: folders, sheets, the bin.

What a page offers is told by the modules it concerns (see ``offer``): none of them
imports the page.
"""
