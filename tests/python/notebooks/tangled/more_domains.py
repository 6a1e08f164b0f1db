"""Three more domains: clinics, web logs, and a fleet whose notebooks take their helpers in by `%run`."""

from __future__ import annotations

from tangled.domains import ENERGY, FLIGHTS, SALES, Domain

CLINIC = Domain(
    "clinic",
    "Waiting times",
    'ward = "surgery"\nedges = [10, 30, 60]\n',
    ("import pandas as pd",),
    ("share", "compare_halves", "quality", "rank_within", "moving_mean", "month_key"),
    """\
wards = ["surgery", "children", "eyes"]
$lines = []
for number in range(54):
    arrival = f"{number % 28 + 1:02d}.{number % 6 + 1:02d}.2022"
    $lines.append([f"P{number:03d}", wards[number % 3], arrival, (number * 17) % 95])
$data = pd.DataFrame($lines, columns=["Patient", "Ward", "Arrival Day", "Waited"])
$data = clean_columns($data)
""",
    """\
$data["arrival_day"] = [parse_day($one) for $one in $data["arrival_day"]]
$data["band"] = [bucket($one, edges) for $one in $data["waited"]]
$mine = $data[$data["ward"] == ward].reset_index(drop=True)
$totals = summarise($mine, ["band"], "waited")
picture = histogram(list($mine["band"]))
""",
    (
        """\
worst = None
for _, row in $mine.iterrows():
    if worst is None or row["waited"] > worst["waited"]:
        worst = row
finding = f"{worst['patient']} waited {worst['waited']} minutes"
""",
        """\
weekdays = [0] * 7
for arrived, waited in zip($mine["arrival_day"], $mine["waited"]):
    if arrived is not None and waited >= 30:
        weekdays[arrived.weekday()] += 1
finding = "long waits by weekday: " + " ".join(map(str, weekdays))
""",
        """\
over = 0
streak = []
for waited in $mine["waited"]:
    if waited > 60:
        over += 1
        streak.append(waited)
    elif streak:
        streak = []
finding = f"{over} over an hour, {len(streak)} of them at the end"
""",
    ),
    ("print(picture)", "print(finding)", "$totals.head($rows)"),
    notebooks=9,
    uses=("clean_columns", "parse_day", "bucket", "summarise", "histogram"),
)

WEBLOGS = Domain(
    "weblogs",
    "Visits of the site",
    'page = "/basket"\ngap_minutes = 30\n',
    ("import pandas as pd",),
    ("share", "compare_halves", "quality", "month_key", "bucket", "moving_mean"),
    """\
pages = ["/", "/article", "/basket", "/paid"]
$lines = []
for visitor in range(12):
    minute = visitor * 5
    for step in range(6):
        minute += 4 + (visitor * step * 7) % 50
        $lines.append({"visitor": f"v{visitor}", "minute": minute, "page": pages[(visitor + step) % 4]})
$data = pd.DataFrame($lines)
""",
    """\
sessions = []
for visitor, part in $data.groupby("visitor"):
    numbers = split_sessions(list(part["minute"]))
    sessions += [f"{visitor}-{$one}" for $one in numbers]
$data["session"] = sessions
$data = rank_within($data, "session", "minute")
picture = histogram(list($data["page"]))
""",
    (
        """\
reached = set()
paid = set()
for _, row in $data.iterrows():
    if row["page"] == page:
        reached.add(row["session"])
    if row["page"] == "/paid":
        paid.add(row["session"])
outcome = f"{len(reached & paid)} of {len(reached)} sessions with {page} were paid"
""",
        """\
lengths = {}
for session, part in $data.groupby("session"):
    lengths[session] = int(part["minute"].max() - part["minute"].min())
longest = sorted(lengths, key=lambda name: (-lengths[name], name))[:3]
outcome = ", ".join(f"{name} {lengths[name]} min" for name in longest) + f" (page {page} not asked)"
""",
        """\
after = {}
previous = None
for visited in $data.sort_values(["session", "minute"])["page"]:
    if previous == page:
        after[visited] = after.get(visited, 0) + 1
    previous = visited
outcome = f"after {page}: {sorted(after.items())}"
""",
    ),
    ("print(outcome)", "print(picture)", '$data.head($rows)[["visitor", "page", "session"]]'),
    notebooks=9,
    uses=("split_sessions", "rank_within", "histogram"),
)

