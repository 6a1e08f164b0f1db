"""The functions that the tangled notebooks copy from one another. `$names` differ from copy to copy."""

from __future__ import annotations

IMPORTS = {
    "clean_columns": ["import re"],
    "parse_day": ["from datetime import datetime"],
    "month_key": [],
    "flag_outliers": ["import pandas as pd"],
    "moving_mean": [],
    "rank_within": [],
    "summarise": ["import pandas as pd"],
    "fill_gaps": [],
    "bucket": [],
    "in_currency": [],
    "quality": ["import pandas as pd"],
    "share": [],
    "compare_halves": [],
    "distance_km": ["import math"],
    "split_sessions": [],
    "to_number": ["import re"],
    "to_number_old": [],
    "histogram": ["from collections import Counter"],
}
"""What a notebook imports for each."""

READS = {
    "flag_outliers": {"threshold": "2.0"},
    "in_currency": {"RATES": '{"EUR": 1.0, "USD": 1.08, "GBP": 0.86}', "currency": '"USD"'},
    "split_sessions": {"gap_minutes": "30"},
}
"""The globals that some of them read, with the values that the notebooks give them."""

CALLS = {"compare_halves": ["share"]}

CHOICES = {
    "frame": ("frame", "df", "data", "table"),
    "column": ("column", "col", "field", "which"),
    "values": ("values", "numbers", "series", "xs"),
    "text": ("text", "raw", "value", "s"),
    "out": ("out", "result", "found", "collected"),
    "one": ("one", "item", "x", "entry"),
}
"""What a variable is called, from copy to copy."""

TEXTS = {
    "clean_columns": '''\
def clean_columns($frame):
    """Column names as they should be."""
    $out = []
    for $one in $frame.columns:
        $one = re.sub(r"[^0-9a-zA-Z]+", "_", str($one)).strip("_").lower()
        if not $one:
            $one = "unnamed"
        while $one in $out:
            $one = $one + "_2"
        $out.append($one)
    return $frame.set_axis($out, axis=1)
''',
    "parse_day": """\
def parse_day($text):
    # the export has had three forms over the years
    for $one in ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y"):
        try:
            return datetime.strptime($text.strip(), $one).date()
        except ValueError:
            continue
    return None
""",
    "month_key": """\
def month_key($one):
    if $one is None:
        return "unknown"
    return f"{$one.year:04d}-{$one.month:02d}"
""",
    "flag_outliers": '''\
def flag_outliers($frame, $column):
    """Rows far from the middle; how far is a setting of the notebook."""
    middle = $frame[$column].median()
    spread = ($frame[$column] - middle).abs().median()
    if spread == 0:
        return $frame.assign(outlier=False)
    far = ($frame[$column] - middle).abs() / spread
    return $frame.assign(outlier=far > threshold)
''',
    "moving_mean": """\
def moving_mean($values, width=3):
    $out = []
    for at in range(len($values)):
        window = $values[max(0, at - width + 1) : at + 1]
        $out.append(round(sum(window) / len(window), 4))
    return $out
""",
    "rank_within": '''\
def rank_within($frame, group, $column):
    """The place of each row among those of its group, the largest first."""
    ranked = $frame.sort_values([group, $column], ascending=[True, False])
    ranked["place"] = ranked.groupby(group).cumcount() + 1
    return ranked.sort_index()
''',
    "summarise": """\
def summarise($frame, keys, $column):
    grouped = $frame.groupby(keys, as_index=False)
    $out = grouped.agg(rows=($column, "size"), total=($column, "sum"), mean=($column, "mean"))
    $out["mean"] = $out["mean"].round(3)
    $out["total"] = $out["total"].round(3)
    return $out.sort_values(keys).reset_index(drop=True)
""",
    "fill_gaps": """\
def fill_gaps($values, default=0.0):
    $out = []
    last = default
    for $one in $values:
        if $one is not None:  # a gap is None, never zero
            last = $one
        $out.append(last)
    return $out
""",
    "bucket": '''\
def bucket($one, edges):
    """The label of the interval that a number lies in."""
    lower = None
    for edge in edges:
        if $one < edge:
            return f"below {edge}" if lower is None else f"{lower} to {edge}"
        lower = edge
    return f"{lower} and more"
''',
    "in_currency": """\
def in_currency(amount):
    # rates are from the treasury's sheet
    if currency not in RATES:
        raise ValueError(f"no rate for {currency}")
    return round(amount * RATES[currency], 2)
""",
    "quality": '''\
def quality($frame):
    """What a look at a new table begins with."""
    $out = []
    for $column in $frame.columns:
        $out.append(
            {
                "column": $column,
                "missing": int($frame[$column].isna().sum()),
                "distinct": int($frame[$column].nunique()),
            }
        )
    return pd.DataFrame($out)
''',
    "share": """\
def share(part, whole):
    if not whole:
        return 0.0
    return round(100.0 * part / whole, 2)
""",
    "compare_halves": '''\
def compare_halves($values):
    """The first half against the second, in percent."""
    half = len($values) // 2
    first, second = sum($values[:half]), sum($values[half:])
    if first + second == 0:
        return {"first": 0.0, "second": 0.0, "change": 0.0}
    change = share(second - first, first)
    return {"first": share(first, first + second), "second": share(second, first + second), "change": change}
''',
    "distance_km": '''\
def distance_km(one, other):
    """Along the great circle, in kilometres; each is (latitude, longitude) in degrees."""
    lat1, lon1 = map(math.radians, one)
    lat2, lon2 = map(math.radians, other)
    inner = math.sin((lat2 - lat1) / 2) ** 2
    inner += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return round(2 * 6371.0 * math.asin(math.sqrt(inner)), 1)
''',
    "split_sessions": '''\
def split_sessions(minutes):
    """Numbers each time by the session that it is in."""
    sessions, current, last = [], 0, None
    for minute in minutes:
        if last is not None and minute - last > gap_minutes:
            current += 1
        sessions.append(current)
        last = minute
    return sessions
''',
    "to_number": '''\
def to_number($text):
    """1.234,50 and 1,234.50 are the same amount."""
    $text = re.sub(r"[^0-9.,-]", "", $text)
    if "," in $text and $text.rfind(",") > $text.rfind("."):
        $text = $text.replace(".", "").replace(",", ".")
    else:
        $text = $text.replace(",", "")
    return float($text) if $text not in ("", "-") else None
''',
    "to_number_old": """\
def to_number($text):
    $text = $text.strip().replace(",", "")
    if not $text:
        return None
    return float($text)
""",
    "histogram": """\
def histogram($values, width=20):
    # a picture for the log
    counts = Counter($values)
    if not counts:
        return ""
    most = max(counts.values())
    lines = []
    for $one in sorted(counts, key=str):
        bar = "#" * max(1, counts[$one] * width // most)
        lines.append(f"{$one!s:>12} {bar} {counts[$one]}")
    return "\\n".join(lines)
""",
}
"""One more helper is one entry here, and its name in a domain."""
