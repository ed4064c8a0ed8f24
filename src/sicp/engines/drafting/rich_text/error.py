"""What is said when a rich text cannot be read."""


class RichTextError(ValueError):
    """A rich text that cannot be read; the message tells the place, in French.

    ``place`` names the paragraph, the item, the heading or the table; it is empty when
    the whole text is meant.
    """

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(f"{place} : {reason}" if place else reason)
        self.reason = reason
        self.place = place
