"""Fetches fonts for Chinese, Japanese and Korean names and lays them beside the papers' others."""

from __future__ import annotations

import sys

from deploy import npm, vendor


def main() -> int:
    """Two hundred megabytes to fetch, fifteen to keep."""
    failed = npm.install(vendor.CJK_MODULES.parent)
    if not failed:
        vendor.lay_cjk_fonts()
    return failed


if __name__ == "__main__":
    sys.exit(main())
