"""The table that the bench prints."""

from typing import Any

LIMIT = 300
Figures = dict[str, dict[str, Any]]


def written(small: Figures, full: Figures, *, sizes: tuple[int, int]) -> str:
    """Return a line for each page, the slowest first, and which pages are above the limit."""
    lines = [
        f"Milliseconds at {sizes[1]:,} trials; × is against the same page at {sizes[0]:,}.",
        "On a machine that does other work look at the best of a page's rounds.",
        f"{'median':>8}{'p95':>8}{'best':>8}{'in SQL':>8}{'×':>7}{'asked':>6}  page",
    ]
    for name, page in sorted(full.items(), key=lambda item: -item[1]["median"]):
        before = small.get(name, {}).get("median")
        ratio = f"{page['median'] / before:.1f}" if before else "–"
        status = "" if page["status"] == 200 else f"  (status {page['status']})"
        times = "".join(f"{page[name]:8.1f}" for name in ("median", "p95", "best", "sql"))
        lines.append(f"{times}{ratio:>7}{page['statements']:6}  {name}{status}")
    slow = [name for name, page in full.items() if page["p95"] > LIMIT]
    total = f"{len(full)} pages, {len(slow)} above {LIMIT} ms"
    return "\n".join([*lines, f"{total}: {', '.join(slow)}" if slow else f"{total}."]) + "\n"
