# Two commands do everything on a fresh machine with Python 3.11 or newer and make:
#   make run    environment, dependencies, starter library, the page
#   make test   environment with the test tools, a browser, all checks
# Both are safe to repeat, and quick the second time.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
INDEX  ?= index/built
PORT   ?= 8501
# Where pip finds torch's small build for processors only; see README.md. Empty: as pip is set up.
TORCH_INDEX ?=
PACKAGES := index ingest search_app

.DEFAULT_GOAL := help
.PHONY: help run ingest serve test check format lint types contracts unit gate pages browser docs corpus screenshots

help: ## Show the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/ready-to-run ## Install, read the starter library the first time, open the page
	@test -e $(INDEX)/citewell.db || $(BIN)/citewell ingest corpus --index $(INDEX)
	@$(BIN)/citewell serve --port $(PORT) --index $(INDEX) --open

test: check unit gate pages browser ## All checks: format, lint, types, contracts, documents, tests

check: format lint types contracts docs

format: $(VENV)/ready-to-test ## Is everything formatted?
	$(BIN)/ruff format --check .

lint: $(VENV)/ready-to-test ## Does the linter find anything?
	$(BIN)/ruff check .

types: $(VENV)/ready-to-test ## Do the types hold?
	$(BIN)/ty check --python $(VENV)

contracts: $(VENV)/ready-to-test ## Does the data flow one way?
	$(BIN)/lint-imports --no-logo

docs: $(VENV)/ready-to-test ## Are the generated documents up to date?
	$(BIN)/typer search_app.cli utils docs --name citewell --title "The command line" | diff -u docs/cli.md -
	$(BIN)/python corpus/build.py --check

unit: $(VENV)/ready-to-test ## Unit and property tests
	$(BIN)/python -m pytest -q --ignore=tests/browser --ignore=tests/test_pages.py

gate: $(VENV)/ready-to-test ## Does ranking still reach its floors?
	$(BIN)/python benchmarks/gate.py

pages: $(VENV)/ready-to-test ## The pages without a browser
	$(BIN)/python -m pytest -q tests/test_pages.py

browser: $(VENV)/ready-to-test $(VENV)/browser ## The pages in a real browser
	$(BIN)/python -m pytest -q tests/browser

screenshots: $(VENV)/ready-to-test $(VENV)/browser ## Pictures of every page, into docs/images
	PYTHONPATH=tests:. $(BIN)/python -m browser.screenshots

$(VENV)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Citewell needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# torch comes first and alone: a later resolver then finds it there and leaves it as it is.
$(VENV)/ready-to-run: $(VENV)/pip pyproject.toml constraints.txt
	@echo "Installing. The first time this takes some minutes; see README.md for how many MB."
	$(BIN)/python -m pip install --quiet $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) -c constraints.txt torch
	$(BIN)/python -m pip install --quiet -c constraints.txt --editable '.[ingest]'
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready-to-run
	@echo "Installing the test tools."
	$(BIN)/python -m pip install --quiet -c constraints.txt --editable '.[ingest,ocr,dev]'
	@touch $@

# The system's Chromium, else Debian's package (as root), else Playwright's own.
$(VENV)/browser: $(VENV)/ready-to-test
	@command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && apt-get update -qq && apt-get install -y -qq chromium; } \
	  || $(BIN)/playwright install chromium \
	  || echo "No browser could be had: the browser tests will be skipped."
	@touch $@
