# The commands of the project. "make" alone lists them.

PYTHON_IN_VENV = .venv/bin/python

.PHONY: help setup demo test lint bench docs i18n pins names clean buildout

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup:  ## prepare this machine for the demonstration (again costs nothing)
	@scripts/setup.sh demo

demo: setup  ## show the application, filled with a demonstration, in a browser
	@.venv/bin/sicp demo

test:  ## set up, then run every check and every test, on both lanes of Pyramid
	@scripts/test.sh

lint:  ## run only the checks that need no test
	@scripts/test.sh lint

bench:  ## measure the application under load
	@scripts/bench.sh

docs:  ## make the documentation in docs/_build/html
	@scripts/setup.sh test
	@.venv/bin/sphinx-build -W --keep-going -b html docs docs/_build/html

i18n:  ## gather the messages of the sources into the catalogue
	@$(PYTHON_IN_VENV) scripts/i18n.py extract

pins:  ## write requirements/*.txt again from versions.cfg
	@$(PYTHON_IN_VENV) scripts/pins.py

names:  ## note the dotted names that the database may hold
	@$(PYTHON_IN_VENV) -m tests.architecture.persistent_names

buildout:  ## install everything with buildout, into bin/
	@scripts/buildout.sh

clean:  ## remove what was built; keep the environments and the data in var/
	rm -rf build dist docs/_build htmlcov .pytest_cache .mypy_cache .ruff_cache \
		.hypothesis .import_linter_cache .coverage .coverage.*
	find src tests scripts -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
