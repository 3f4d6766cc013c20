# Everything a person types. `make` alone lists it. Needs Python 3.11 or newer with venv; nothing else is assumed.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run test test-sqlite test-postgres races faults budgets check bench screenshots messages lock clean

export FLASK_APP := wsgi
# What is compiled is kept, also where the environment says otherwise: the suite begins in twenty processes.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
PYTHONS := python3.14 python3.13 python3.12 python3.11 python3
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard shop/translations/*/LC_MESSAGES/*.po))
TUS_JS := tests/interop/tus_js/node_modules/.stamp
LIGHTHOUSE := tests/gates/lighthouse/node_modules/.stamp
STATIC := $(shell find static -type f -not -name '.*' 2>/dev/null)
ARGS ?=
RULES := tests/architecture --ignore tests/architecture/test_access.py
# What `make check` says of the code itself needs no database, and not twice where CHECKED says so; addresses are tried on both.
HOUSE := $(addprefix --ignore ,$(filter-out %/test_access.py,$(wildcard tests/architecture/test_*.py)))

help: ## Say what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/run.stamp $(CATALOGUES) instance/static/.stamp ## Make .venv from the lock, compile catalogues, build the static files

run: install ## Start the demo market: web, sweeps and stand-ins together; Ctrl-C stops all
	@$(BIN)/flask start $(ARGS)

test: test-sqlite test-postgres ## Run the whole suite: unit, web, browser; on SQLite, then on PostgreSQL (ARGS="-k name")

test-sqlite: .venv/test.stamp install $(TUS_JS) $(if $(FULL),$(LIGHTHOUSE))
	@CHROME_PATH="$$($(BIN)/python -m tests.tools.chromium)"; export CHROME_PATH; \
	echo "== The suite on SQLite"; env -u TEST_DATABASE_URL $(BIN)/python -m tests.tools.suite $(if $(CHECKED),$(HOUSE)) $(ARGS)

# 69: no PostgreSQL can be had here. That is a pity on somebody's laptop and a failure in CI.
test-postgres: .venv/test.stamp install $(TUS_JS)
	@echo "== The suite on PostgreSQL: what uses a database, without browser and rules of the house"; status=0; \
	$(BIN)/python -m tests.tools.postgres $(BIN)/python -m tests.tools.suite -m "not browser" $(HOUSE) $(ARGS) || status=$$?; \
	if [ $$status = 69 ] && [ -z "$${CI:-}" ]; then echo "Left out."; else exit $$status; fi

races: .venv/test.stamp install $(TUS_JS) ## Many at once for the same goods and money, on both engines; whole with FULL=1 (ARGS="-k name")
	@$(BIN)/python -m tests.tools.proofs race $(ARGS)

faults: .venv/test.stamp install ## Kill the market, silence Stripe, stop the mail: nothing lost or doubled; whole with FULL=1
	@$(BIN)/python -m tests.tools.proofs fault $(ARGS)

budgets: .venv/test.stamp install $(if $(FULL),$(LIGHTHOUSE)) ## Weigh pages of the public, look at them with axe; with Lighthouse, and on slow 3G, by FULL=1
	@CHROME_PATH="$$($(BIN)/python -m tests.tools.chromium)"; export CHROME_PATH; \
	$(BIN)/python -m tests.tools.proofs budget $(ARGS)

check: .venv/test.stamp install ## Lint, types, floors, migrations, catalogues and the rules of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy & types=$$!; status=0; \
	{ $(BIN)/flask db check && $(BIN)/python -m pytest -q $(RULES); } || status=$$?; wait $$types; exit $$status

bench: .venv/test.stamp install ## Measure pages and a whole purchase beside a hello-world, photos beside libvips, a queue ten times as long
	$(BIN)/python -m tests.bench $(ARGS)

screenshots: .venv/test.stamp install ## Draw docs/screenshots anew from the demo market
	@CHROME_PATH="$$($(BIN)/python -m tests.tools.chromium)"; export CHROME_PATH; \
	$(BIN)/python -m tests.tools.screenshots $(ARGS)

messages: .venv/test.stamp ## Bring the sentences of code and templates into the catalogues, ready to translate
	@$(BIN)/python -m tests.tools.catalogues

LOCK := -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
lock: .venv/run.stamp ## Pin the newest versions that setup.cfg allows (ARGS="--upgrade"); needs uv
	@$(BIN)/python -m uv --version >/dev/null 2>&1 || { echo "The lock is made with uv: run '$(BIN)/python -m pip install uv' first."; exit 1; }
	$(BIN)/python $(LOCK) $(ARGS) setup.cfg --extra postgres --extra demo -o requirements.lock
	$(BIN)/python $(LOCK) $(ARGS) setup.cfg --extra postgres --extra demo --extra test -c requirements.lock -o requirements-test.lock

clean: ## Remove what was made, .venv and caches; instance/ with the market's data stays
	rm -rf .venv build instance/static $(dir $(TUS_JS) $(LIGHTHOUSE)) $(CATALOGUES) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The newest Python that has venv and pip in it; some names on the PATH lead nowhere.
$(BIN)/python:
	@seen=""; for python in $${PYTHON:-$(PYTHONS)}; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; seen=$$python; \
	  "$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
	  echo "Using $$("$$python" --version)"; exec "$$python" -m venv --clear .venv; \
	done; \
	if [ -n "$$seen" ]; then echo "$$seen cannot make virtual environments. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; \
	else echo "Python 3.11 or newer is needed. On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2; fi; exit 1

PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps
.venv/run.stamp: requirements.lock | $(BIN)/python
	@echo "Installing what the market needs"; $(PIP) -r $< && touch $@

.venv/test.stamp: requirements-test.lock requirements.lock | $(BIN)/python
	@echo "Installing what its tests need"; $(PIP) -r $< && touch .venv/run.stamp $@

$(TUS_JS) $(LIGHTHOUSE): %/node_modules/.stamp: %/package-lock.json | .venv/test.stamp
	@echo "Installing what others wrote: $(notdir $*)"; $(BIN)/python -m tests.tools.node $* && touch $@

%.mo: %.po .venv/run.stamp
	@$(BIN)/pybabel -q compile -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

instance/static/.stamp: $(STATIC) $(wildcard shop/core/assets.py) .venv/run.stamp
	@$(BIN)/flask assets build && mkdir -p $(@D) && touch $@
