# `make run` serves MetricGain, `make check` and `make test` check it. Each builds .venv/ first where it is missing or
# out of date.

.PHONY: help run stop check test drill lint format audit
.DEFAULT_GOAL := help

in_environment = @python=$$(deploy/find-python) && "$$python" deploy/environment.py

help:
	@echo "make run     serve MetricGain on http://127.0.0.1:8000 (HOST, PORT, DATABASE_URL: see README.md)"
	@echo "make stop    stop what it left running: the servers and the embedded PostgreSQL"
	@echo "make check   lint, then every test that needs no browser and no server of its own: while working"
	@echo "make test    lint, then all tests, those in a browser too: before a commit is pushed"
	@echo "make drill   what takes long by nature: a storm, mutants, real logs (about an hour)"
	@echo "make lint    ruff, djlint and mypy"
	@echo "make audit   ask a list of known vulnerabilities about every installed package"
	@echo "make format  let ruff put the code in form"

run:
	$(in_environment) requirements.txt
	@exec .venv/bin/python manage.py serve

stop:
	$(in_environment) stop

pytest = .venv/bin/python -m pytest -n auto --maxprocesses 5 --dist loadfile --no-loadscope-reorder
browser = @.venv/bin/python deploy/chromium.py && .venv/bin/python deploy/caddy.py

check: lint
	@EXAMPLES=$${EXAMPLES:-25} $(pytest) -m "not served and not drill"

test: lint
	$(browser)
	@$(pytest) -m "not drill"

drill: lint
	$(browser)
	@.venv/bin/python -m benchmarks.drill $(if $(SHORT),--short)

lint:
	$(in_environment) requirements-dev.txt
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet . || { echo "make format puts it in form"; exit 1; }
	@.venv/bin/djlint templates --lint --quiet
	@.venv/bin/mypy > var/mypy.txt || [ $$? -eq 1 ] || { cat var/mypy.txt; exit 1; }
	@.venv/bin/mypy-baseline filter --hide-stats < var/mypy.txt || \
		{ echo "What is new stands above. Where less is wrong: .venv/bin/mypy-baseline sync < var/mypy.txt"; exit 1; }

audit:
	$(in_environment) requirements-dev.txt
	@.venv/bin/python deploy/audit.py

format:
	$(in_environment) requirements-dev.txt
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .
