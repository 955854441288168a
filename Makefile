# Two commands: `make lab` to learn, `make test` to test. Both make the environment in .venv first, if it is not there.

PYTHON ?= python3
BIN := .venv/bin
# JupyterLab refuses to run as root unless told; in a container root is all there is.
ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

.DEFAULT_GOAL := help
.PHONY: help env lab test pins

help: ## this list
	@echo "make lab    set up and open lesson 1 in JupyterLab   (make lab ARGS=\"--no-browser --port 8899\")"
	@echo "make test   set up and run every test                (make test ARGS=\"-k gates\")"
	@echo "make env    only set up: the environment in .venv"
	@echo "make pins   for maintainers: write requirements.txt anew from requirements.in"

env:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "make: there is no $(PYTHON) here; install Python 3.11 to 3.13 from https://www.python.org/downloads/, or name it: make PYTHON=/path/to/python3.12 lab" >&2; exit 1; }
	@$(PYTHON) tools/environment.py

lab: env
	@exec $(BIN)/python -m jupyter lab $(ROOT) $(ARGS) notebooks/01_neuron.ipynb

test: env
	@$(PYTHON) tools/environment.py tests/requirements.txt
	@exec $(BIN)/python -m pytest -n auto --maxprocesses 4 $(ARGS)

pins: env
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --annotation-style line --no-emit-index-url --custom-compile-command "make pins" requirements.in -o requirements.txt
	@$(BIN)/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --annotation-style line --no-emit-index-url --custom-compile-command "make pins" -c requirements.txt tests/requirements.in -o tests/requirements.txt
