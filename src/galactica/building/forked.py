"""Loaded first in the server that the workers of a build are made from, and nowhere else.

It leaves Ctrl-C to the parent: a worker is born with what its server ignores, so that no moment is left in which
Ctrl-C, which a terminal sends to every process in the foreground, would end it with a traceback. And the server ends at
once when the parent has: nothing in it has to be put away, and taking its libraries apart would take a second.
"""

from __future__ import annotations

import atexit
import os
import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)
atexit.register(os._exit, 0)  # registered first, so that it comes last; workers do not come here
