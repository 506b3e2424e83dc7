PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
TOOLS := .venv/.tools

.PHONY: help setup lock crawl postgres spark test test-long test-cluster matrix lint clean quality sites quality-peers noloss bench-clean bench-learn bench-rules bench-crawl \
	bench-internet bench-warc bench-dedup bench-damage bench-form bench-scale bench-workers train release-check docs reference test-docs
.DEFAULT_GOAL := setup

help: ## this list
	@sed -nE 's/^([a-z][a-z-]*):.*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | sort | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

setup: $(READY) ## .venv/ from requirements.lock: what running needs

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info[:2] < (3, 14) else "wenqing needs Python 3.11 to 3.13: make PYTHON=python3.12 setup")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $(READY)

# What tests, checks and benchmarks need beside it.
$(TOOLS): requirements-dev.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $(TOOLS)

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header
lock: ## pin every package again, for Python 3.11 to 3.13
	$(LOCK) --extra dev pyproject.toml -o requirements-dev.lock
	$(LOCK) --constraint requirements-dev.lock pyproject.toml -o requirements.lock

release-check: $(TOOLS) ## wheel and sdist, installed into a fresh environment, do the main job from another folder
	$(BIN)/python deploy/release_check.py

# The main job. Without SITE: every spider over the saved pages of fixtures/, no network. With SITE: a live crawl.
crawl: $(READY) ## every spider over the saved pages of fixtures/, no network; SITE=NAME: a live crawl
ifdef SITE
	$(BIN)/scrapy crawl $(SITE)
else
	$(BIN)/scrapy crawl --replay fixtures -s DATA_DIR=data/example
endif

test: $(TOOLS) ## all tests but the long ones, no network
	$(BIN)/python -m pytest -n 3 --dist worksteal -m "not long and not cluster"

matrix: $(TOOLS) ## docs/reliability.md from the tests
	$(BIN)/python -m tests.matrix

reference: $(TOOLS) ## docs/reference/ from the program
	$(BIN)/python -m deploy.reference

docs: $(TOOLS) reference ## the documentation as a site, into site/; no network
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build

test-docs: $(TOOLS) ## every command and example of the documentation, in order
	$(BIN)/python -m pytest -n 2 -m long tests/test_docs.py tests/test_examples.py

test-long: $(TOOLS) ## the tests that take minutes
	$(BIN)/python -m pytest -m long

# A Spark of this machine alone: PySpark must be in .venv (pip install 'pyspark>=4'), and Java 17 or later.
spark: $(READY) ## a Spark master at spark://127.0.0.1:7077 with one worker, until Ctrl-C; WORKERS=N cores
	$(BIN)/python -m deploy.spark $(WORKERS)

# A PostgreSQL of this machine alone, below data/pg: its programs must be there (apt-get install postgresql).
postgres: $(READY) ## a ledger for several processes, on a socket in data/pg and the loopback, until Ctrl-C
	$(BIN)/python -m deploy.postgres

test-cluster: $(TOOLS) ## the tests that need Spark or PostgreSQL; what is not there is skipped and named, nothing is installed
	$(BIN)/python -m pytest -m cluster -rs

lint: $(TOOLS) ## ruff format --check, ruff check, mypy
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

clean: ## remove the environments and data/example
	rm -rf .venv .venv-peers .venv-peers-newer .venv-train data/example

# Other extractors to measure against, in an environment of their own. --no-deps: the pinned list is whole.
PEERS := .venv-peers/.ready
$(PEERS): benchmarks/requirements-peers.txt | $(READY)
	$(BIN)/python -m venv --clear .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

# magic-html needs a newer Python than others may run on here; those stay on ours, so that speeds compare.
NEWER := .venv-peers-newer/.ready
NEWER_PYTHON = $(firstword $(shell for python in python3.12 python3.13 "$$(pyenv root 2>/dev/null)"/versions/3.1[23].*/bin/python; \
	do "$$python" -c '' 2>/dev/null && echo "$$python"; done))
