# make site · make serve · make check · make urls · make test · make bench · make archive · make nightly
# Each needs Python 3.11 or later and nothing else; the virtual environment is made where it is missing.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
ENGINE ?= mkdocs
ARCHIVE ?= site.tar

.DEFAULT_GOAL := site
.PHONY: install site archive serve check urls test bench nightly lock clean

install: $(VENV)/.site

# SITE_URL in the environment is the site's address where it is not the one in mkdocs.yml.
site: $(VENV)/.site
	$(RUN) build_site.py build $${SITE_URL:+--site-url "$$SITE_URL"}

# The site for any host: one file, with no links in it.
archive: site
	tar --create --dereference --hard-dereference --file $(ARCHIVE) --directory site .

serve: $(VENV)/.site
	$(RUN) build_site.py serve

check: $(VENV)/.site
	$(RUN) build_site.py check

# Adds the site's new URLs to published-urls.txt, for somebody to commit.
urls: $(VENV)/.site
	$(RUN) build_site.py urls --write

test: $(VENV)/.test
	$(RUN) -m pytest -n auto --dist loadfile --no-loadscope-reorder

# QUICK=1 takes at most 3 minutes. The results go to bench/results/, from which bench/report.py makes tables.
bench: $(VENV)/.test
	$(RUN) bench/run.py $(if $(QUICK),--quick --results bench/results/quick.json,--results bench/results/full.json)

# What time undoes, as Markdown in nightly/: reviews that are overdue, published URLs that nobody has committed to
# the log, and links to other sites that lead nowhere. The site is built with an address that is reserved for examples, so that its own is not asked for.
# lychee's exit code for dead links is 2; anything else but 0 is a failure.
nightly: $(VENV)/.site $(VENV)/.links
	mkdir -p nightly .cache
	$(RUN) -m scripts.overdue $${SITE_URL:+--site-url "$$SITE_URL"} > nightly/overdue.md
	$(RUN) -m scripts.unlogged_urls > nightly/urls.md
	$(RUN) build_site.py build --output .cache/linked --site-url https://nattlig.example/
	$(VENV)/bin/lychee --config .github/lychee.toml --root-dir "$(CURDIR)/.cache/linked" --output nightly/links.json .cache/linked || test $$? -eq 2
	$(RUN) -m scripts.dead_links nightly/links.json --site .cache/linked > nightly/dead-links.md

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.lock | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/.test: requirements-test.lock package-lock.json $(VENV)/.site
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-test.lock
	$(RUN) tests/tools.py install
	@touch $@

# The link checker is large, and only the nightly round needs it.
$(VENV)/.links: requirements-links.lock | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-links.lock
	@touch $@

$(VENV)/.lock: requirements-lock.lock | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-lock.lock
	@touch $@

# Made anew after a change in pyproject.toml: names, versions and hashes, no index addresses. What makes them is
# pinned by the last of them.
lock: $(VENV)/.lock
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --output-file requirements.lock pyproject.toml
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra test --constraint requirements.lock --output-file requirements-test.lock pyproject.toml
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra pdf --constraint requirements.lock --output-file requirements-pdf.lock pyproject.toml
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group links --output-file requirements-links.lock
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group lock --output-file requirements-lock.lock

clean:
	rm -rf $(VENV) node_modules site .site.releases nightly $(ARCHIVE)
