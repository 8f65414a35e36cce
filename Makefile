# 党建联合体平台: the commands that people, programs and checks rely on.

PYTHON  ?= python3
SCALE   ?= chifeng-2019
WORKERS ?= 2
SCALES  ?= S M
VENV    := .venv
BIN     := $(VENV)/bin
PIP     := $(BIN)/python -m pip install -q --disable-pip-version-check --no-compile --require-hashes --only-binary :all:

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset run test bench contract lint check lock

help:  ## these words
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(VENV)/run  ## everything on this machine with demo data; SCALE=cases|chifeng-2019|chifeng-2021
	@exec $(BIN)/python -m config.supervisor demo --scale "$(SCALE)"

demo-reset: $(VENV)/run  ## remove the data of every demo scale
	@$(BIN)/python -m config.supervisor reset

run: $(VENV)/run  ## a real office: no demo data, asks for the first three administrators
	@exec $(BIN)/python -m config.supervisor run

test: $(VENV)/test  ## every test, on real PostgreSQL and Valkey; WORKERS=n processes with servers of their own
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope $(ARGS)

bench: $(VENV)/run  ## how fast it is beside its floors; SCALES="S M L", REGIONS=file of all places (CSV, gzip)
	@REGIONS="$(REGIONS)" $(BIN)/python -m bench $(SCALES)

contract: $(VENV)/test  ## every REST operation against its description, at length (about half an hour)
	@CONTRACT_EXAMPLES=50 $(BIN)/python -m pytest -n 0 -s tests/contract

lint: $(VENV)/lint  ## linters and types
	@$(BIN)/ruff check .
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/mypy

check: lint  ## lint, migrations complete, production settings sound
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	  DATA_SET=office HTTPS=1 DEBUG=0 $(BIN)/python manage.py check --deploy --fail-level WARNING

lock:  ## renew the hash locks (needs uv); addresses never belong in them
	@for name in base test lint; do \
	  uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	    requirements/$$name.in -o requirements/$$name.txt || exit 1; done

# The environment, in three layers; each layer is made again when its lock changes.

.PHONY: .venv
.venv: $(VENV)/run $(VENV)/test $(VENV)/lint

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed; this is: $$($(PYTHON) --version 2>&1 || echo none). Try: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "The module venv of Python is missing. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "· Python environment"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run: $(VENV)/bin/python requirements/base.txt
	@echo "· packages"
	@$(PIP) -r requirements/base.txt
	@touch $@

$(VENV)/test: $(VENV)/run requirements/test.txt
	@echo "· packages for the tests"
	@$(PIP) -r requirements/test.txt
	@touch $@

$(VENV)/lint: $(VENV)/run requirements/lint.txt
	@echo "· packages for the linters"
	@$(PIP) -r requirements/lint.txt
	@touch $@
