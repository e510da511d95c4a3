# Every target sets itself up in .venv; nothing else on the machine is touched.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-browser check form picture bench clean

demo: $(VENV)/installed ## the main job, on the assessments that ship
	@mkdir -p build
	@echo; echo "== What Oxfordshire's board was told"; echo
	@$(BIN)/pbp diff oxfordshire --expect "emerging to developing, Jan 2024"
	@$(BIN)/pbp report oxfordshire -o build/oxfordshire.html
	@echo; echo "== A fictional Place, theme by theme"; echo
	@$(BIN)/pbp diff northam@2023 2024 --workspace examples/riverside
	@$(BIN)/pbp report northam@2024 --workspace examples/riverside -o build/northam.html
	@echo; echo "Open build/northam.html and build/oxfordshire.html in a browser."

test: $(VENV)/dev-installed ## the tests, Python only
	$(BIN)/python -m pytest -n auto -m "not browser" $(ARGS)

test-browser: $(VENV)/browser-installed ## the tests of pages in Chromium, which must be installed
	$(BIN)/python -m pytest -n auto -m browser $(ARGS)

check: $(VENV)/dev-installed ## lint, types, import contract, and our own files
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pbp validate
	$(BIN)/pbp validate --workspace examples/riverside

form: $(VENV)/installed ## the blank form that the README offers
	$(BIN)/pbp form -o docs/form.html

picture: $(VENV)/browser-installed ## the README's picture, from the project's own report
	$(BIN)/python docs/make_picture.py

bench: $(VENV)/dev-installed ## validate against its limits, on synthetic workspaces
	$(BIN)/python bench/run.py

clean:
	rm -rf $(VENV) build dist

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/dev-installed: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(VENV)/browser-installed: $(VENV)/dev-installed
	$(BIN)/python -m pip install --quiet --group browser
	@touch $@