$(NEWER): benchmarks/requirements-peers.txt
	$(or $(NEWER_PYTHON),false) -m venv --clear .venv-peers-newer
	.venv-peers-newer/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

quality: $(TOOLS) ## accuracy over the fixtures (and ../shared); ARGS=--raise lifts the floors
	$(BIN)/python -m benchmarks.quality $(ARGS)

sites: $(TOOLS) ## source, template and accuracy over labelled pages of the registered sites; ARGS=DIR
	$(BIN)/python -m benchmarks.sites $(ARGS)

quality-peers: $(TOOLS) $(PEERS) ## the same pages through other extractors
	-@$(MAKE) --no-print-directory $(NEWER)
	$(BIN)/python -m benchmarks.compare

noloss: $(TOOLS) ## real texts without noise, fetched once into .corpora/: what cleaning takes from them; ARGS="--show N --dir DIR --frames ../shared/pages"
	$(BIN)/python -m benchmarks.noloss $(ARGS)

bench-clean: $(TOOLS) ## cleaning speed, ends with one JSON line; ARGS=--long: memory over 100,000 pages
	-@$(MAKE) --no-print-directory $(PEERS)
	$(BIN)/python -m benchmarks.clean $(ARGS)

# The judge of lines, taught again from ../shared and .corpora (make noloss), in an environment of its own.
TRAIN := .venv-train/.ready
$(TRAIN): benchmarks/requirements-train.txt requirements-dev.lock
	$(PYTHON) -m venv --clear .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

train: $(TRAIN) ## the weights of the judge of lines, made again; ARGS=--check: scored out of fold by domain
	.venv-train/bin/python -m benchmarks.train $(ARGS)

bench-rules: $(TOOLS) ## every rule on 100,000 characters of its worst input
	$(BIN)/python -m benchmarks.rules

bench-crawl: $(TOOLS) ## a whole crawl on the loopback beside a bare spider, ends with one JSON line; ARGS="--pages N"
	$(BIN)/python -m benchmarks.crawl $(ARGS)

bench-internet: $(TOOLS) ## all sites at once on the loopback, crawled by the program and measured, ends with one JSON line; ARGS="--seed S --sites N --documents M"
	$(BIN)/python -m benchmarks.internet $(ARGS)

bench-warc: $(TOOLS) ## scrapy clean over 1 GB of WARC: speed and memory, ends with one JSON line; ARGS="--mb N"
	$(BIN)/python -m benchmarks.warc $(ARGS)

bench-dedup: $(TOOLS) ## planted copies found, beside MinHash, ends with one JSON line; ARGS="--documents N --seed S --batch"
	$(BIN)/python -m benchmarks.dedup $(ARGS)

bench-learn: $(TOOLS) ## sites learned from their own pages: what it gives, what texts lose by it, how long it takes; ARGS="--dir DIR"
	$(BIN)/python -m benchmarks.learn $(ARGS)

bench-scale: $(TOOLS) ## many files on every engine, rounds beside the batch, writers of a ledger, ends with one JSON line; ARGS="--dumps N --documents N"
	$(BIN)/python -m benchmarks.scale $(ARGS)

bench-workers: $(TOOLS) ## three machines (namespaces; as root) share a crawl, one is killed and one cut off, ends with one JSON line; ARGS="--pages N --hosts N"
	$(BIN)/python -m benchmarks.workers $(ARGS)

bench-form: $(TOOLS) ## paragraphs, outlines and spun text on real texts, ends with one JSON line; ARGS="--dir DIR"
	$(BIN)/python -m benchmarks.form $(ARGS)

bench-damage: $(TOOLS) ## planted damage repaired, by kind, ends with one JSON line; ARGS="FILE…" plants into those texts
	$(BIN)/python -m benchmarks.damage $(ARGS)
