# One command each; `make` alone lists them. Set-up happens by itself where it is needed.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= python3
BIN := .venv/bin
# uv looks for the environment here; bytecode is compiled once, at set-up, not in every process.
export VIRTUAL_ENV := $(CURDIR)/.venv
export UV_COMPILE_BYTECODE := 1
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME FACTPRESS_HOME FACTPRESS_PUBLISHER

.PHONY: help data check report list test notebooks lab lab-test docs verify stress bench a11y lock clean

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | while IFS='|' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

report: .venv/.report ## build the publications that are not current; only=province/zeeland language=nl narrow it; scenario=central
	@$(BIN)/upcm report $(if $(only),--only '$(only)') $(if $(language),--language '$(language)') $(if $(edition),--edition '$(edition)') $(if $(scenario),--scenario '$(scenario)')

data: .venv/.report ## read and check the sources, write data/processed
	@$(BIN)/upcm data $(if $(edition),--edition '$(edition)') $(if $(scenario),--scenario '$(scenario)')

check: .venv/.report ## what the checks find
	@$(BIN)/upcm check $(if $(edition),--edition '$(edition)')

list: .venv/.report ## the publications there are
	@$(BIN)/upcm list

test: .venv/.test ## every test: code, published numbers, contracts, whole publications, notebooks as committed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/upcm data
	@# The longest files come first, as they are collected, so that the workers end together; xdist would have them last.
	@$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder --nbval --nbval-current-env --nbval-sanitize-with tests/nbval.cfg $(or $(pytest),tests notebooks)

notebooks: .venv/.report ## run the committed notebooks again and save their outputs
	@$(BIN)/upcm data
	@$(BIN)/python -m factpress.builder.run notebooks/publications/*.ipynb notebooks/explore/*.ipynb

lab: .venv/.report .venv-lab/.lab ## open JupyterLab on the notebook to start with
	@$(BIN)/upcm data
	@$(BIN)/python -m ipykernel install --prefix .venv-lab --name python3 --display-name "UPCM" >/dev/null
	@cd notebooks && exec ../.venv-lab/bin/jupyter lab --LabApp.default_url=/lab/tree/explore/start.ipynb $(lab)

lab-test: .venv/.browser .venv-lab/.lab ## run the start notebook in JupyterLab and see a preview refresh, in a browser
	@$(BIN)/upcm data
	@$(BIN)/python tests/lab/check.py $(if $(pictures),--pictures '$(pictures)')

docs: .venv/.docs ## the documentation as a site: docs/_build/index.html
	@$(BIN)/python -m sphinx -b html -q -W --keep-going docs docs/_build
	@echo "docs/_build/index.html"

verify: .venv/.report ## build every kind of publication several times, under other conditions, and compare byte by byte; all=1 for all
	@$(BIN)/python tests/bench/verify.py $(if $(all),--all)

stress: .venv/.report ## 500 publications with planted failures, 50 kills at random moments; takes half an hour
	@$(BIN)/python tests/bench/stress.py

bench: .venv/.test ## measure, as ratios within one run; part=ratios (or whole, growth, regions, potential, functions) for one part
	@$(BIN)/python tests/bench/bench.py $(part)

a11y: .venv/.a11y ## check that every page and PDF is accessible; needs npm and a browser; only=zeeland narrows it
	@$(BIN)/upcm report $(if $(edition),--edition '$(edition)')
	@$(BIN)/python tests/a11y/check.py $(if $(edition),'reports/$(edition)') $(if $(only),--only '$(only)')

lock: .venv/.test ## resolve the dependencies anew
	@$(BIN)/uv pip compile pyproject.toml --group test --group docs --group a11y --group lab --group setup --universal --python-version 3.11 \
	  --fork-strategy fewest --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet -o requirements.lock
	@$(BIN)/python tests/contracts/environment.py

clean: ## take away what was built, and the environments
	@rm -rf .venv .venv-lab data/processed reports docs/_build docs/reference

# The environment: uv itself by its locked hash, then what is asked for at the locked versions and hashes.
.venv/bin/uv: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V). Say which: make PYTHON=python3.12 ..." >&2; exit 2; }
	@echo "setting up .venv (once)" >&2
	@$(PYTHON) -m venv --clear .venv
	@awk '/^uv==/{p=1} p{print} p&&!/\\$$/{exit}' requirements.lock > .venv/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock
	@touch $@

.venv/.report: .venv/bin/uv pyproject.toml
	@$(BIN)/uv pip install --quiet -c requirements.lock -r pyproject.toml --group setup
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/.test: .venv/.report
	@$(BIN)/uv pip install --quiet -c requirements.lock --group test
	@touch $@

.venv/.docs: .venv/.report
	@$(BIN)/uv pip install --quiet -c requirements.lock --group docs
	@touch $@

# No browser is downloaded: it is the system's, installed by its packages where that can be done without asking.
.venv/.browser: .venv/.test
	@test -n "$${CHROMIUM:-}" || command -v chromium chromium-browser google-chrome >/dev/null || \
	  { test "$$(id -u)" = 0 && test -e /etc/debian_version && echo "installing chromium (once)" >&2 && \
	    apt-get update -qq >/dev/null && apt-get install -qq --no-install-recommends chromium >/dev/null; } || \
	  { echo "a browser is needed: install chromium, or say where one is: make $(or $(MAKECMDGOALS),a11y) CHROMIUM=/path/to/it" >&2; exit 2; }
	@$(BIN)/uv pip install --quiet -c requirements.lock --group a11y
	@touch $@

.venv/.a11y: .venv/.browser tests/a11y/package.json
	@command -v npm >/dev/null || { echo "npm is needed, for axe-core: install Node.js" >&2; exit 2; }
	@mkdir -p .venv/axe && cp tests/a11y/package.json .venv/axe
	@npm install --prefix .venv/axe --ignore-scripts --no-package-lock --no-audit --no-fund --silent
	@touch $@

.venv-lab/.lab: .venv/.report
	@$(PYTHON) -m venv --clear .venv-lab
	@VIRTUAL_ENV=$(CURDIR)/.venv-lab $(BIN)/uv pip install --quiet -c requirements.lock --group lab
	@touch $@
