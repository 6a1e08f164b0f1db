# Penstock's commands. Targets are real files wherever there is one, so nothing is made twice: a JAR is made again when
# its sources changed, a virtual environment when its requirements did.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

VERSION := $(shell cat VERSION)
SBT := $(CURDIR)/scripts/sbt
PY := .venv/bin/python
JARS := python/src/penstock/jars
TESTKIT := build/testkit
WHEEL := dist/penstock-$(VERSION)-py3-none-any.whl
FLIGHTS := examples/flights
FLIGHTS_JARS := $(FLIGHTS)/src/flights/jars

SCALA_SOURCES := build.sbt VERSION $(wildcard project/*.scala project/*.sbt project/*.properties) \
  $(shell find scala/src/main testkit/src/main -type f) $(wildcard python/src/penstock/scenarios/catalogue/data/*.json)
PYTHON_SOURCES := $(wildcard python/*.toml python/*.py python/*.md) \
  $(shell find python/src -type f -not -name '*.jar' -not -name '*.pyc' 2>/dev/null)
FLIGHTS_SOURCES := $(wildcard $(FLIGHTS)/scala/*.sbt) $(shell find $(FLIGHTS)/scala/src/main -type f 2>/dev/null)
TEAM_SOURCES := tests/team/build.sbt $(shell find tests/team/src -type f)

# The table of Spark lines, read from the build itself; only the targets that need it ask for it.
ifneq ($(filter-out help clean fmt size,$(or $(MAKECMDGOALS),help)),)
include build/lines.mk
endif
ALL_JARS = $(LINES:%=$(JARS)/penstock-%-$(VERSION).jar)
DEFAULT_JAR = $(JARS)/penstock-$(DEFAULT)-$(VERSION).jar
FLIGHTS_JAR = $(FLIGHTS_JARS)/flights-$(DEFAULT)-0.1.0.jar

.PHONY: help setup run test test-matrix test-deep test-line test-cluster test-python build lint fmt bench docs-check size lines clean browser

help: ## What there is (this list)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: .venv/.ready ## Python environment in .venv, once

run: .venv/.ready $(DEFAULT_JAR) $(FLIGHTS_JAR) ## Run the flights job on the whole year, in local mode, with a report
	$(PY) $(FLIGHTS)/run.py $(RUN_ARGS)

test: .venv/.ready browser ## All tests on the default Spark line; every other line compiled and called through each door
	@MAKE="$(MAKE)" $(PY) scripts/stages.py test

test-matrix: .venv/.ready browser ## All tests on every Spark line
	@MAKE="$(MAKE)" $(PY) scripts/stages.py matrix

test-deep: .venv/.ready browser $(DEFAULT_JAR) ## The generated comparisons again, with many more cases
	@MAKE="$(MAKE)" $(PY) scripts/stages.py deep

# What CI spreads over machines: one line's suites, one line's servers, one Python.
test-line test-cluster test-python: .venv/.ready browser
	@MAKE="$(MAKE)" $(PY) scripts/stages.py $(@:test-%=%) $(LINE)

browser:
	@scripts/browser

build: $(WHEEL) ## The wheel and sdist with the JARs of all Spark lines inside, and the testkit's JARs, in dist/

lint: .venv/.ready ## scalafmt, ruff, pyright (strict) and the size budget
	$(SBT) scalafmtCheckAll scalafmtSbtCheck
	cd $(FLIGHTS)/scala && $(SBT) scalafmtCheckAll scalafmtSbtCheck
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m pyright --pythonpath $(CURDIR)/$(PY)
	$(PY) -m pyright --pythonpath $(CURDIR)/$(PY) -p python
	$(PY) -m pyright --pythonpath $(CURDIR)/$(PY) -p $(FLIGHTS)
	$(PY) scripts/size.py

fmt: .venv/.ready ## Format Scala and Python
	$(SBT) scalafmtAll scalafmtSbt
	cd $(FLIGHTS)/scala && $(SBT) scalafmtAll scalafmtSbt
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

BENCH := asof_join
bench: .venv/.bench $(DEFAULT_JAR) $(if $(filter native,$(BENCH)),.venv-native/.ready) ## Measure asof_join, or BENCH=interval_join, against its peers (about 10 minutes on 2 cores)
	$(PY) -m benchmarks.$(BENCH) $(BENCH_ARGS)

docs-check: .venv/.ready $(DEFAULT_JAR) ## Fail where the manual's generated tables differ from the registry, README's from the benchmarks
	$(PY) scripts/catalogue.py --check
	$(PY) scripts/docs.py --check
	$(PY) scripts/figures.py --check

size: ## Fail where a file or a function is over its budget
	@$(firstword $(wildcard $(PY)) python3) scripts/size.py

lines: build/lines.json ## The table of Spark lines as JSON (CI makes its matrix of it)
	@cat build/lines.json

clean: ## Remove what was built; environments and downloads stay
	rm -rf build dist target project/target project/project scala/target testkit/target tests/scala/target $(JARS) $(FLIGHTS_JARS)
	rm -rf $(FLIGHTS)/scala/target $(FLIGHTS)/scala/project/target

build/lines.json: build/lines.mk ;

build/lines.mk: project/SparkVersions.scala scripts/lines.py
	@echo "== reading the table of Spark lines"
	@mkdir -p build && $(SBT) -error sparkLines > build/sbt-lines.log
	@python3 scripts/lines.py build < build/sbt-lines.log

# One sbt run makes one line's JAR, penstock-spark-4.1_2.13-0.1.0.jar, and the testkit beside it.
$(JARS)/penstock-%-$(VERSION).jar: $(SCALA_SOURCES)
	@echo "== $(@F)"
	$(SBT) $(SWITCHES_$*) jars

$(WHEEL): $(ALL_JARS) $(PYTHON_SOURCES) | .venv/.ready
	rm -rf dist
	$(PY) -m build --no-isolation --outdir dist python
	cp $(TESTKIT)/penstock-testkit-*-$(VERSION).jar dist/

# A team's own Scala, as tests/team has it.
tests/team/target/team-transforms-%-1.0.0.jar: $(JARS)/penstock-%-$(VERSION).jar $(TEAM_SOURCES)
	cd tests/team && $(SBT) $(SWITCHES_$*) -Dpenstock.jar=$(CURDIR)/$< package
	cp tests/team/target/$*/scala-$(SCALA_$*)/$(@F) $@

# The example's Scala, one JAR per line too; its build takes Penstock's JAR as a team's would.
$(FLIGHTS_JARS)/flights-%-0.1.0.jar: $(JARS)/penstock-%-$(VERSION).jar $(FLIGHTS_SOURCES)
	cd $(FLIGHTS)/scala && $(SBT) $(SWITCHES_$*) -Dpenstock.jar=$(CURDIR)/$< package
	@mkdir -p $(@D) && cp $(FLIGHTS)/scala/target/$*/scala-$(SCALA_$*)/$(@F) $@

# The default line's environment: tests, linters, Penstock and the example from their sources.
.venv/.ready: requirements/dev.txt requirements/test.txt python/pyproject.toml build/lines.mk
	@scripts/venv .venv
	.venv/bin/pip install -q -r requirements/dev.txt "pyspark[connect]==$(PYSPARK_$(DEFAULT_LINE))"
	.venv/bin/pip install -q --no-deps --no-build-isolation -e python -e $(FLIGHTS)
	@touch $@

.venv/.bench: requirements/bench.txt .venv/.ready
	.venv/bin/pip install -q -r requirements/bench.txt
	@touch $@

# The Spark that has an as-of join of its own, to measure against.
.venv-native/.ready:
	@scripts/venv $(@D)
	$(@D)/bin/pip install -q "pyspark==4.3.0"
	@touch $@

# Another line's environment, .venv-3.5 for one; a Connect server that PySpark does not carry comes from Maven.
.venv-%/.ready: requirements/test.txt python/pyproject.toml build/lines.mk
	@scripts/venv .venv-$*
	.venv-$*/bin/pip install -q -r requirements/test.txt $(patsubst %,-r %,$(wildcard requirements/spark-$*.txt)) \
	  "pyspark[connect]==$(PYSPARK_$*)"
	.venv-$*/bin/pip install -q --no-deps --no-build-isolation -e python -e $(FLIGHTS)
	$(if $(CONNECT_$*),mvn -q -B dependency:copy -Dartifact=$(CONNECT_$*) -DoutputDirectory=$(CURDIR)/.tools)
	@touch $@
