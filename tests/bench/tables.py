# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tables of medians and ratios, as Markdown."""

TITLES = {
    "headers": "Headers of {size:,} messages",
    "refresh": "Refresh, {size:,} messages known and {count:,} new",
    "delete": "Verified delete of {count:,} of {size:,} messages",
    "full": "Full download of {size:,} messages",
}


def format_table(head, rows):
    cells = [head, *rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def format_seconds(result, limit):
    if result is None:
        return "-"
    text = f"{'~' if result.is_scaled else ''}{result.wall:.3g}"
    if limit and result is not limit:
        text += f" ({result.wall / limit.wall:.2f})"
    return text


def count_trips(results, name):
    """From the two round-trip times that lie farthest apart, both through the proxy if possible."""
    times = sorted(rtt for rtt in results if results[rtt].get(name))
    if len(times) > 2 and times[0] == 0:
        times = times[1:]
    if len(times) < 2 or results[times[-1]][name].is_scaled:
        return None
    low, high = times[0], times[-1]
    return (results[high][name].wall - results[low][name].wall) * 1000 / (high - low)


def print_results(work, size, count, tls, results, missing):
    names = [name for name in next(iter(results.values())) if any(
        results[rtt][name] for rtt in results
    )]
    title = TITLES[work].format(size=size, count=count)
    print(f"\n### {title}{', TLS' if tls else ''}\n")
    rows = []
    for rtt, cells in results.items():
        limit = cells.get("limit")
        row = [f"{rtt:g} ms"] + [format_seconds(cells[name], limit) for name in names]
        rows.append(row)
    trips = [count_trips(results, name) for name in names]
    if any(trips):
        rows.append(["round trips"] + [f"{n:.1f}" if n else "-" for n in trips])
    rtt, cells = next(iter(results.items()))
    first = [cells[name] for name in names]
    rows.append([f"CPU s, {rtt:g} ms"] + [f"{cell.cpu:.3f}" if cell else "-" for cell in first])
    rows.append(["memory MB"] + [f"{cell.memory:.0f}" if cell else "-" for cell in first])
    print(format_table(["RTT", *names], rows), flush=True)
    if missing:
        print(f"\nNot installed: {', '.join(missing)}.")
