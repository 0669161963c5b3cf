# make site · make serve · make check · make test · make bench
# Each needs Python 3.11 or later and nothing else; the virtual environment is made where it is missing.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
ENGINE ?= mkdocs

.DEFAULT_GOAL := site
.PHONY: site serve check test bench lock clean

site: $(VENV)/.site
	$(RUN) build_site.py build

serve: $(VENV)/.site
	$(RUN) build_site.py serve

check: $(VENV)/.site
	$(RUN) build_site.py check

test: $(VENV)/.test
	$(RUN) -m pytest -n auto --dist loadfile

bench: $(VENV)/.test
	$(RUN) bench/run.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.lock | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/.test: requirements-test.lock package-lock.json $(VENV)/.site
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-test.lock
	$(RUN) tests/tools.py install
	@touch $@

# Made anew after a change in pyproject.toml: names, versions and hashes, no index addresses.
lock:
	$(RUN) -m pip install --quiet uv
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --output-file requirements.lock pyproject.toml
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra test --constraint requirements.lock --output-file requirements-test.lock pyproject.toml

clean:
	rm -rf $(VENV) node_modules site .site.releases
