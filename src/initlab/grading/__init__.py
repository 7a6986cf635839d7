"""The teacher's side: build, release, grade. Needs the extra ``initlab[grade]``."""

import os
import sys
import sysconfig

# nbgrader stamps a new gradebook by running `alembic` from PATH, where a virtual environment that was not
# activated is missing: the gradebook would be left without its version.
os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])

# jsonschema, which nbformat imports, checks addresses and durations where these can be imported, and does without
# where they cannot. No notebook has either, and the grammar of the first alone is 2 s of every start.
for _format in ("rfc3987_syntax", "rfc3986_validator", "isoduration"):
    sys.modules.setdefault(_format, None)
