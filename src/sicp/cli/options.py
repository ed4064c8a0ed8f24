"""The options several commands share."""

import click

config_option = click.option(
    "--config",
    metavar="FILE.ini",
    help="Settings of the site. Default: the embedded site, in the folder var/ "
    "(or $SICP_VAR).",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Report as one line of JSON."
)
as_option = click.option(
    "--as",
    "actor",
    metavar="USER",
    help="Act with the rights of this account. Default: the system itself.",
)
required_as_option = click.option(
    "--as",
    "actor",
    metavar="USER",
    required=True,
    help="Act with the rights of this account, and in its name in the journals.",
)
