# Torvet: every verb is a line or two; what they do stands in deploy/ and the README.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
STAMPS := .venv/stamps
# The locks are complete, so nothing is resolved: older pips take a newer coverage[toml] for an unpinned one.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-deps
STATIC := $(shell find static -type f ! -path 'static/vendor/*' ! -name '*.br' ! -name '*.gz' 2>/dev/null)
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/*.po)
NEXT_REVISION = $(shell printf '%04d' $$(( $$(ls migrations/versions \
	| sed -nE 's/^0*([0-9]+)_.*/\1/p' | sort -n | tail -1) + 1 )))
MEASURED := TORVET_MEASURED=$(CURDIR)/.venv/measured
DEVELOPMENT := TORVET_ENV=development PORT=$(PORT)

COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --python-version 3.11

.PHONY: help run serve setup setup-test test test-quick test-one test-pooler check lint texts migration shell bench locks fonts-cjk
.DELETE_ON_ERROR:

help: ## this list
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/\1|\2/p' $(MAKEFILE_LIST) \
		| while IFS='|' read -r verb words; do printf 'make %-14s %s\n' "$$verb" "$$words"; done

run: setup ## set up, load the demo year, serve on http://127.0.0.1:8000 (PORT=…)
	@$(DEVELOPMENT) $(BIN)/python -m deploy.serve --demo

serve: setup ## serve TORVET_DATA_DIR as in production (README: settings)
	@PORT=$(PORT) $(BIN)/python -m deploy.serve

setup: $(STAMPS)/compressed $(STAMPS)/texts ## only what make run needs

setup-test: setup $(STAMPS)/test $(STAMPS)/chromium ## what make test needs besides

# The coverage bounds speak only when they are missed, so that pytest's summary is the last line.
test: setup-test ## set up and run all tests
	@rm -rf .venv/measured
	@$(DEVELOPMENT) $(MEASURED) $(BIN)/python -m pytest --numprocesses 2 --dist worksteal --junitxml=.venv/tests.xml
	@$(MEASURED) $(BIN)/python -m tests.measuring
	@$(BIN)/coverage report --fail-under=95 > .venv/coverage || { cat .venv/coverage; exit 1; }
	@$(BIN)/coverage report --fail-under=100 --include='app/*/rules.py,app/*/rules/*.py' > .venv/coverage \
		|| { cat .venv/coverage; exit 1; }

test-quick: setup $(STAMPS)/test ## rules, services on SQLite, house rules: under a minute
	@$(DEVELOPMENT) $(BIN)/python -m pytest --numprocesses 2 --database sqlite -m "not slow and not browser" \
		-k "test_rules or test_services or test_architecture"

check: setup $(STAMPS)/test ## house rules alone: layout, types, style, texts
	@$(DEVELOPMENT) $(BIN)/python -m pytest --quiet --database sqlite tests/test_architecture.py

test-one: setup-test ## one test, file or folder, on both databases: make test-one T=tests/people
	@$(DEVELOPMENT) $(BIN)/python -m pytest $(T)

# PgBouncer 1.18, as Debian has it, is in `make test`; newer ones name statements themselves.
test-pooler: setup-test ## behind another PgBouncer: make test-pooler PGBOUNCER=/path/to/pgbouncer
	@$(DEVELOPMENT) PGBOUNCER=$(PGBOUNCER) $(BIN)/python -m pytest --database postgresql tests/journeys/test_pooler.py

texts: setup ## bring all catalogues up to the texts in code and templates, and compile them
	@TORVET_ENV=development $(BIN)/flask --app app texts update
	@TORVET_ENV=development $(BIN)/flask --app app texts compile

migration: setup ## draft a migration from the models: make migration M="what it does"
	@test -n "$(M)" || { echo 'make migration M="what it does"'; exit 1; }
	@$(DEVELOPMENT) $(BIN)/flask --app app db upgrade
	@$(DEVELOPMENT) $(BIN)/flask --app app db migrate --message "$(M)" --rev-id $(NEXT_REVISION)

shell: setup ## Python with the application's context, on the database of make run
	@$(DEVELOPMENT) $(BIN)/flask --app app shell

fonts-cjk: setup ## fonts for Chinese, Japanese and Korean names on paper (fetches 200 MB)
	@$(BIN)/python -m deploy.fonts_cjk

lint: $(STAMPS)/test ## put code and templates into the house style
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .
	@$(BIN)/djlint --reformat --quiet templates

locks: $(STAMPS)/test ## bring the lock files up to pyproject.toml and package.json
	@$(COMPILE) --extra postgres pyproject.toml -o requirements.lock
	@$(COMPILE) --group test -c requirements.lock -o requirements-test.lock
	@$(COMPILE) --group node -o requirements-node.lock
	@npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved

bench: setup $(STAMPS)/test ## measure speed; prints figures and ratios
	@$(BIN)/python -m bench

$(STAMPS)/venv:
	@echo "Making the virtual environment .venv …"
	@$(PYTHON) deploy/environment.py
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: requirements.lock $(STAMPS)/venv
	@echo "Installing the Python libraries …"
	@$(PIP) --requirement requirements.lock
	@touch $@

$(STAMPS)/test: requirements-test.lock $(STAMPS)/runtime
	@echo "Installing what the tests need …"
	@$(PIP) --requirement requirements-test.lock
	@touch $@

$(STAMPS)/chromium: deploy/chromium.py $(STAMPS)/test
	@$(BIN)/python -m deploy.chromium
	@touch $@

$(STAMPS)/modules: package-lock.json $(STAMPS)/runtime
	@echo "Installing the browser libraries …"
	@$(BIN)/python -m deploy.npm
	@touch $@

$(STAMPS)/vendor: deploy/vendor.py $(STAMPS)/modules
	@$(BIN)/python -m deploy.vendor
	@touch $@

$(STAMPS)/compressed: $(STATIC) $(STAMPS)/vendor
	@echo "Compressing style sheets and scripts …"
	@$(BIN)/python -m whitenoise.compress --quiet static
	@touch $@

$(STAMPS)/texts: $(CATALOGUES) $(STAMPS)/runtime
	@TORVET_ENV=development $(BIN)/flask --app app texts compile
	@touch $@
