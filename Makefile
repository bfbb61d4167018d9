# make review | test | test-all | check | clean | help
# The way without make, for Windows too, is in README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
INPUTS := pyproject.toml constraints.txt

.PHONY: help review test test-all test-slow check clean

help:
	@echo "make review     install litreview into $(VENV) and run the shipped review (ARGS=--quiet, ARGS=--json)"
	@echo "make test       the quick tests"
	@echo "make test-all   every test"
	@echo "make check      style, types, the order of rooms"
	@echo "make clean      remove $(VENV), caches and outputs; judgments stay"

review: $(VENV)/package.stamp
	@$(BIN)/litreview run $(ARGS)

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -m "not slow"

# The quick and the slow ones side by side, for each mostly waits for one processor
test-all: $(VENV)/dev.stamp
	@$(MAKE) --no-print-directory -j2 test test-slow

test-slow: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -m slow

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_rooms.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "litreview needs Python 3.11 or newer. Install it, or name it: make review PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "The venv module is missing. On Debian and Ubuntu: sudo apt install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/package.stamp: $(INPUTS) | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/dev.stamp: $(INPUTS) | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/package.stamp

clean:
	rm -rf $(VENV) .litreview .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find outputs -mindepth 1 ! -name README.md -delete