FLEET = Domain(
    "fleet",
    "Lorries on the road",
    'depot = "Aarhus"\nlimit_km = 150\n',
    ("import pandas as pd",),
    ("quality", "compare_halves", "histogram", "bucket"),
    """\
$lines = []
for trip in range(40):
    start, end = DEPOTS[trip % len(DEPOTS)], DEPOTS[(trip * 3 + 1) % len(DEPOTS)]
    $lines.append({"lorry": f"L{trip % 5}", "start": start, "end": end, "km": route_km(start, end)})
$data = pd.DataFrame($lines)
$data["cost"] = [trip_cost($one) for $one in $data["km"]]
""",
    """\
$mine = $data[$data["start"] == depot].reset_index(drop=True)
long_trips = 0
for km in $mine["km"]:
    if km > limit_km:
        long_trips += 1
""",
    (
        """\
per_lorry = {}
for _, row in $mine.iterrows():
    if row["km"] > 0:
        per_lorry[row["lorry"]] = round(per_lorry.get(row["lorry"], 0) + row["cost"], 2)
told = f"{len(per_lorry)} lorries, dearest {max(per_lorry.values(), default=0)}"
""",
        """\
told = ""
for target in sorted(set($mine["end"])):
    count = int(($mine["end"] == target).sum())
    if count > 1:
        told += f"{target} x{count} "
told = told.strip() or "no target twice"
""",
    ),
    ("print(told)", "print(depot, long_trips)", '$mine[["lorry", "end", "km"]].head($rows)'),
    notebooks=9,
)

DOMAINS = (SALES, FLIGHTS, ENERGY, CLINIC, WEBLOGS, FLEET)

LIBRARIES = {
    "lib/places": (
        "# Where the depots are",
        'DEPOTS = ["Aarhus", "Odense", "Aalborg", "Esbjerg"]\n'
        "POSITIONS = {\n"
        '    "Aarhus": (56.16, 10.21),\n'
        '    "Odense": (55.4, 10.39),\n'
        '    "Aalborg": (57.05, 9.92),\n'
        '    "Esbjerg": (55.47, 8.45),\n'
        "}\n",
        "def position(name):\n"
        '    """Latitude and longitude of a depot."""\n'
        "    if name not in POSITIONS:\n"
        '        raise KeyError(f"no depot {name}")\n'
        "    return POSITIONS[name]\n",
    ),
    "lib/routes": (
        "# How far it is",
        "%run ./places",
        "import math\n",
        "def route_km(start, end):\n"
        '    """Roads are a third longer than the way a bird takes."""\n'
        "    (lat1, lon1), (lat2, lon2) = position(start), position(end)\n"
        "    x = (lon2 - lon1) * math.cos(math.radians((lat1 + lat2) / 2))\n"
        "    return round(111.2 * math.hypot(x, lat2 - lat1) * 1.33, 1)\n",
    ),
    "lib/costs": (
        "# What a trip costs",
        "PER_KM = 1.35\nPER_TRIP = 40.0\n",
        "def trip_cost(km):\n    if km <= 0:\n        return 0.0\n    return round(PER_TRIP + km * PER_KM, 2)\n",
    ),
}
"""Notebooks that only define things; the second runs the first. A text in `#` is prose."""

SPARK_STUDY = """\
shown = spark.createDataFrame($data[["session", "minute"]])
rows = shown.groupBy("session").count().orderBy("session").toPandas()
steps = 0
for count in rows["count"]:
    if count > 1:
        steps += int(count)
outcome = f"{steps} steps for {page}"
"""
"""One study of the web logs that goes through Spark, and brings everything to the driver."""
