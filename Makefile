# Two commands: `make run` serves the demonstration, `make test` runs everything that must hold.
# Both make what they need; a second call does only what has changed.

.DEFAULT_GOAL := help
.PHONY: help run test screenshots lint format lock bench-search bench-desk bench-freshness

PORT ?= 8000
STUDIES ?= 600000
export PORT
export PYTHON

BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes
PIP_COMPILE := var/lock-tools/bin/pip-compile --quiet --quiet --generate-hashes --strip-extras \
	--no-emit-find-links --no-emit-index-url --no-emit-trusted-host

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

run: .venv/installed ## serve the demonstration at http://127.0.0.1:8000/ (PORT=8001 elsewhere)
	@exec $(BIN)/python manage.py serve

test: .venv/installed-dev lint ## run lint, types, contracts and the whole suite, Chromium included
	@CHROMIUM="$$(scripts/find-browser)" && export CHROMIUM && \
	$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile

screenshots: .venv/installed-dev ## take the screenshots of docs/editors.md anew
	@CHROMIUM="$$(scripts/find-browser)" && export CHROMIUM && \
	SCREENSHOTS=1 $(BIN)/python -m pytest --quiet tests/browser/test_desk_journey.py

lint: .venv/installed-dev ## check style, types and who may import whom
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/lint-imports --no-cache >.venv/contracts || { cat .venv/contracts; exit 1; }
	@echo "Style, types, templates and import contracts hold."

format: .venv/installed-dev ## lay the code out and repair what can be repaired
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format .

bench-search: .venv/installed-dev ## time searches on STUDIES=600000 synthetic trials (hours; 20000: minutes)
	@$(BIN)/python bench/search_bench.py --studies $(STUDIES)

bench-desk: .venv/installed-dev ## time the admin's lists and forms on STUDIES=600000 trials written by SQL
	@$(BIN)/python bench/desk_bench.py --trials $(STUDIES)

bench-freshness: .venv/installed-dev ## time counting the freshness figures at a tenth of STUDIES=600000 and at all
	@$(BIN)/python bench/freshness_bench.py --trials $(STUDIES)

lock: var/lock-tools/bin/pip-compile ## write both lock files from pyproject.toml
	@CUSTOM_COMPILE_COMMAND="make lock" $(PIP_COMPILE) --output-file=requirements.lock pyproject.toml
	@CUSTOM_COMPILE_COMMAND="make lock" $(PIP_COMPILE) --extra=dev --constraint=requirements.lock \
		--output-file=requirements-dev.lock pyproject.toml

# --- What the commands need -------------------------------------------------------------------

# An environment whose Python has gone (an upgrade, a copied folder) is made anew.
ifneq ($(shell if $(BIN)/python -c "" >/dev/null 2>&1; then echo works; fi),works)
.PHONY: .venv/made
endif

.venv/made:
	@python=$$(scripts/find-python) && \
	if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
		echo "Making the virtual environment .venv with $$python …"; \
		"$$python" -m venv --clear .venv; \
	fi
	@touch $@

.venv/installed: requirements.lock .venv/made
	@echo "Installing the packages of requirements.lock …"
	@$(PIP_INSTALL) -r requirements.lock
	@touch $@

# The development lock holds everything that the other one holds, at the same versions.
.venv/installed-dev: requirements-dev.lock requirements.lock .venv/made
	@echo "Installing the packages of requirements-dev.lock …"
	@$(PIP_INSTALL) -r requirements-dev.lock
	@touch .venv/installed $@

var/lock-tools/bin/pip-compile:
	@python=$$(scripts/find-python) && "$$python" -m venv --clear var/lock-tools
	@var/lock-tools/bin/python -m pip install -qq --disable-pip-version-check "pip-tools>=7.5,<8"
