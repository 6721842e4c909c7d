# What people who work on Deploytrace run. It needs a JDK 17 or newer, and nothing else.
.PHONY: help demo test dist check-dist format goldens check-types screenshots bench-write bench-ingest bench-read bench-start torture torture-server torture-servers

MINUTES ?= 10
KILLS ?= 50
SECONDS ?= 60

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST)

demo: ## Record a day of deployments in the embedded database and ask why
	./deploytrace demo

test: ## Build everything, with all checks and all tests
	./mvnw verify

dist: ## Make the archives for installation in target/dist, reproducibly
	./mvnw -q -Dquick -DskipTests -Dbuild.output=target/release clean package -pl cli -am
	./distribution/build cli/target/release

check-dist: ## Make the archive with a Java of its own twice, and check that both are the same and that what is in it runs
	./mvnw -q -Dquick verify -pl distribution -am -Dtest=UnpackedArchiveTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Ddistribution.again=true

format: ## Format the sources
	./mvnw spotless:apply

goldens: ## Write the texts that people read anew, to be read before they are committed (git diff shows them)
	./mvnw -q -Dquick test -pl testkit,cli -am -Dgolden.write=true -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dtest='*SentencesTest,IncidentsTest,WhyCommandTest,ListCommandTest,ShowCommandTest,TreeDrawingTest,KeyListCommandTest,DemoEndToEndTest'

check-types: ## Check the types of the page's scripts, as their comments declare them; needs npm
	npm install --silent --no-save --prefix server/target/check-types typescript@7.0.2 lit-html@3.3.3
	server/target/check-types/node_modules/.bin/tsc -p server/src/main/ui/jsconfig.json

screenshots: ## Take pictures of each page into browser-tests/target/screenshots; needs Chromium, and looks best with fonts-inter
	./mvnw -q -Dquick test -pl browser-tests -am -Dtest=ScreenshotsTest -Dsurefire.failIfNoSpecifiedTests=false -Dscreenshots=true

bench-write: ## Measure the write path beside its baselines and print the table of docs/performance.md
	./benchmarks/bench-write $(ARGS)

bench-ingest: ## Measure the server's ingest beside the writers without it and print the table of docs/performance.md
	./benchmarks/bench-ingest $(ARGS)

bench-read: ## Measure the query API at a million spans and print the table of docs/performance.md
	./benchmarks/bench-read $(ARGS)

bench-start: ## Measure what a command of a CI job takes beside a bare JVM; needs hyperfine and curl
	./benchmarks/bench-start $(ARGS)

torture: ## Kill, cut and fill everything while spans are written, and check that none is lost (MINUTES=10 SEED=7)
	./mvnw -q -Dquick test -pl buffer -am -Dtest=TortureTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dtorture.minutes=$(MINUTES) $(if $(SEED),-Dtorture.seed=$(SEED))

torture-server: ## Kill the server while clients send to it, and check what they were told (KILLS=50 SEED=7)
	./mvnw -q -Dquick test -pl cli -am -Dtest=ServerKillTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dserver.torture.kills=$(KILLS) $(if $(SEED),-Dserver.torture.seed=$(SEED))

torture-servers: ## Restart the database and kill one of two servers under load, and check what everyone was told (SECONDS=60 SEED=7)
	./mvnw -q -Dquick test -pl cli -am -Dtest=TwoServersTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dservers.torture.seconds=$(SECONDS) $(if $(SEED),-Dservers.torture.seed=$(SEED))
