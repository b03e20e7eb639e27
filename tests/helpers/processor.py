"""Another processor: the environment in which this machine calculates as an older one, and what then ends in other digits.

Only x86 has such an environment: an older kernel of the linear algebra, NumPy without the instructions that it chooses at
start, the C library without fused multiplication. Elsewhere the variables change nothing.
"""

import json
import os
import subprocess
import sys

import numpy as np

#: How long what calculates may take, in seconds: on a busy machine too.
LONGEST = 300
#: What calculates, by name, each a list of numbers whose last bits show the processor.
_PROBE = """
import json, math
import numpy as np
from scipy import linalg, special

x = np.linspace(0.01, 30, 100_001)
a = np.sin(np.outer(x[:300], x[:300])) + 300 * np.eye(300)
print(json.dumps({
    "linear algebra": [float(one) for one in (a @ a).ravel()[::97]] + list(map(float, linalg.solve(a, x[:300]))),
    "functions of NumPy": list(map(float, np.concatenate([np.exp(x), np.log(x), x**1.7]))),
    "functions of the C library": [f(one) for one in map(float, x) for f in (math.exp, math.log)],
    "functions of SciPy": list(map(float, special.ndtri(x / 31))),
}))
"""


def environment() -> dict[str, str]:
    """The variables by which all that this process starts calculates as on an older processor."""
    # Empty lists are left out: neither is there where NumPy chose nothing.
    chosen = np.show_config(mode="dicts").get("SIMD Extensions", {}).get("found", [])
    return {
        "OPENBLAS_CORETYPE": "Nehalem",
        "NPY_DISABLE_CPU_FEATURES": " ".join(chosen),
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX2_Usable,-FMA_Usable,-FMA4_Usable",
    }


def own() -> dict[str, str]:
    """The environment of this process without such variables."""
    return {name: value for name, value in os.environ.items() if name not in environment()}


def otherwise() -> list[str]:
    """What ends in other digits on the other processor; nothing where the variables have no effect."""
    here, there = (_calculated(given) for given in (own(), own() | environment()))
    return [name for name in here if here[name] != there[name]]


def _calculated(given: dict[str, str]) -> dict[str, list[float]]:
    given = given | {"OPENBLAS_NUM_THREADS": "1"}  # several end in other digits each time
    command = [sys.executable, "-c", _PROBE]
    ended = subprocess.run(command, env=given, capture_output=True, text=True, check=True, timeout=LONGEST)
    return json.loads(ended.stdout)
