# On a fresh machine with Python 3.11+ and Node, `make run` starts everything and `make test` tests everything.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
ifneq ($(words $(VENV)),1) # make would take it for several folders, and clear each of them
$(error VENV must be a path without spaces, not "$(VENV)"; one that is relative to this folder needs none)
endif
# Whether $(VENV) may be cleared: nothing is there, or a virtual environment.
is_venv = [ ! -e $(VENV) -o -e $(VENV)/pyvenv.cfg ] || { echo "$(VENV) is no virtual environment, so it is not cleared; remove it yourself, or set another VENV"; exit 1; }
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV := .cache/uv-$(shell sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements/uv.txt)/bin/uv
COMPOSE := .cache/podman-compose
# Extra arguments for the commands and for pytest, for example: make run ARGS="--in-memory --logs"
ARGS ?=

.PHONY: help
help: ## Show this help
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: $(READY) ## Start the whole system on this machine; Ctrl-C stops it
	@$(BIN)/python -m local run $(ARGS)

.PHONY: demo
demo: $(READY) ## Play the first minutes of a new user against the running system
	@$(BIN)/python -m local demo $(ARGS)

.PHONY: rotate-certs
rotate-certs: $(READY) ## Reissue all mesh certificates while the system runs
	@$(BIN)/python -m local rotate-certs $(ARGS)

.PHONY: rotate-keys
rotate-keys: $(READY) ## Add a signing key for tokens; a running system picks it up
	@$(BIN)/python -m local rotate-keys $(ARGS)

.PHONY: admin
admin: $(READY) ## Make a user of the running system an admin: make admin USER=ada
	@[[ "$(origin USER)" = "command line" && -n "$${USER//[[:space:]]/}" ]] || { echo "name the user: make admin USER=ada"; exit 2; }
	@$(BIN)/python -m local make-admin $(ARGS) -- "$$USER"

.PHONY: test
test: lint types web-check ## Check and test everything, as CI does
	@$(BIN)/python -m local fetch --quiet
	@$(BIN)/python -m tests.web fetch || true # without a browser, the tests of pages fail and say what is missing
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS) # two processes, each with its own dependencies; testpaths has the order

.PHONY: lint
lint: $(READY) ## Check style, contracts, generated code, imports and secrets
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m codegen.contracts --lint --check python typescript
	@$(BIN)/python -m codegen.breaking
	@$(BIN)/lint-imports
	@$(BIN)/bandit --quiet --configfile pyproject.toml --recursive services envoy local codegen requirements containers bench clients/python/src
	@git ls-files -z -- ':!gen/ts/*_pb.js' | xargs -0 $(BIN)/detect-secrets-hook --disable-plugin KeywordDetector

.PHONY: types
types: $(READY) ## Check types
	@$(BIN)/python -m mypy

.PHONY: unit
unit: $(READY) ## Run the tests that do not need the whole system
	@$(BIN)/python -m local fetch --quiet
	@$(BIN)/python -m pytest tests/unit tests/stores tests/services tests/edge $(ARGS)

.PHONY: e2e
e2e: $(READY) ## Run the tests of the whole system
	@$(BIN)/python -m local fetch --quiet
	@$(BIN)/python -m pytest tests/e2e $(ARGS)

.PHONY: rolling
rolling: $(READY) ## Restart each replica of each service 100 times under load
	@$(BIN)/python -m local fetch --quiet
	@CNOP_ROLLING_ROUNDS=$${CNOP_ROLLING_ROUNDS:-100} $(BIN)/python -m pytest -s tests/e2e/test_rolling_restarts.py $(ARGS)

.PHONY: bench-tools
bench-tools:
	@"$(PYTHON)" -m bench.tools

.PHONY: bench
bench: bench-tools $(READY) ## Measure the system on this machine
	@$(BIN)/python -m local fetch --quiet
	@$(BIN)/python -m bench $(ARGS)

.PHONY: chaos
chaos: $(READY) ## Run the system under load and faults, then check that its books balance
	@$(BIN)/python -m local fetch --quiet
	@$(BIN)/python -m tests.chaos $(ARGS)

