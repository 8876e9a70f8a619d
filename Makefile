# Everything a person does with this repository. `make help` lists it.
# Needs Python >= 3.11 with venv, git and nothing else: what more it takes goes into .venv.

VENV := .venv
export PYTHON
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := requirements/lock.txt
NPM := $(BIN)/python scripts/npm.py
PYTEST := $(BIN)/python -m pytest
LESSONS := $(wildcard lessons/*.ipynb lessons/*/*.ipynb)
# Once more where the browser's driver has died, which tests/browser/conftest.py tells by this code.
in_browser = run() { $(PYTEST) --quiet -m "$(1)" tests/browser; }; run || { [ $$? -eq 75 ] && run; }
# Tests speak English, whatever the language of whoever runs them; Chinese lessons speak Chinese all the same.
unit lessons browser kernels: export GRAPHLAB_LANGUAGE = en

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: bench-lessons bench-live bench-view help lab test oracle unit lessons browser kernels pictures chromium binder format lint types frontend bench bench-engine bench-io docs lock clean

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: $(VENV)/.stamp-lab frontend ## Set everything up and open JupyterLab on your copy of the lessons.
	$(BIN)/graphlab lab

test: lint types frontend unit lessons browser ## Set everything up and run every check and test.

unit: $(VENV)/.stamp-dev frontend ## Run the tests that need neither kernel nor browser.
	$(NPM) test
	$(PYTEST) --quiet --doctest-modules graphlab labext
	$(PYTEST) --quiet --numprocesses auto -m "not browser"

lessons: $(VENV)/.stamp-dev frontend ## Run the lessons and compare with their stored outputs.
	$(if $(LESSONS),$(PYTEST) --quiet --nbval --nbval-current-env --nbval-sanitize-with tests/lessons/sanitize.cfg $(LESSONS))

browser: $(VENV)/.stamp-dev frontend chromium ## Run the lessons in a real JupyterLab in a real browser.
	$(call in_browser,browser and not kernels)

kernels: $(VENV)/.stamp-dev frontend chromium ## Train in the browser on each kernel that we support; fetches these kernels.
	$(call in_browser,kernels)

pictures: browser ## Renew the README's picture from what the browser tests saw.
	mkdir -p docs/images
	cp tests/screenshots/lesson-light.png docs/images/lesson.png

chromium: $(VENV)/.stamp-dev
	@$(BIN)/python -m tests.browser.chromium

binder: $(VENV)/.stamp-venv ## Check the environment that Binder will build.
	@bash scripts/check_binder.sh $(VENV)/binder

format: $(VENV)/.stamp-dev ## Format the Python code.
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

lint: $(VENV)/.stamp-dev ## Check style, format and spelling.
	$(BIN)/codespell
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.stamp-dev frontend ## Check types, Python's and TypeScript's.
	$(BIN)/mypy
	$(NPM) run check

frontend: $(VENV)/.stamp-lab ## Build the notebook front end where its sources changed.
	@$(BIN)/python hatch_build.py

oracle: $(VENV)/.stamp-dev ## Ask real TensorFlow again for the answers that tests compare with.
	$(BIN)/python -m tests.oracle $(ORACLE_FLAGS)

bench: $(VENV)/.stamp-dev frontend ## Run the benchmarks.
	$(BIN)/python -m benchmarks

bench-engine: $(VENV)/.stamp-dev ## Compare the engine with hand-written JAX and TensorFlow.
	$(BIN)/python -m benchmarks.engine

bench-io: $(VENV)/.stamp-dev ## Compare saving, restoring and event files with TensorFlow.
	$(BIN)/python -m benchmarks io

bench-lessons: $(VENV)/.stamp-dev frontend ## Run each lesson twice, and measure time and memory.
	$(BIN)/python -m benchmarks.lessons

bench-live: $(VENV)/.stamp-dev frontend chromium ## Measure what live plots and views cost a training loop.
	$(BIN)/python -m benchmarks.live

bench-view: $(VENV)/.stamp-dev frontend chromium ## Compare the graph view with TensorBoard, and Model Explorer if it is on PATH.
	$(BIN)/python -m benchmarks.view

docs: $(VENV)/.stamp-dev frontend ## Build the site, with the lessons and the interfaces, into build/docs.
	$(BIN)/python scripts/build_docs.py build/docs
	@echo "Open build/docs/index.html"

lock: $(VENV)/.stamp-venv ## Choose new versions of all packages, for every Python we support.
	$(PIP) install uv
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --all-extras --group dev --upgrade \
		--universal --python-version 3.11 --no-emit-index-url --no-annotate --quiet --output-file $(LOCK)

clean: ## Remove what was built or installed here, .venv included.
	rm -rf $(VENV) .oracle build dist labext/static labext/frontend/node_modules tests/screenshots .*_cache

$(VENV)/.stamp-venv:
	@sh scripts/create_venv.sh $(VENV)
	@touch $@

$(VENV)/.stamp-lab: $(VENV)/.stamp-venv pyproject.toml $(LOCK)
	@echo "Installing packages into $(VENV) (some minutes, once) ..."
	$(PIP) install --upgrade "pip>=25.1"
	$(PIP) install --constraint $(LOCK) --group build
	$(PIP) install --constraint $(LOCK) --no-build-isolation --editable ".[plotly]"
	@touch $@

$(VENV)/.stamp-dev: $(VENV)/.stamp-lab
	$(PIP) install --constraint $(LOCK) --group dev
	$(PIP) check
	@# The tests use nbgrader's commands; whoever opens the lessons shall not meet its menus.
	@rm -rf $(VENV)/share/jupyter/labextensions/@jupyter/nbgrader $(VENV)/etc/jupyter/jupyter_server_config.d/nbgrader.json
	@touch $@
