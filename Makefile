# What people who work on Deploytrace run. It needs a JDK 17 or newer, and nothing else.
.PHONY: help demo test format bench-write

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
