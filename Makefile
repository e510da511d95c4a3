# Every target sets itself up in .venv; nothing else on the machine is touched.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-pure test-browser test-node test-office fuzz check form picture bench clean

demo: $(VENV)/installed ## the main job, on the assessments that ship
	@mkdir -p build
	@echo; echo "== What Oxfordshire's board was told"; echo
	@$(BIN)/pbp diff oxfordshire --expect "emerging to developing, Jan 2024"
	@$(BIN)/pbp report oxfordshire -o build/oxfordshire.html
	@echo; echo "== A fictional Place, theme by theme"; echo
	@$(BIN)/pbp diff northam@2023 2024 --workspace examples/riverside
	@$(BIN)/pbp report northam@2024 --workspace examples/riverside -o build/northam.html
	@$(BIN)/pbp report northam --cut page --workspace examples/riverside -o build/northam-page.html
	@$(BIN)/pbp report --site build/riverside --workspace examples/riverside
	@echo; echo "Open build/northam.html, build/northam-page.html, build/riverside/index.html and build/oxfordshire.html in a browser."

test: $(VENV)/dev-installed ## the tests, Python only
	$(BIN)/python -m pytest -n auto -m "not browser and not node and not office" $(ARGS)

test-pure: $(VENV)/dev-installed ## the tests of reading, changing and judging files, without the compiled parser
	PBP_PURE_YAML=1 $(BIN)/python -m pytest -n auto -m "not node and not both_parsers" tests/workspace tests/diagnostics/test_catalogue.py $(ARGS)

test-browser: $(VENV)/browser-installed ## the tests of pages in Chromium, which must be installed
	$(BIN)/python -m pytest -n auto -m browser $(ARGS)

test-node: $(VENV)/dev-installed tests/node/node_modules/installed ## the tests against a language server, the Nu HTML checker (Java 17) and others from npm
	$(BIN)/python -m pytest -n auto -m node $(ARGS)

test-office: $(VENV)/dev-installed ## the tests of Word and PowerPoint files in LibreOffice, and of Markdown with pandoc
	$(BIN)/python -m pytest -n auto -m office $(ARGS)

fuzz: $(VENV)/installed ## ten minutes of random input, guided by what the reader does with it
	$(BIN)/python -m pip install --quiet atheris
	$(BIN)/python tests/fuzz/fuzz_read.py -max_total_time=600

check: $(VENV)/dev-installed ## lint, types, import contract, and our own files
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pbp validate
	$(BIN)/pbp validate --workspace examples/riverside
	$(BIN)/pbp schema --check
	$(BIN)/pbp schema --check --workspace examples/riverside

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

tests/node/node_modules/installed: tests/node/package.json
	npm install --prefix tests/node --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@

$(VENV)/browser-installed: $(VENV)/dev-installed
	$(BIN)/python -m pip install --quiet --group browser
	@touch $@