.PHONY: fuzz
fuzz: $(READY) ## Send malformed protobufs, HTTP/2 frames and JSON for ten minutes
	@$(BIN)/python -m local fetch --quiet
	@$(BIN)/python -m tests.fuzz $(ARGS)

.PHONY: test-web
test-web: $(READY) ## Test the web client and all other pages in a real browser; needs npm
	@$(BIN)/python -m local fetch --quiet
	@$(BIN)/python -m tests.web fetch
	@$(BIN)/python -m pytest tests/web $(ARGS)

.PHONY: test-docs
test-docs: $(READY) ## Test the API reference at /docs in a real browser; needs npm
	@$(BIN)/python -m local fetch --quiet
	@$(BIN)/python -m tests.web fetch
	@$(BIN)/python -m pytest tests/web/test_pages.py -k docs $(ARGS)

.PHONY: web-packages
web-packages:
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js 20.19 or newer, which includes it"; exit 1; }
	@cd web && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --no-audit --no-fund; }

.PHONY: web-check
web-check: web-packages ## Check the web client: generated code, types, style and unit tests; needs npm
	@cd web && npm run --silent check && npm test --silent

.PHONY: web-dev
web-dev: web-packages ## Serve the web client with hot reload, on port 5173, beside `make run`; needs npm
	@cd web && npm run dev

.PHONY: web-shots
web-shots: $(READY) ## Take a picture of every page of the web client, into .cache/shots; ARGS="--only trade"
	@$(BIN)/python -m local fetch --quiet
	@$(BIN)/python -m tests.web shots $(ARGS)

.PHONY: bench-web
bench-web: $(READY) ## Measure the web client in a real browser; ARGS="--minutes 1"
	@$(BIN)/python -m local fetch --quiet
	@$(BIN)/python -m tests.web bench $(ARGS)

.PHONY: images
images: ## Build the container images; TAG=, BASE=, EDGE_BASE=, NODE=, PREVIOUS=, PLATFORM=, TOOL=docker|podman|buildah
	@$(PYTHON) -m containers.images $(if $(TAG),--tag "$(TAG)") $(if $(BASE),--base "$(BASE)") \
		$(if $(EDGE_BASE),--edge-base "$(EDGE_BASE)") $(if $(NODE),--node "$(NODE)") \
		$(if $(PREVIOUS),--previous "$(PREVIOUS)") \
		$(if $(PLATFORM),--platform "$(PLATFORM)") $(if $(TOOL),--tool "$(TOOL)") $(ARGS)

.PHONY: compose-up
compose-up: ## Start the system in containers, with docker compose or podman-compose
	@$(PYTHON) -m containers.compose up $(ARGS)

.PHONY: compose-down
compose-down: ## Stop it, and remove its containers and data
	@$(PYTHON) -m containers.compose down $(ARGS)

.PHONY: test-compose
test-compose: $(READY) $(COMPOSE)/compose.txt ## Build the images and trade in containers; needs root, and Docker or Podman
	@$(BIN)/python -m local fetch --quiet
	@PATH="$(CURDIR)/$(COMPOSE)/bin:$$PATH" $(BIN)/python -m pytest -s tests/compose $(ARGS)

$(COMPOSE)/compose.txt: requirements/compose.txt | $(READY)
	@rm -rf $(COMPOSE) && $(PYTHON) -m venv $(COMPOSE) && $(COMPOSE)/bin/pip install --disable-pip-version-check \
		--quiet --no-deps --require-hashes -r requirements/compose.txt && cp requirements/compose.txt $@

.PHONY: chart
chart: $(READY) ## Generate the README and the schema of the Helm chart; needs Go
	@$(BIN)/python -m tests.chart.programs helm-docs
	@$(BIN)/python -m tests.chart.schema
	@cd helm/cnop && ../../.cache/kubernetes/bin/helm-docs --log-level error

.PHONY: test-chart
test-chart: $(READY) ## Test the Helm chart on a real API server; needs Go, and up to 20 minutes to build it once
	@$(BIN)/python -m tests.chart.programs
	@$(BIN)/python -m pytest tests/chart $(ARGS)

