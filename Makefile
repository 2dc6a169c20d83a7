# The two commands are `make run` and `make test`. Everything else is for working on Assay.
.PHONY: run test test-fast check format lock bench clean

run:
	@scripts/setup runtime
	@.venv/bin/python scripts/serve.py

test:
	@scripts/setup dev
	@scripts/setup-tests
	@scripts/test

# Without the browser: what one runs while writing.
test-fast:
	@scripts/setup dev
	@scripts/with-postgres .venv/bin/pytest -q -n auto -m "not journey" tests

check:
	@scripts/setup dev
	@scripts/check

format:
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix . && .venv/bin/djlint --reformat --quiet shop/templates

lock:
	@scripts/setup dev
	@scripts/lock

bench:
	@scripts/setup dev
	@scripts/bench
