# Everything is set up by the targets themselves: a machine needs Python 3.11 or newer, pip and make.
PYTHON ?= python3
VENV ?= .venv
RUN := $(VENV)/bin/python
DEMO := build/demo

.PHONY: demo test check gate bench docs clean

demo: $(VENV)/.core  ## read the sample pages and show what they say, and who says so
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@echo '$$ dragoman read examples/pages --ledger $(DEMO)/demo.db'
	@$(VENV)/bin/dragoman read examples/pages --ledger $(DEMO)/demo.db
	@echo; echo '$$ dragoman show claims --polarity neg --limit 4 --ledger $(DEMO)/demo.db'
	@$(VENV)/bin/dragoman show claims --polarity neg --limit 4 --ledger $(DEMO)/demo.db
	@echo; echo '$$ dragoman show claims --source media --ledger $(DEMO)/demo.db --limit 3'
	@$(VENV)/bin/dragoman show claims --source media --limit 3 --ledger $(DEMO)/demo.db
	@echo; echo '$$ dragoman show claims --language ar --limit 3 --ledger $(DEMO)/demo.db'
	@$(VENV)/bin/dragoman show claims --language ar --limit 3 --ledger $(DEMO)/demo.db
	@echo; echo '$$ dragoman show events --actor Egypt --limit 4 --ledger $(DEMO)/demo.db'
	@$(VENV)/bin/dragoman show events --actor Egypt --limit 4 --ledger $(DEMO)/demo.db
	@echo; echo '$$ dragoman show relations --limit 6 --ledger $(DEMO)/demo.db'
	@$(VENV)/bin/dragoman show relations --limit 6 --ledger $(DEMO)/demo.db
	@echo; echo '$$ dragoman export --format jsonl -o $(DEMO)/export --ledger $(DEMO)/demo.db'
	@$(VENV)/bin/dragoman export --format jsonl -o $(DEMO)/export --ledger $(DEMO)/demo.db
	@echo; echo '$$ dragoman report -o $(DEMO)/report.html --ledger $(DEMO)/demo.db'
	@$(VENV)/bin/dragoman report -o $(DEMO)/report.html --ledger $(DEMO)/demo.db
	@echo; echo 'Open $(DEMO)/report.html, or look around: $(VENV)/bin/dragoman explore --ledger $(DEMO)/demo.db'

test: $(VENV)/.dev  ## all tests
	$(RUN) -m pytest

check: $(VENV)/.dev  ## lint and types
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

gate: $(VENV)/.dev  ## quality against the gold beside the project; what is not there is skipped
	$(RUN) -m bench.gate
	$(RUN) -m bench.network

bench: $(VENV)/.bench  ## speed and memory beside a small spaCy pipeline
	$(RUN) -m bench.speed

docs: $(VENV)/.docs  ## the site of docs/, with the reference made from the code, in build/site
	$(RUN) -m docs.site
	$(VENV)/bin/zensical build --clean --strict

clean:
	rm -rf $(VENV) build

$(VENV)/.core: pyproject.toml
	test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.dev: pyproject.toml
	test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/.core

$(VENV)/.bench: $(VENV)/.dev
	$(RUN) -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	touch $@

$(VENV)/.docs: $(VENV)/.core
	$(RUN) -m pip install --quiet --disable-pip-version-check -e '.[docs]'
	touch $@
