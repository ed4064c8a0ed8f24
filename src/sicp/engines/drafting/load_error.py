"""What is said of data that is no clause or no canevas."""


class LoadError(ValueError):
    """Data that cannot be read; the message says where, in French."""
