#!/usr/bin/env bash
# NumPy 2.4.6 on x86-64: NPY_DISABLE_CPU_FEATURES="AVX2 FMA3", with which one used to see whether results depend on the processor,
# disables nothing. The names are those of the processor, and NumPy itself lists both as found, but since it dispatches by levels
# (X86_V3, X86_V4) only the names of levels count. It says so in an ImportWarning, which Python does not show by default, so a check
# of two processors passes because it compared one with itself. With a level the variable does what it says.
# Expected: after the variable AVX2 is off, or the import fails. Seen: AVX2 is on, nothing on standard error, status 0.
set -euo pipefail
[ "$(uname -m)" = x86_64 ] && grep -qw avx2 /proc/cpuinfo || { echo "needs an x86-64 processor with AVX2: not to be seen here"; exit 0; }
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/env" && "$room/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6
ask='from numpy._core._multiarray_umath import __cpu_features__ as on; print(on["AVX2"], on["X86_V3"])'
seen() { env "$@" "$room/env/bin/python" -c "$ask" 2>&1; }
plain=$(seen NOTHING=) names=$(seen NPY_DISABLE_CPU_FEATURES="AVX2 FMA3") level=$(seen NPY_DISABLE_CPU_FEATURES="X86_V3 X86_V4")
warned=$(env NPY_DISABLE_CPU_FEATURES="AVX2 FMA3" "$room/env/bin/python" -W always -c "import numpy" 2>&1 | grep -c "cannot disable CPU features" || true)
printf 'AVX2, X86_V3 in use\n  plain                 %s\n  without "AVX2 FMA3"   %s  (said only with -W always: %s time)\n  without "X86_V3 ..."  %s\n' "$plain" "$names" "$warned" "$level"
[ "$plain" = "True True" ] && [ "$names" = "True True" ] && [ "$warned" = 1 ] && [ "${level##* }" = False ]
