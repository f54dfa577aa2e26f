# congvan: `make help` lists the verbs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INPUT ?= samples
OUTPUT ?= out
FORMAT ?= json,jsonl,xlsx,html,ics
CORPUS ?= corpus
LETTERS ?= 200

.DEFAULT_GOAL := help
.PHONY: help extract test check format score pin bench corpus schema samples catalogue train clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[ocr]'
	$(BIN)/python -m compileall -q schemas extractors pipeline
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,ocr,parquet,cluster]'
	@touch $@

extract: $(VENV)/ready ## read INPUT (samples/) into OUTPUT (out/), print a summary
	@$(BIN)/congvan extract $(INPUT) -o $(OUTPUT) --format $(FORMAT) || [ $$? -eq 1 ]

test: $(VENV)/ready-dev ## every test
	$(BIN)/python -m pytest -q

check: $(VENV)/ready-dev ## format, lint, types, import directions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/ready-dev ## format the code and mend what ruff can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

score: $(VENV)/ready-dev ## accuracy on samples/, field by field
	$(BIN)/congvan score samples --misses

pin: $(VENV)/ready-dev ## write samples/scores.json; refuses a loss unless ALLOW_REGRESSION=1
	$(BIN)/congvan score samples --pin samples/scores.json $(if $(ALLOW_REGRESSION),--allow-regression)

bench: $(VENV)/ready-dev ## speed of readers, deadlines, citations and of LETTERS made-up letters
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python benchmarks/readers.py
	$(BIN)/python benchmarks/deadlines.py
	$(BIN)/python benchmarks/references.py
	$(BIN)/python benchmarks/batch.py --letters $(LETTERS)

schema: $(VENV)/ready-dev ## write the JSON Schema of the contract
	$(BIN)/congvan schema > schemas/program.schema.json

catalogue: $(VENV)/ready-dev ## rebuild the catalogue of laws and decrees from the tables in FACTS
	$(BIN)/python -m pipeline.catalogue $(FACTS)

train: $(VENV)/ready-dev ## train the component that knows unknown names (two minutes)
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/train_parties.py

corpus: $(VENV)/ready-dev ## accuracy and outliers on the letters of CORPUS
	$(BIN)/python benchmarks/corpus.py $(CORPUS) -o $(OUTPUT)-corpus

samples: $(VENV)/ready-dev ## set samples/*/*/letter.toml as DOCX and PDF (needs LibreOffice)
	$(BIN)/python samples/typeset.py samples/*/*/letter.toml

clean: ## remove the environment and the results
	rm -rf $(VENV) $(OUTPUT)
