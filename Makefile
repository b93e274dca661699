# Two commands serve everyone: `make chat` to try it, `make test` to test it. Both set up what they need.
PYTHON ?= python3
PERSON ?= Anna
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
DEMO_HOME := $(CURDIR)/.home/demo
SOAK_HOME := $(CURDIR)/.home/soak

.PHONY: help setup setup-dev chat test check format catalogues soak clean

help:
	@echo "make chat   set up and talk to the demo household (PERSON=Jonas chooses who you are)"
	@echo "make test   set up and run all tests"
	@echo "make check  ruff, mypy --strict, import rules"
	@echo "make catalogues  compile the translations after a change"
	@echo "make soak   the long measurements, kept in benchmarks/results"
	@echo "make clean  remove the environment and the demo household"

setup: $(RUNTIME)

setup-dev: $(DEV)

$(BIN)/python:
	@$(PYTHON) .ci/check_python.py
	@echo "Creating the Python environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

# The development lock holds everything that the runtime lock does, so it satisfies both.
$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked packages (a few minutes the first time, seconds from a warm cache) ..."
	@$(PIP) install --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked packages and the development tools ..."
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(RUNTIME)

chat: setup
	@RECOMMENDARR_HOME="$(DEMO_HOME)" $(BIN)/recommendarr demo --as "$(PERSON)"

test: setup-dev
	@echo "Running the tests ..."
	@$(BIN)/python -m pytest

check: setup-dev
	@echo "ruff ..."
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "mypy --strict ..."
	@$(BIN)/mypy
	@echo "import rules ..."
	@$(BIN)/lint-imports --no-logo

format: setup-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

catalogues: setup-dev
	@$(BIN)/pybabel --quiet compile -d bot/locale -D recommendarr

soak: setup-dev
	@echo "The long measurements; the reports are kept in benchmarks/results ..."
	@RECOMMENDARR_HOME="$(SOAK_HOME)" $(BIN)/recommendarr models install
	@RECOMMENDARR_KILL_SEEDS=50 $(BIN)/python -m pytest tests/e2e/test_kills.py tests/e2e/platforms/test_killed_run.py
	@RECOMMENDARR_NOISE=200 $(BIN)/python -m pytest tests/e2e/platforms/test_hostile.py
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.chat_soak --home "$(SOAK_HOME)-chat"
	@RECOMMENDARR_SECRET_ANSWERS=10000 RECOMMENDARR_SECRET_REPORT=benchmarks/results \
		$(BIN)/python -m pytest tests/bot/identity/test_secrets_kept.py
	@RECOMMENDARR_REQUEST_KILLS=50 RECOMMENDARR_REQUEST_REPORT=benchmarks/results \
		$(BIN)/python -m pytest tests/bot/services/requesting/test_killed.py
	@$(BIN)/python -m benchmarks.sync --output benchmarks/results/sync.json
	@$(BIN)/python -m benchmarks.sync_kills --seeds 50 --output benchmarks/results/sync-kills.json
	@RECOMMENDARR_HOME="$(SOAK_HOME)" $(BIN)/recommendarr bench --output benchmarks/results/bench.json
	@RECOMMENDARR_HOME="$(SOAK_HOME)" $(BIN)/recommendarr evaluate personal --output benchmarks/results/personal.json
	@RECOMMENDARR_HOME="$(SOAK_HOME)" $(BIN)/recommendarr evaluate group --output benchmarks/results/group.json

clean:
	rm -rf $(VENV) .home .cache
