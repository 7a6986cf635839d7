"""The teacher's side: build, release, grade. Needs the extra ``initlab[grade]``."""

import os
import sys
import sysconfig

# nbgrader stamps a new gradebook by running `alembic` from PATH, where a virtual environment that was not
# activated is missing: the gradebook would be left without its version.
os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])

# jsonschema, which nbformat imports, compiles a grammar for internationalised addresses when this module can
# be imported: 2 s of every start, for a format that no notebook uses. It does without when it cannot.
sys.modules.setdefault("rfc3987_syntax", None)
