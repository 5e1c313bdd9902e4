# make demo and make test are all a newcomer needs; make help lists the rest.

PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
DEMO_ARGS ?=
PYTEST_ARGS ?=
# Processes that share the tests, each file of them in one; 0 runs all in one process, as a debugger needs it.
JOBS ?= auto
FUZZ_SECONDS ?= 600
# Counting lines costs next to nothing with sys.monitoring (Python 3.12), and doubles the time without it.
CORE := import sys; print("sysmon" if sys.version_info >= (3, 12) else "ctrace")
# Workers run in processes of their own, whose lines are not counted.
COVERAGE := --cov=galactica --cov-report=term:skip-covered --cov-fail-under=80

.DEFAULT_GOAL := help
.PHONY: help install demo test check lint types imports docs docs-check bench fuzz clean

help:  ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "make %-10s %s\n", $$1, $$2}'

install: $(VENV)/.installed  ## set up .venv (Python 3.11 or later)

$(VENV)/.installed: pyproject.toml tools/install.sh
	@PYTHON="$(PYTHON)" sh tools/install.sh $(VENV) '.[all]'
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@PYTHON="$(PYTHON)" sh tools/install.sh $(VENV) '.[test]'
	@touch $@

demo: install  ## build the starter library and open the reading room (DEMO_ARGS=--no-serve only builds and searches)
	@$(BIN)/galactica demo --dir .demo $(DEMO_ARGS)

# Tests start Python a hundred times: what it compiles is kept, also where the environment says that nothing is.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/.installed-test  ## run the tests, on all cores (JOBS=0 for one process, PYTEST_ARGS=--deep for more examples)
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(PYTEST_ARGS)

check: $(VENV)/.installed-test lint types imports docs-check  ## everything CI runs; the tests come last
	@COVERAGE_CORE=$$($(BIN)/python -c '$(CORE)') $(MAKE) --no-print-directory test PYTEST_ARGS="$(COVERAGE) $(PYTEST_ARGS)"

lint: $(VENV)/.installed-test  ## form and common mistakes
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(VENV)/.installed-test  ## types
	@$(BIN)/mypy

imports: $(VENV)/.installed-test  ## that imports run one way
	@$(BIN)/lint-imports

docs: install  ## write the generated documents
	@$(BIN)/python tools/schemas.py
	@$(BIN)/python tools/cli_reference.py

docs-check: $(VENV)/.installed-test  ## that the generated documents are current
	@$(BIN)/python tools/schemas.py --check
	@$(BIN)/python tools/cli_reference.py --check

bench: install  ## list the benchmarks
	@$(BIN)/python tools/list_benchmarks.py

fuzz: $(VENV)/.installed-test  ## try hostile input for FUZZ_SECONDS a target (pip install '.[fuzz]' for coverage)
	@$(BIN)/python -m fuzz all --seconds $(FUZZ_SECONDS)

clean:  ## remove what was built here
	find src tests benchmarks tools fuzz -name __pycache__ -prune -exec rm -rf {} +
	rm -rf $(VENV) .demo build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage
