# The front door. `make help` lists what can be done; CI runs the same targets as people do.
# $(call maven,OPTIONS OF ITS JVM) finds the JDK and Maven and runs it, or says what is missing.

SHELL := /bin/sh
.DEFAULT_GOAL := help
# What `make help` lists are names of things to do, and no files.
.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*\#\# .*/\1/p' Makefile)

# why the options: Maven's own libraries make JDK 25 warn about things that nobody here can change
# why the unset: Quarkus would build what such a file says into the services, keys included
maven = unset QUARKUS_CONFIG_LOCATIONS SMALLRYE_CONFIG_LOCATIONS; JAVA_HOME=$$(scripts/find-jdk) && export JAVA_HOME && scripts/need-maven && \
	MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED $(1) $$MAVEN_OPTS" mvn -B -ntp
# Shows the modules and steps that Maven goes through, and warnings, instead of all that it could tell.
briefly = -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
	-Dorg.slf4j.simpleLogger.log.org.apache.maven.cli.event.ExecutionEventLogger=info

launcher = jdk=$$(scripts/find-jdk) && exec "$$jdk/bin/java" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
	-jar launcher/target/launcher.jar
bench = jdk=$$(scripts/find-jdk) && exec "$$jdk/bin/java" -Xmx1g --sun-misc-unsafe-memory-access=allow -jar bench/load/target/bench.jar
queue-bench = jdk=$$(scripts/find-jdk) && exec "$$jdk/bin/java" -Xmx1g -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow -jar bench/queue/target/queue-bench.jar
archive-find = jdk=$$(scripts/find-jdk) && exec "$$jdk/bin/java" -Xmx2g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
	-jar libs/task-archive/target/archive-find.jar
audit = jdk=$$(scripts/find-jdk) && exec "$$jdk/bin/java" -Xmx512m -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
	-jar libs/access-control/target/audit.jar
chaos = jdk=$$(scripts/find-jdk) && exec "$$jdk/bin/java" -Xmx1g --sun-misc-unsafe-memory-access=allow -jar bench/chaos/target/chaos.jar
services = custom-mcp-service,public-mcp-service,dashboard-service
runnable = launcher,$(services)
# Folders are listed too: their times tell of files that were added or removed.
sources := $(shell find pom.xml libs launcher *-service \( -name pom.xml -o -path '*/src/main*' \) 2>/dev/null)

comma := ,
space := $(subst x, ,x)

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' Makefile

run: build ## Build what changed, then run Redis and the three services until Ctrl-C
	@$(launcher)

settings: build ## List the settings of `make run`: ports, replicas, an outside Redis
	@$(launcher) --help

build: target/built ## Build the services and the launcher

target/built: $(sources)
	@echo "building the services and the launcher"
	@$(call maven,$(briefly)) package -Dmaven.test.skip=true -Dspotless.check.skip=true -pl $(runnable) -am
	@mkdir -p target && touch target/built

test: ## Run every check and test, and count them
	@scripts/need-chromium
	@scripts/need-node-tools || echo "the tests of tests/mcp that need it are skipped" >&2
	@scripts/need-prometheus || echo "the tests of tests/monitoring that need it are skipped" >&2
	@scripts/need-pipeline-linters || echo "what they would check of the pipelines is skipped" >&2
	@scripts/need-redis-tools || echo "the disaster drill is skipped" >&2
	@find . -type d \( -path '*/target/surefire-reports' -o -path '*/target/failsafe-reports' \) -prune -exec rm -rf {} +
	@status=0; { $(call maven) verify --fail-at-end; } || status=$$?; \
		scripts/sum-tests || status=1; exit $$status

verify-monitoring: target/built ## Ask every query of dashboards and rules of a Prometheus that watches the services under load
	@scripts/need-prometheus
	@rm -rf tests/monitoring/target/surefire-reports
	@$(call maven,$(briefly)) test -pl tests/monitoring -am -Dtest='EveryQueryCheck' -Dsurefire.failIfNoSpecifiedTests=false
	@scripts/sum-tests --ran tests/monitoring EveryQueryCheck

conformance: ## Hold MCP against the official suite and real clients (part of make test)
	@scripts/need-node-tools
	@rm -rf tests/mcp/target/surefire-reports
	@$(call maven) package -pl tests/mcp -am -Dtest='org/mcpagentic/mcptest/*Test' -Dsurefire.failIfNoSpecifiedTests=false
	@scripts/sum-tests --ran tests/mcp ConformanceTest ClientsTest

drill: ## Back up Redis under load, lose it, restore it, and check that all is there (part of make test)
	@scripts/need-redis-tools
	@rm -rf tests/system/target/surefire-reports
	@$(call maven) package -pl tests/system -am -Dtest=DisasterDrillTest -Dsurefire.failIfNoSpecifiedTests=false
	@scripts/sum-tests --ran tests/system DisasterDrillTest

verify-pipelines: ## Check the pipelines, hold both equal, try their scripts (part of make test)
	@scripts/need-pipeline-linters || echo "what they would check is skipped" >&2
	@rm -rf tests/pipelines/target/surefire-reports
	@$(call maven,$(briefly)) test -pl tests/pipelines
	@scripts/sum-tests --ran tests/pipelines PipelinesTest ReleaseTest LintTest LinksTest

verify-deploy: ## Check what is under deploy/ with Terraform's and Ansible's own tools
	@scripts/verify-deploy

# KIND=native lays the sources of native executables ready too: what images/Dockerfile.native compiles.
image-parts: ## Lay ready what images are made of, with a bill of materials for each (KIND=jvm or native)
	@$(call maven,$(briefly)) package -Dimages -Dmaven.test.skip=true -Dspotless.check.skip=true -pl $(runnable) -am
	@if [ "$(KIND)" = native ]; then \
		$(call maven,$(briefly)) package -Dnative-sources -Dmaven.test.skip=true -Dspotless.check.skip=true -pl $(services) -am; fi

images: image-parts ## Build the services' images with podman or docker (KIND=jvm or native; REGISTRY=, TAG=)
	@REGISTRY="$(REGISTRY)" TAG="$(TAG)" images/build $(or $(KIND),jvm)

native: ## Compile the services natively, and run their integration tests and the system test on that (GRAALVM_HOME, or a container)
	@scripts/need-chromium || { [ "$$(uname -m)" != x86_64 ] && echo "the tests of the page are skipped" >&2; }
	@rm -rf tests/system/target/surefire-reports $(foreach service,$(subst $(comma),$(space),$(services)),$(service)/target/failsafe-reports)
	@options=$$(scripts/need-native-image) || exit 1; \
		$(call maven) verify $$options -Dnative -Dservice.native=true -pl tests/system -am \
		-Dtest='org/mcpagentic/system/*Test' -Dsurefire.failIfNoSpecifiedTests=false
	@scripts/sum-tests --ran custom-mcp-service CustomServiceIT
	@scripts/sum-tests --ran public-mcp-service PublicServiceIT
	@scripts/sum-tests --ran dashboard-service PageIT TaskRelayIT LiveStatsIT
	@scripts/sum-tests --ran tests/system UserJourneyTest RestartTest ReplicaDeathTest

verify-containers: ## Build the images without a registry and run them by podman behind nginx
	@scripts/need-podman
	@$(MAKE) --no-print-directory image-parts KIND=jvm
	@tests/containers/make-images
	@rm -rf tests/containers/target/surefire-reports
	@$(call maven) test -Dcontainers=true -pl tests/containers -am -Dspotless.check.skip=true \
		-Dtest='org/mcpagentic/containers/*Test' -Dsurefire.failIfNoSpecifiedTests=false
	@scripts/sum-tests --ran tests/containers ContainersTest

compose-settings: launcher/target/launcher.jar ## Make the secrets of compose.yaml, and print the first API key
	@scripts/compose-settings

launcher/target/launcher.jar:
	@$(MAKE) --no-print-directory build

release-images: image-parts ## Build and push the images of a release (REGISTRY, KIND, ARCHITECTURE in the environment)
	@scripts/release-images

release-sign: image-parts ## Join, sign and attest the images of a release (REGISTRY in the environment)
	@scripts/release-sign

release-chart: ## Package, push and sign the chart of a release (REGISTRY in the environment)
	@scripts/release-chart

promote: ## Bring a released version to an environment (ENVIRONMENT=dev, staging or production; REGISTRY, KUBECONFIG in the environment)
	@ENVIRONMENT="$(ENVIRONMENT)" scripts/promote

verify-delivery: ## Hold all that k8s/ and helm/ render against schemas, rules and each other (CRD_SCHEMAS=FOLDER, FILES='a.yaml b.yaml')
	@rm -rf tests/delivery/target/surefire-reports
	@$(call maven) package -pl tests/delivery -am -Dtest='org/mcpagentic/delivery/*Test' -Dsurefire.failIfNoSpecifiedTests=false \
		-Dcrd.schemas='$(abspath $(CRD_SCHEMAS))' -Ddelivery.files='$(subst $(space),$(comma),$(abspath $(FILES)))'
	@scripts/sum-tests --ran tests/delivery RenderedManifestsTest ParityTest CombinationsTest PlantedFaultsTest
	@cat tests/delivery/target/delivery-summary.txt

openapi: ## Write the services' OpenAPI documents to docs/reference/openapi
	@$(call maven,$(briefly)) test -pl custom-mcp-service,public-mcp-service -am -Dtest=OpenApiTest \
		-Dsurefire.failIfNoSpecifiedTests=false -Dopenapi.update=true

key: ## List API keys (DO=create NAME= SCOPES=, DO=rotate ID=, DO=revoke ID=, DO=tenant TENANT=; MCP_KEY and MCP_URL in the environment)
	@jdk=$$(scripts/find-jdk) && exec "$$jdk/bin/java" -XX:TieredStopAtLevel=1 scripts/Key.java \
		$(foreach name,DO ID NAME SCOPES TENANT EXPIRES GRACE,$(if $(findstring command line,$(origin $(name))),"$(name)=$$$(name)"))

# why only what this command line says: ID or TEXT may mean something else where make was started
archive-find: target/archive-find ## Print archived tasks (ARCHIVE= a folder or s3://bucket/prefix; ID=, TENANT=, STATUS=, SINCE=, UNTIL=, TEXT=)
	@$(archive-find) $(foreach name,ARCHIVE ID TENANT STATUS SINCE UNTIL TEXT,$(if $(findstring command line,$(origin $(name))),"$(name)=$$$(name)"))

target/archive-find: $(shell find pom.xml libs/local-redis libs/task-store libs/task-archive \( -name pom.xml -o -path '*/src/main*' \) 2>/dev/null)
	@$(call maven,$(briefly)) package -Dmaven.test.skip=true -Dspotless.check.skip=true -pl libs/task-archive -am >&2
	@mkdir -p target && touch target/archive-find

# why only what this command line says: as above
audit-verify: target/audit ## Verify the audit trail (REDIS_URL and ACCESS_SECRET in the environment; ANCHOR=shard:number:mac)
	@$(audit) verify $(foreach name,ANCHOR,$(if $(findstring command line,$(origin $(name))),"$(name)=$$$(name)"))

audit-export: target/audit ## Print the sealed audit trail as JSON lines (REDIS_URL in the environment; TENANT=, SINCE=, UNTIL=)
	@$(audit) export $(foreach name,TENANT SINCE UNTIL,$(if $(findstring command line,$(origin $(name))),"$(name)=$$$(name)"))

target/audit: $(shell find pom.xml libs/local-redis libs/task-store libs/access-control \( -name pom.xml -o -path '*/src/main*' \) 2>/dev/null)
	@$(call maven,$(briefly)) package -Dmaven.test.skip=true -Dspotless.check.skip=true -pl libs/access-control -am >&2
	@mkdir -p target && touch target/audit

bench-ask: target/bench ## Measure 1,000 streams through /ask (STREAMS=)
	@$(bench) ask-streams $(or $(STREAMS),1000)

bench-access: target/bench ## Measure what keys, limits and audit cost /ask, beside the same without (ROUNDS=)
	@$(bench) access $(or $(ROUNDS),10)

bench-mcp: target/bench ## Measure what MCP costs over REST for the same work (REQUESTS=)
	@$(bench) mcp $(or $(REQUESTS),3000)

bench-unit-costs: target/bench ## Measure what one task and one question cost, for sizing (TIMES=)
	@$(bench) unit-costs $(or $(TIMES),2000)

bench-storm: target/bench ## Run 200 tasks against a model that allows 60 requests a minute (TASKS=, PER_MINUTE=)
	@$(bench) storm $(or $(TASKS),200) $(or $(PER_MINUTE),60)

bench-slow-clients: ## Attack running services with slowhttptest and measure other clients (URLS="http://localhost:8001/stats …")
	@bench/slow-clients/run $(or $(URLS),http://localhost:8001/stats http://localhost:8000/stats)

bench-recovery: target/bench-chaos ## Measure how soon work goes on after a fault (TIMES=20 MINUTES=10)
	@$(chaos) recovery $(or $(TIMES),20) $(or $(MINUTES),10)

chaos: target/bench-chaos ## Break replicas and Redis at random, then check the history (SEED=1 MINUTES=5 REPLICAS=3)
	@$(chaos) chaos $(or $(SEED),1) $(or $(MINUTES),5) $(or $(REPLICAS),3)

target/bench-chaos: target/built $(shell find bench \( -name pom.xml -o -path '*/src/main*' \) 2>/dev/null)
	@$(call maven,$(briefly)) package -Dmaven.test.skip=true -Dspotless.check.skip=true -pl bench/chaos -am
	@touch target/bench-chaos

target/bench: target/built $(shell find bench \( -name pom.xml -o -path '*/src/main*' \) 2>/dev/null)
	@$(call maven,$(briefly)) package -Dmaven.test.skip=true -Dspotless.check.skip=true -pl bench/load -am
	@touch target/bench

bench-queue: target/bench-queue bench/queue/bullmq/node_modules/.package-lock.json ## Measure store and worker beside BullMQ (ROUNDS=, RECOVERY=0; PROFILE=1: what each script costs)
	@$(queue-bench) $(if $(PROFILE),profile,compare $(or $(ROUNDS),3) $(or $(RECOVERY),20))

bench-audit: target/bench-queue ## Measure how long an audit trail takes to be appended, sealed and verified (ENTRIES=100000)
	@$(queue-bench) audit $(or $(ENTRIES),100000)

target/bench-queue: target/built $(shell find bench/queue -name pom.xml -o -path '*/src/main*' 2>/dev/null)
	@$(call maven,$(briefly)) package -Dmaven.test.skip=true -Dspotless.check.skip=true -pl bench/queue -am
	@touch target/bench-queue

# why no scripts: a package's own installation steps may run anything, and none is needed
bench/queue/bullmq/node_modules/.package-lock.json: bench/queue/bullmq/package-lock.json
	@cd bench/queue/bullmq && npm install --no-save --ignore-scripts --no-audit --no-fund
	@touch $@

format: ## Format the sources
	@$(call maven) -q spotless:apply

clean: ## Remove all that was built; the data of `make run` stays
	@$(call maven) -q clean
