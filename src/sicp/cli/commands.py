"""The table of the commands."""

from typing import Any

import click

from sicp.cli.alert import alert
from sicp.cli.backup import backup
from sicp.cli.backup import restore
from sicp.cli.clause import clausier
from sicp.cli.clause import library
from sicp.cli.database import check
from sicp.cli.database import evolve
from sicp.cli.database import pack
from sicp.cli.database import reindex
from sicp.cli.demo import demo
from sicp.cli.document import draft
from sicp.cli.exchange import import_
from sicp.cli.knowledge import knowledge
from sicp.cli.right import can
from sicp.cli.search import index
from sicp.cli.search import search
from sicp.cli.serve import serve
from sicp.cli.template import canevas
from sicp.cli.user import user
from sicp.exceptions import DomainError
from sicp.i18n import french


class Commands(click.Group):
    """The commands; a refusal of the application is told in its own words."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        """Run the command; what an operation refuses ends with status 1."""
        try:
            return super().invoke(ctx)
        except DomainError as error:
            raise click.ClickException(french(error.message)) from error


@click.group(cls=Commands)
def commands() -> None:
    """Run and keep a SICP site: public contracts, from the need to the award.

    Without --config, commands work on the embedded site of the folder var/, made at
    the first start. Exit status: 0 done, 1 refused or fault found, 2 wrongly called.
    """


for _command in (
    alert,
    backup,
    can,
    canevas,
    check,
    clausier,
    demo,
    draft,
    evolve,
    import_,
    index,
    knowledge,
    library,
    pack,
    reindex,
    restore,
    search,
    serve,
    user,
):
    commands.add_command(_command)
