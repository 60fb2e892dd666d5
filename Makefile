# The commands of this project. Each is a small script, so that it can be read and run alone.
.PHONY: setup run test test-ldap bench lock

setup: ## what `run` and `test` share: a virtual environment with the locked packages
	@scripts/setup run

run: ## from a fresh clone to the running site with a demo bureau (PORT, HOST, DATA_DIR)
	@scripts/run

test: ## from a fresh clone to the passed suite (CI=true: nothing may be missing)
	@scripts/test

test-ldap: ## login by a directory, against a real slapd; apart, as its package is compiled
	@scripts/test_ldap

bench: ## every speed figure as a ratio, the other side named
	@scripts/setup test
	@.venv/bin/python -m tests.bench

lock: ## pin requirements/*.in anew; `make lock UPGRADE=1` takes newer versions
	@scripts/lock $(if $(UPGRADE),--upgrade)
