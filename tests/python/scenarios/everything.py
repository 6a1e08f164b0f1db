"""A spec with a column of every kind."""

from __future__ import annotations

from penstock import scenarios as s

EVERYTHING = s.Spec(
    {
        "customers": s.Table(
            50, {"id": s.Sequence(1000), "region": s.Category(("eu", "us"), (3, 1)), "mail": s.Uuid()}
        ),
        "orders": s.Table(
            400,
            {
                "id": s.Sequence(),
                "customer": s.ForeignKey("customers", "id", orphans=0.1, childless=0.2, exponent=1.2),
                "region": s.ForeignKey("customers", "region", orphans=0.1, childless=0.2, exponent=1.2),
                "boss": s.ForeignKey("orders", "id", roots=0.1),
                "sku": s.Pattern("??-###"),
                "note": s.Text(0, 4, nulls=0.25),
                "qty": s.Integer(1, 9),
                "price": s.Decimal(10, 2, 0, 99),
                "wide": s.Decimal(38, 4),
                "rate": s.Normal(5, 2),
                "wait": s.Exponential(3),
                "hot": s.Zipf(1000),
                "ok": s.Boolean(0.9),
                "day": s.Date(),
                "at": s.Timestamp(unit="1 second"),
                "ts": s.Ticks(every="1 minute", jitter=1.0),
                "seen": s.Arrival("ts", late=0.05),
                "ntz": s.Ticks(ntz=True),
                "ntz_seen": s.Arrival("ntz", ntz=True),
                "tags": s.Array(s.Array(s.Normal(), 0, 2), 0, 3, nulls=0.1),
                "o": s.Struct({"a": s.Zipf(5), "m": s.Map(s.Text(1, 1), s.Uniform())}),
                "key": s.Key(),
                "op": s.Operation(0.5),
                "total": s.Sql("price * qty", "decimal(20,2)"),
            },
            keys=10,
            shuffled=16,
            repeated=0.1,
        ),
    },
    seed=7,
)
