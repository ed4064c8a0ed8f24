"""The knowledge base: folders, sheets, links, the bin, who reads what."""
