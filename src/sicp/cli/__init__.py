"""The command ``sicp`` of administrators.

Each command calls operations and commits itself. Exit status: 0 done, 1 refused or
fault found, 2 wrongly called.
"""

import warnings
from importlib import import_module


def main() -> None:
    """Run the command line."""
    # Said at the import of Substance D and Pyramid 1.10; nobody here can mend it.
    warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
    warnings.filterwarnings("ignore", message="Parameters to load are deprecated")
    import_module("sicp.cli.commands").commands(prog_name="sicp")
