# Erreichbar. `make` alone says what there is.
#
# Needs: Linux x86-64 with glibc, Python 3.11 to 3.13 with venv and pip, make, and the package registries. Nothing of the
# system is changed: Python packages and Node live in .venv, Chromium, SIPp and Asterisk in ~/.cache/erreichbar.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
SOURCES := src tests tools benchmarks
VENDOR := src/erreichbar/site/static/vendor
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/erreichbar/*/locale/*/LC_MESSAGES/django.po))
FAST := not browser and not sip and not postgres and not slow
ALONE := browser or sip
WORKERS ?= 2

export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_NO_PROGRESS := 1
# Where a machine forbids writing bytecode, every start of every process would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check lint types rooms tools laws bench assets translations lock clean

help: ## Say what there is
	@echo "make demo     set up, start the demo office, print its address (Ctrl-C stops it)"
	@echo "make test     everything: lint, types, table of rooms, all tests with browser, telephone and PostgreSQL"
	@echo "make check    the fast part of it, for while you work"
	@echo "make laws     200 days of a small office in virtual time, and 1,000 new examples of every law instead of the same 40; takes long"
	@echo "make bench    measure what has a number to keep, beside a peer: docs/speed.md; one of them: make bench BENCH=lists"
	@echo "make assets   build what the browser loads into $(VENDOR)"
	@echo "make lock     choose the versions of all Python packages anew (requirements/*.txt)"
	@echo "make clean    remove everything that make has made in this folder"

# -- set-up: each step leaves a stamp, so a second run starts at once ---------------------------------------------------

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; assert (3, 11) <= sys.version_info[:2] <= (3, 13), "Python 3.11, 3.12 or 3.13 is needed; name one: make PYTHON=python3.12 …"'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "This Python has no venv. On Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.uv: $(VENV)/.made requirements/uv.txt
	$(BIN)/python -m pip install --quiet --force-reinstall --require-hashes -r requirements/uv.txt
	@touch $@

# pip in second place: it knows the machine's own pip.conf, uv does not.
$(VENV)/.base: $(VENV)/.uv requirements/base.txt pyproject.toml
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/base.txt \
		|| $(BIN)/python -m pip install --quiet --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.base requirements/test.txt
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/test.txt \
		|| $(BIN)/python -m pip install --quiet --require-hashes -r requirements/test.txt
	@touch $@

node_modules/.made: $(VENV)/.base package.json package-lock.json .npmrc
	$(BIN)/npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(VENDOR)/.made: node_modules/.made tools/build_assets.py
	$(BIN)/python tools/build_assets.py
	@touch $@

%.mo: %.po | $(VENV)/.base
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

assets: $(VENDOR)/.made
translations: $(CATALOGUES)

# -- the demo -----------------------------------------------------------------------------------------------------------

demo: $(VENV)/.base assets translations
	@exec $(BIN)/erreichbar demo $(DEMO)

# -- proof --------------------------------------------------------------------------------------------------------------

lint: $(VENV)/.test
	$(BIN)/ruff check --quiet $(SOURCES)
	$(BIN)/ruff format --quiet --check $(SOURCES)

types: $(VENV)/.test
	$(BIN)/mypy

rooms: $(VENV)/.test
	$(BIN)/lint-imports

tools: $(VENV)/.base
	$(BIN)/python -m erreichbar.site.debian chromium sip espeak asterisk

READY := lint types rooms assets translations

check:
	@$(MAKE) --no-print-directory --jobs=2 $(READY)
	$(BIN)/pytest -q -n $(WORKERS) -m "$(FAST)"

# What decides whether a change lands must not depend on how slow a machine is: docs/decisions/landing.md.
ifeq ($(SCOPE),landing)
test: check
else
test:
	@$(MAKE) --no-print-directory --jobs=2 $(READY) tools
	$(BIN)/pytest -q -n $(WORKERS) -m "not ($(ALONE))"
	$(BIN)/pytest -q -m "$(ALONE)"
endif

laws: $(VENV)/.test
	$(BIN)/pytest -q -n $(WORKERS) --hypothesis-profile=laws tests/access tests/figures tests/office tests/promise tests/record tests/traffic
	ERREICHBAR_SEEDS=100 $(BIN)/pytest -q -n $(WORKERS) tests/telephone/test_virtual.py

bench: $(VENV)/.test assets translations
	$(BIN)/python benchmarks/beside/all.py $(BENCH)

# -- upkeep -------------------------------------------------------------------------------------------------------------

COMPILE := pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11

lock: $(VENV)/.uv
	$(UV) $(COMPILE) $(UPGRADE) --group bootstrap -o requirements/uv.txt
	$(UV) $(COMPILE) $(UPGRADE) --group peers -o requirements/peers.txt
	$(UV) $(COMPILE) $(UPGRADE) --group peers-lab -o requirements/peers-lab.txt
	$(UV) $(COMPILE) $(UPGRADE) pyproject.toml --extra test --group build -o requirements/test.txt
	$(UV) $(COMPILE) $(UPGRADE) pyproject.toml --group build -c requirements/test.txt -o requirements/base.txt

clean:
	rm -rf $(VENV) $(VENDOR) $(CATALOGUES) node_modules var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +
