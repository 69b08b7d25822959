"""A plugin of pytest that lets `import httpx` give httpx2, its successor of another name; see `nox -s httpx2`."""

import sys

import httpcore2
import httpx2

for old, new in (("httpcore", httpcore2), ("httpx", httpx2)):
    for name in [name for name in sys.modules if name.split(".")[0] == new.__name__]:
        sys.modules[old + name.removeprefix(new.__name__)] = sys.modules[name]
