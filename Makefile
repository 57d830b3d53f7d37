# Everything a fresh machine needs: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARTICLE ?= examples/politics.txt

.PHONY: run install dev test lint types imports gate eval clean

run: install
	$(BIN)/onrecord $(ARTICLE)

install: $(VENV)/.installed
dev: $(VENV)/.dev

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --editable .
	@touch $@

# pip 23.2 does not know dependency groups, so the group is read here.
$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['dev'], sep='\n')" > $(VENV)/dev.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --requirement $(VENV)/dev.txt
	@touch $@

test: dev
	$(BIN)/python -m pytest

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: dev
	$(BIN)/mypy

imports: dev
	$(BIN)/lint-imports

# Fails where a measure fell on the sets that the repository holds.
gate: dev
	$(BIN)/python -m evaluation.gate

# Every measure; `make eval CORPORA=folder` measures on the published corpora too.
eval: dev
	$(BIN)/python -m evaluation $(if $(CORPORA),--corpora "$(CORPORA)")

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
