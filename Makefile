# Two commands do everything: `make run` and `make test`. Nothing has to be installed or started by hand.
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench clean lock

PYTHON ?= python3
BIN := .venv/bin
# Each process starts in half the time when Python may keep what it has compiled.
unexport PYTHONDONTWRITEBYTECODE
# One process of tests for each processor; more than eight wait for the database and the browser.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ $$n -gt 8 ] && echo 8 || echo $$n)

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

setup: ## Make the environment: packages, front-end files, translations
	@$(PYTHON) tools/setup_environment.py

run: setup ## Set up, start the database, load the demonstration province, serve the site
	@exec $(BIN)/congtam run --demo

test: setup ## Set up and pass all tests, on a throw-away database
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal -q --room-seconds $(ARGS)

check: setup ## Format, lint, types, import contracts, doors, dependencies, known holes, names, commits, texts, sizes, glossary, migrations, translations
	@$(BIN)/python -m tools.checks

bench: setup ## Measure, and print the tables for docs/performance.md
	@$(BIN)/python -m bench $(ARGS)

lock: setup ## Pin the newest allowed versions again
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --upgrade \
		pyproject.toml --group dev -o requirements.lock

clean: ## Remove what was built (the data in ./var stays)
	@rm -rf .venv build node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
