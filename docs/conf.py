"""Settings of the documentation."""

project = "SICP"
author = "the contributors of SICP"
project_copyright = "the contributors of SICP"
release = "0.1.0"
language = "en"
extensions = ["sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
nitpicky = False
html_theme = "alabaster"
html_static_path: list[str] = []
html_show_sourcelink = False
