# Everything runs in .venv; the first target that needs it makes it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help install run demo test battery check bench clean
help: ## Show the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.developing: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

install: $(VENV)/.installed ## Install Khabar into .venv

run: install ## Crawl all sources once, write today's digest and say where
	@$(BIN)/khabar crawl; reached=$$?; $(BIN)/khabar digest || exit $$?; exit $$reached

demo: install ## The same on a small regional web on this machine, without a network
	@$(BIN)/python -m tests.replica.demo

test: $(VENV)/.developing ## Run the tests
	$(BIN)/pytest --numprocesses auto --dist loadscope

battery: $(VENV)/.developing ## Run every check of reliability and safety, the slow ones too, and keep the table
	$(BIN)/pytest tests/battery -m "slow or not slow" --keep-table

check: $(VENV)/.developing ## All that CI checks, on this tree
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

# The others, each in an environment of its own. Older pips cannot resolve what they ask for.
.venv-bench/%: tests/benchmarks/requirements/%.txt
	$(PYTHON) -m venv $@
	$@/bin/pip install --quiet --disable-pip-version-check 'pip>=26'
	$@/bin/pip install --quiet --requirement $<
	touch $@

bench: install .venv-bench/trafilatura .venv-bench/newspaper4k .venv-bench/news-please ## Khabar and others on the same pages
	.venv-bench/trafilatura/bin/python -m tests.benchmarks.compare $(BENCH)

clean: ## Remove the environment and what tools left
	rm -rf $(VENV) .venv-bench build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
