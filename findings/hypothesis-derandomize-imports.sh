#!/usr/bin/env bash
# Hypothesis 6.170.15: a test with derandomize=True, no database and a fixed seed gets other examples when another module of the same
# folder was imported before, one that the test does not use: constants in the source of local modules are taken into what is generated.
# So the same test passes alone and fails in the whole suite, or on another worker, without any change of test, function or version.
# Expected, from the description of the setting (the same examples until Hypothesis, Python or the function changes): the same examples.
# Seen: the same from run to run, others once the module is imported, and its constant among them.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/env" && "$room/env/bin/pip" install --quiet --disable-pip-version-check hypothesis==6.170.15
cd "$room"
echo 'LIMIT = 73939133' > beside.py
cat > seen.py <<'P'
import hashlib, importlib, sys
from hypothesis import given, settings, strategies as st
for name in sys.argv[1:]:
    importlib.import_module(name)
found = []
@settings(derandomize=True, database=None, max_examples=200)
@given(st.integers())
def numbers(n):
    found.append(n)
numbers()
print(hashlib.sha256(repr(found).encode()).hexdigest()[:8], int("739" + "39133") in found)
P
alone=$(env/bin/python seen.py) again=$(env/bin/python seen.py) imported=$(env/bin/python seen.py beside)
printf 'examples, and whether the constant is one of them\n  alone            %s\n  once more        %s\n  module imported  %s\n' "$alone" "$again" "$imported"
[ "$alone" = "$again" ] && [ "$alone" != "$imported" ] && [ "${alone##* }" = False ] && [ "${imported##* }" = True ]
