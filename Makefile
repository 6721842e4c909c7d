# What people who work on Deploytrace run. It needs a JDK 17 or newer, and nothing else.
.PHONY: help demo test format bench-write bench-ingest torture torture-server

MINUTES ?= 10
KILLS ?= 50

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

torture-server: ## Kill the server while clients send to it, and check what they were told (KILLS=50 SEED=7)
	./mvnw -q -Dquick test -pl cli -am -Dtest=ServerKillTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dserver.torture.kills=$(KILLS) $(if $(SEED),-Dserver.torture.seed=$(SEED))
