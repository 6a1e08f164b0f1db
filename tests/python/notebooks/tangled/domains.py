"""What the tangled notebooks are about: how each domain makes its data, what it works out, and what it shows.

`load` and `prepare` stand in every notebook of the domain; one of the `studies` in each. `$names` differ from copy to
copy. Everything is arithmetic: no clock, no random numbers, no files.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Domain:
    """One domain. `helpers` are copied into its notebooks, three or four into each; `parameters` are its own."""

    name: str
    title: str
    parameters: str
    imports: tuple[str, ...]
    helpers: tuple[str, ...]
    load: str
    prepare: str
    studies: tuple[str, ...]
    show: tuple[str, ...]
    notebooks: int = 10
    uses: tuple[str, ...] = field(default=())
    """Helpers that `prepare` or `load` call, and that every notebook therefore has."""


SALES = Domain(
    "sales",
    "Orders of the shop",
    'region = "north"  # which part of the country\nyear = 2023  # the year of the orders\n',
    ("import pandas as pd",),
    ("share", "compare_halves", "month_key", "rank_within", "histogram", "quality", "bucket"),
    """\
$lines = []
for number in range(48):
    $lines.append(
        {
            "Order No": 1000 + number,
            "Day": f"{year}-{number % 12 + 1:02d}-{number % 27 + 1:02d}",
            "Gross Amount": f"{(number * 37) % 900 + 10:,}.50",
            "Region": ["north", "south", "east"][number % 3],
            "Article": f"A{number % 7}",
        }
    )
$data = pd.DataFrame($lines)
$data = clean_columns($data)
""",
    """\
# amounts come as text
$data["amount"] = [to_number($one) for $one in $data["gross_amount"]]
$data["day"] = [parse_day($one) for $one in $data["day"]]
$data["local"] = [in_currency($one) for $one in $data["amount"]]
skipped = 0
kept = []
for index, row in $data.iterrows():
    if row["region"] != region and row["amount"] < 100:
        skipped += 1
    else:
        kept.append(index)
$data = $data.loc[kept].reset_index(drop=True)
""",
    (
        """\
by_article = {}
for _, row in $data.iterrows():
    by_article.setdefault(row["article"], []).append(row["local"])
best = None
for article in sorted(by_article):
    if best is None or sum(by_article[article]) > sum(by_article[best]):
        best = article
answer = f"{best}: {round(sum(by_article[best]), 2)}"
""",
        """\
months = {}
for _, row in $data.iterrows():
    key = f"{row['day'].year}-{row['day'].month:02d}"
    months[key] = round(months.get(key, 0) + row["local"], 2)
previous = None
steps = []
for key in sorted(months):
    if previous is not None:
        steps.append(round(months[key] - months[previous], 2))
    previous = key
answer = f"{len(steps)} steps, largest {max(steps)}"
""",
        """\
large, small = 0, 0
for amount in $data["amount"]:
    if amount > 500:
        large += 1
    elif amount < 50:
        small += 1
answer = f"{large} large, {small} small of {len($data)}"
""",
    ),
    ('print(region, "skipped", skipped)', "print(answer)", '$data[["order_no", "amount", "local"]].head($rows)'),
    uses=("clean_columns", "to_number", "parse_day", "in_currency"),
)

FLIGHTS = Domain(
    "flights",
    "Departures",
    'airport = "AAL"\nthreshold = 2.5  # how far from the middle is too far\n',
    ("import pandas as pd",),
    ("moving_mean", "histogram", "share", "quality", "rank_within", "bucket", "compare_halves"),
    """\
airports = {"AAL": (57.1, 9.9), "BLL": (55.7, 9.2), "CPH": (55.6, 12.6), "KRP": (56.3, 9.1)}
$lines = []
for number in range(60):
    origin = list(airports)[number % 4]
    target = list(airports)[(number * 3 + 1) % 4]
    $lines.append((origin, target, 5 + (number * 13) % 40 + (300 if number % 19 == 0 else 0)))
$data = pd.DataFrame($lines, columns=["Origin", "Target", "Delay (min)"])
$data = clean_columns($data)
""",
    """\
$data["km"] = [distance_km(airports[a], airports[b]) for a, b in zip($data["origin"], $data["target"])]
$data = flag_outliers($data, "delay_min")
here = $data[$data["origin"] == airport]
if here.empty:
    raise ValueError(f"nothing leaves {airport}")
ordinary = here[~here["outlier"]]
$totals = summarise(ordinary, ["target"], "delay_min")
""",
    (
        """\
late = 0
longest = 0
run_length = 0
for minutes in here["delay_min"]:
    if minutes > 15:
        late += 1
        run_length += 1
        longest = max(longest, run_length)
    else:
        run_length = 0
verdict = f"{late} late, {longest} in a row"
""",
        """\
verdict = (
    $data.assign(hour=lambda t: t.index % 24)
    .query("delay_min < 200")
    .groupby("hour")
    .delay_min.mean()
    .round(1)
    .reset_index()
    .sort_values("delay_min")
    .head(3)
    .to_dict("records")
)
""",
        """\
verdict = {}
for target in sorted(set(here["target"])):
    minutes = list(here.loc[here["target"] == target, "delay_min"])
    if len(minutes) > 1:
        verdict[target] = round(sum(minutes) / len(minutes), 1)
    else:
        verdict[target] = None
""",
    ),
    ("print(verdict)", "print(airport, len(here), here['km'].max())", "$totals.head($rows)"),
    uses=("clean_columns", "distance_km", "flag_outliers", "summarise"),
)

ENERGY = Domain(
    "energy",
    "Meters",
    'meter = "M3"\nthreshold = 3.0\n',
    ("import pandas as pd",),
    ("share", "compare_halves", "histogram", "bucket", "quality", "rank_within"),
    """\
$lines = []
for hour in range(72):
    for name in ("M1", "M2", "M3"):
        reading = None if (hour + len(name)) % 11 == 0 else 20 + (hour * 7) % 13 + hour % 24
        $lines.append({"Meter": name, "Hour": hour, "kWh": reading})
$data = pd.DataFrame($lines)
$data = clean_columns($data)
""",
    """\
parts = []
for name, part in $data.groupby("meter"):
    part = part.copy()
    readings = [None if pd.isna($one) else float($one) for $one in part["kwh"]]
    part["kwh"] = fill_gaps(readings, 20.0)
    part["smooth"] = moving_mean(list(part["kwh"]), 4)
    parts.append(part)
$data = pd.concat(parts)
$data = flag_outliers($data, "kwh")
""",
    (
        """\
peak = {}
for name, part in $data.groupby("meter"):
    top = part.loc[part["kwh"].idxmax()]
    peak[name] = (int(top["hour"]), float(top["kwh"]))
message = f"{meter} peaks at {peak[meter][0]}"
""",
        """\
days = {}
for _, row in $data[$data["meter"] == meter].iterrows():
    day = int(row["hour"]) // 24
    days.setdefault(day, 0.0)
    days[day] += row["kwh"]
message = ", ".join(f"day {day}: {total:.1f}" for day, total in sorted(days.items()))
""",
        """\
runs = 0
was_high = False
for value in $data.loc[$data["meter"] == meter, "smooth"]:
    high = value > 38
    if high and not was_high:
        runs += 1
    was_high = high
message = f"{runs} stretches above 38 kWh"
""",
    ),
    ("print(message)", '$data.groupby("meter")["kwh"].sum().round(1).head($rows)'),
    uses=("clean_columns", "fill_gaps", "moving_mean", "flag_outliers"),
)
