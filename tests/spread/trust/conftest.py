"""What is skipped where the extra is not installed."""

from __future__ import annotations

import pytest

pytest.importorskip("cryptography", reason="needs the extra spread")
pytest.importorskip("tuf", reason="needs the extra spread")
