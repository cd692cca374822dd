# Erreichbar. `make` explains itself; a second run of any target does only what has changed.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help demo test check bench assets lock clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.done
VENDOR := src/erreichbar/site/static/vendor
# Where a machine forbids writing bytecode, every start of every process would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE
export UV_COMPILE_BYTECODE := 1

help: ## This list
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

demo: $(DONE)-base assets ## The fictional office in the browser: any seat without a password
	$(BIN)/erreichbar demo

test: $(DONE)-test assets ## Everything: lint, types, rooms, all tests; brings Chromium, Asterisk, SIPp and PostgreSQL
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m erreichbar.site.debian chromium sip espeak asterisk
	$(BIN)/pytest -n 2 --dist loadgroup -m 'not sip and not browser'
	$(BIN)/pytest -m 'sip or browser'

check: $(DONE)-test assets ## Lint, types, rooms and the fast tests
	$(MAKE) --no-print-directory lint
	$(BIN)/pytest -q -n 2 -m 'not browser and not sip and not postgres and not slow'

.PHONY: lint
lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DONE)-test assets ## Speed and memory, as ratios against named peers in the same run
	for bench in benchmarks/*.py; do $(BIN)/python "$$bench"; done

assets: $(DONE)-assets ## Browser files from the npm registry, and the compiled translations

lock: $(DONE)-uv ## Pin every package anew, with hashes and without addresses
	for part in "uv --group bootstrap" "base --group build" "test --extra test --group build"; do
	  set -- $$part; name=$$1; shift
	  project=pyproject.toml; [ "$$name" = uv ] && project=
	  $(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-annotate --no-emit-index-url $$project "$$@" -o requirements/$$name.txt
	done
	npm_config_update_notifier=false $(BIN)/npm install --package-lock-only --ignore-scripts

clean: ## Remove what was built and installed here; the cache outside stays
	rm -rf $(VENV) node_modules $(VENDOR) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src -name '*.mo' -delete

$(DONE)-uv: requirements/uv.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/uv.txt
	touch $@

$(DONE)-base: $(DONE)-uv requirements/base.txt pyproject.toml
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/base.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

$(DONE)-test: $(DONE)-base requirements/test.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/test.txt
	touch $@

$(DONE)-assets: $(DONE)-base package-lock.json tools/assets.py src/erreichbar/desk/locale/de/LC_MESSAGES/django.po
	$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	$(BIN)/python tools/assets.py $(VENDOR)
	touch $@
