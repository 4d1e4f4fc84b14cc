# make demo: the portal with an invented company, at http://localhost:8000 (PORT= changes it)
# make test: the tests. Both need Python 3.11 or newer and install the rest into .venv
PYTHON ?= python3
PORT ?= 8000
UV_VERSION = 0.13.9
BIN = .venv/bin
SYNC = $(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python

.PHONY: demo test chaos crawl lint lock clean

demo: .venv/demo.stamp
	@DEMO=1 PORT=$(PORT) PYTHONWARNINGS=ignore::SyntaxWarning exec $(BIN)/python manage.py demo

# Python keeps what it compiled, whatever the environment says: two workers and some thirty processes would compile it anew.
test: .venv/dev.stamp
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 2 --dist worksteal -q -m "not browser and not chaos" $(ARGS)

# Kills the worker, the web, the message server and the index writer at random, and reckons afterwards.
chaos: .venv/dev.stamp
	$(BIN)/pytest -q -s -m chaos tests

# Opens every page of a demo as each of the cast and says what is wrong with it; ARGS="--only people" for some.
crawl: .venv/dev.stamp
	$(BIN)/python .ci/crawl.py $(ARGS)

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates
	DEMO=1 $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python .ci/messages.py check
	. .ci/production.env && $(BIN)/python manage.py check --deploy --fail-level WARNING

# After a change of dependencies in pyproject.toml.
lock: .venv/dev.stamp
	$(BIN)/uv pip compile --quiet pyproject.toml --extra demo --generate-hashes --no-emit-index-url --python-version 3.11 -o requirements.lock
	$(BIN)/uv pip compile --quiet pyproject.toml --extra demo --extra dev --generate-hashes --no-emit-index-url --python-version 3.11 -o requirements-dev.lock

# Forgets the demo company and everything done in it; the next `make demo` makes a new one.
clean:
	rm -rf .local

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; give its name with PYTHON=" if sys.version_info < (3, 11) else 0)'
	@echo "Installing into .venv"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

# The test environment holds all the demo needs: once there, the demo keeps it.
.venv/demo.stamp: requirements.lock | .venv/bin/uv
	@$(SYNC) $(if $(wildcard .venv/dev.stamp),requirements-dev.lock,requirements.lock)
	@touch $@

.venv/dev.stamp: requirements-dev.lock | .venv/bin/uv
	@$(SYNC) requirements-dev.lock
	@touch .venv/demo.stamp $@
