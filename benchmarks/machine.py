"""What every figure depends on."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def machine() -> dict[str, str]:
    """What the figures depend on."""
    cpu = Path("/proc/cpuinfo")
    names = (
        [r.partition(":")[2].strip() for r in cpu.read_text().splitlines() if r.startswith("model name")]
        if cpu.is_file()
        else []
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": names[0] if names else platform.processor() or platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }
