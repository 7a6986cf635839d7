# `make grade` does the main job, `make test` runs every test; both set everything up in .venv first.
# Nothing is fetched again once .venv is there, so both work offline from the second time on.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: grade build test verify pictures lock clean

grade: build
	@echo "== grading the class in examples/submissions/"
	$(BIN)/initlab grade examples/submissions

build: $(READY)
	@echo "== building and releasing the labs"
	$(BIN)/initlab build

test: $(READY)
	@echo "== running every test, and replaying the solution notebooks"
	$(BIN)/pytest -n 2 --dist loadfile

verify: $(READY)
	$(BIN)/initlab verify

$(READY): requirements.lock pyproject.toml
	@echo "== setting up .venv from requirements.lock"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than Python 3.11; name a newer one: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
	  { echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .
	@touch $(READY)

# The pictures in docs/: of an explorer and of cards; needs Chromium.
pictures: $(READY)
	$(BIN)/python docs/pictures.py
	$(BIN)/python docs/cards.py --png

# For maintainers: resolve pyproject.toml anew. Universal, with hashes, without the address of any index.
lock:
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --all-extras --group dev --upgrade pyproject.toml -o requirements.lock

# What can be made again; the gradebook, the course's secret and what was handed in stay.
clean:
	rm -rf .venv build/source build/autograded build/feedback
