# What people who work on Deploytrace run. It needs a JDK 17 or newer, and nothing else.
.PHONY: help demo test format bench-write bench-ingest torture

MINUTES ?= 10

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST)

demo: ## Record a day of deployments in the embedded database and ask why
	./deploytrace demo

test: ## Build everything, with all checks and all tests
	./mvnw verify

format: ## Format the sources
	./mvnw spotless:apply

bench-write: ## Measure the write path beside its baselines and print the table of docs/performance.md
	./benchmarks/bench-write $(ARGS)

bench-ingest: ## Measure the server's ingest beside the writers without it and print the table of docs/performance.md
	./benchmarks/bench-ingest $(ARGS)

torture: ## Kill, cut and fill everything while spans are written, and check that none is lost (MINUTES=10 SEED=7)
	./mvnw -q -Dquick test -pl buffer -am -Dtest=TortureTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dtorture.minutes=$(MINUTES) $(if $(SEED),-Dtorture.seed=$(SEED))
