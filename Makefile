# make run [ARGS="--camera 0"]  set up what is missing, then start the show
# make test | make check        set up what is missing, then every check and test (what CI runs)
# make test-vm                  test real cameras and virtual cameras, in user-mode Linux
# make setup | lint | bench | clean
# PYTHON=/path/to/python3.12 chooses the interpreter (3.11 or 3.12).

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-vm check lint bench clean

BIN := .venv/bin

help:
	@sed -n 's/^# //p' Makefile | head -5

setup:
	@./setup.sh run

setup-dev:
	@./setup.sh dev

run: setup
	@$(BIN)/vtuber run $(ARGS)

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

test check: lint
	$(BIN)/pytest -n 2 --dist loadfile -m 'not alone'
	$(BIN)/pytest -m alone

# Real cameras and virtual cameras, in user-mode Linux: see tests/vm/run.py.
test-vm: setup-dev
	@$(BIN)/python tests/vm/run.py

bench: setup-dev
	@$(BIN)/vtuber bench all --quick --check

clean:
	rm -rf .venv build dist vtuber.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis \
	    .import_linter_cache tests/golden/failed
	find vtuber tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
