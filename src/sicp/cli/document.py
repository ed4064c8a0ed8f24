"""Writes the pieces of a consultation as files."""

import sys
from pathlib import Path

import click

from sicp import clock
from sicp.cli.options import config_option
from sicp.cli.options import required_as_option
from sicp.cli.right import known_consultation
from sicp.cli.site import open_site
from sicp.operations.document import produce

_EXTENSIONS = (".docx", ".pdf")


@click.command()
@config_option
@required_as_option
@click.argument("consultation", metavar="REFERENCE")
@click.argument("template", metavar="CANEVAS")
@click.option(
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write, .docx or .pdf; - is the standard output, in .docx.",
)
def draft(
    config: str | None, actor: str, consultation: str, template: str, output: Path
) -> None:
    """Write a piece of a consultation, such as: 2026-0001 rc-open-call.

    The piece is assembled as it stands now from the canevas, the upstream form and
    what its writer said. A PDF asks for LibreOffice.
    """
    is_standard = str(output) == "-"
    extension = ".docx" if is_standard else output.suffix.lower()
    if extension not in _EXTENSIONS:
        message = f"--output ends in {' or '.join(_EXTENSIONS)}."
        raise click.UsageError(message)
    with open_site(config) as opened:
        content = produce(
            opened.root,
            known_consultation(opened, consultation),
            template,
            actor=opened.actor(actor),
            now=clock.now(),
            registry=opened.registry,
            extension=extension.removeprefix("."),
        )
        opened.commit(f"draft {consultation} {template}")
    if is_standard:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)
        click.echo(f"{output}: {len(content)} bytes")