.PHONY: kind-up
kind-up: $(READY) ## Install the system in a cluster of Kind: cluster, images, chart; needs Docker, Kind, kubectl and helm
	@$(BIN)/python -m local.kind up $(ARGS)

.PHONY: kind-down
kind-down: $(READY) ## Delete that cluster and all its data
	@$(BIN)/python -m local.kind down

.PHONY: test-cluster
test-cluster: $(READY) ## Test the chart in a real Kubernetes on this machine; needs root, Debian, Go, and podman and buildah
	@$(BIN)/python -m tests.cluster test $(ARGS)

.PHONY: audit
audit: $(READY) ## Check all locked Python packages for known vulnerabilities
	@$(BIN)/python -m requirements.audit $(ARGS)

.PHONY: gen
gen: $(READY) ## Generate gen/ from the contracts in proto/; needs npm and Go
	@$(BIN)/python -m codegen.contracts $(ARGS)

.PHONY: gen-check
gen-check: $(READY) ## Check that gen/ is up to date and builds in all languages; needs npm, Go and Maven
	@$(BIN)/python -m codegen.contracts --check
	@$(BIN)/python -m codegen.packages

.PHONY: breaking
breaking: $(READY) ## Check that the contracts are compatible with those of main
	@$(BIN)/python -m codegen.breaking $(ARGS)

.PHONY: test-clients
test-clients: $(READY) ## Run the clients of all languages against the running system; needs npm, Go and Maven
	@$(BIN)/python -m local fetch --quiet
	@$(BIN)/python -m tests.clients
	@$(BIN)/python -m tests.web fetch
	@$(BIN)/python -m pytest tests/clients tests/web/test_typescript_client.py $(ARGS)

.PHONY: lock
lock: $(UV) ## Regenerate the lock files, with hashes; UPGRADE=1 upgrades the Python packages
	@$(call lock,services)
	@$(call lock,edge,-c requirements/services.txt)
	@$(call lock,dev,-c requirements/services.txt -c requirements/edge.txt)
	@$(call lock,exchange,-c requirements/dev.txt)
	@$(call lock,compose)
	@$(call lock,chart)
	@$(call lock,chart-programs,--no-deps)
	@$(call lock,uv)
	@$(BIN)/python -m requirements.npm_lock
lock = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --no-annotate $(if $(UPGRADE),--upgrade) $(2) requirements/$(1).in -o requirements/$(1).txt

.PHONY: lock-check
lock-check: $(UV) ## Check that each locked package has a wheel for each supported platform
	@$(BIN)/python -m requirements.wheels $(UV)

$(UV): | $(READY)
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --require-hashes \
		--target $(UV:/bin/uv=) -r requirements/uv.txt

.PHONY: clean
clean: ## Remove the environment, caches, and the data of `make run`
	@"$(PYTHON)" -m local.source_tree
	@$(is_venv)
	@rm -rf $(VENV) .cache .data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@rm -rf clients/ts/node_modules clients/ts/dist web/node_modules web/dist tests/web/node_modules gen/java/target clients/java/client/target
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# .ready marks a complete virtual environment, as new as the lock file. An older one is updated; one without .ready (an
# interrupted installation) is recreated.
$(READY): requirements/dev.txt pyproject.toml
	@$(is_venv)
	@"$(PYTHON)" -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; set PYTHON=... to use another one")'
	@if [ -e $@ ] && $(BIN)/python -m pip --version >/dev/null 2>&1; then \
		echo "updating the virtual environment"; \
	else \
		echo "creating the virtual environment (about 400 MB, once)"; \
		"$(PYTHON)" -m venv --clear $(VENV) || { echo "the venv module is missing (Debian: apt-get install python3-venv)"; exit 1; }; \
	fi
	@rm -f $@
	@set -o pipefail; $(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --require-hashes -r requirements/dev.txt \
		| awk -v all="$$(grep -c == requirements/dev.txt)" \
			'/^ *(Downloading|Using cached) /{sub(/^ */, ""); printf "  %d/%d %s\n", ++n, all, $$0; fflush()} \
			/^Installing /{print "  installing"; fflush()}' \
		|| { echo "the packages could not be installed (see the output of pip above); run make again to continue"; exit 1; }
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m local.binaries
	@touch $@
