"""What the placeholders of the catalogue's SQL stand for.

`{c}` is the value of the target's column, `{row}` the row's number, `{local}` and `{utc}` a time as wall time in the
roles' zone and in UTC (both TIMESTAMP_NTZ), `{us}` it in microseconds, `{min}` `{max}` `{limit}` the bounds of a type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from penstock.scenarios.columns.base import literal
from penstock.scenarios.columns.times import span
from penstock.scenarios.layers import quoted
from penstock.scenarios.leaves import ddl

from .types import INSTANT, LOCAL, TEXT, WHOLE, families
from .zones import turns

if TYPE_CHECKING:
    from pyspark.sql.types import DataType

    from penstock.scenarios.roles import Roles

_EPOCH = "TIMESTAMP_NTZ'1970-01-01 00:00:00'"


def of_value(value: str, data_type: DataType, roles: Roles) -> dict[str, str]:
    """The placeholders of one value of a type."""
    name = data_type.typeName()
    out = {"c": value, "type": ddl(data_type), **of_roles(roles)}
    if name in WHOLE:
        low = -(2 ** (WHOLE[name] - 1))
        out |= {"min": f"CAST('{low}' AS {ddl(data_type)})", "max": f"CAST('{-low - 1}' AS {ddl(data_type)})"}
        out["us"] = f"CAST({value} AS BIGINT)"
    if name == "decimal":
        out["limit"] = f"CAST('{_nines(data_type)}' AS {ddl(data_type)})"
        wider = min(38, cast(Any, data_type).precision + 2)
        scale = min(wider, cast(Any, data_type).scale + 2)
        out["wider"] = f"decimal({wider},{scale - (ddl(data_type) == f'decimal({wider},{scale})')})"
    if name in {INSTANT, LOCAL, "date"}:
        out |= {
            "us": micros(value, data_type),
            "local": local(value, data_type, roles),
            "utc": utc(value, data_type, roles),
        }
    if name in {INSTANT, LOCAL}:
        out |= _of_clock(value, data_type, roles)
    if name == "struct":
        out |= _of_struct(value, data_type)
    out["another"] = another(value, data_type)
    out["wide"] = _OTHER_WIDTH.get(name, ddl(data_type))
    out["one"] = out["limit"] if name == "decimal" else "1"
    text = "text" in families(data_type)
    out["blank"] = "''" if text else "NULL"
    out["unseen"] = "'__unseen__'" if text else "-99"
    out["orphan"] = "concat('__orphan__', CAST({row} AS STRING))" if text else out.get("max", out["another"])
    out["other_type"] = "BINARY" if text else "STRING"
    return out


def _of_clock(value: str, data_type: DataType, roles: Roles) -> dict[str, str]:
    """What is particular about timestamps: the other type of them, and the turns of the zone's clocks."""
    instant = data_type.typeName() == INSTANT
    here = local(value, data_type, roles)
    out = {"other_clock": here if instant else f"timestamp_micros({micros(value, data_type)})"}
    found = turns(roles.zone)
    if found is None:
        return out
    back = _moved(here, roles.zone, "UTC")
    # Of two instants with one wall time the second does not come back; a wall time alone shows that there are two.
    again = [_moved(f"{back} + INTERVAL '{n}' MINUTE", "UTC", roles.zone) + f" = {value}" for n in (60, 30)]
    out["overlaps"] = f"{back} <> {utc(value, data_type, roles)}" if instant else f"({' OR '.join(again)})"
    out["gap_us"] = f"{found.gap}L"
    out["first_us"] = f"{found.first if instant else found.overlap}L"
    out["second_us"] = f"{found.second if instant else found.overlap}L"
    out["odd_day_us"] = f"{found.gap_day_utc if instant else found.gap_day}L"
    return out


def _of_struct(value: str, data_type: DataType) -> dict[str, str]:
    """Whether nothing is in a struct, and such a struct."""
    fields = cast(Any, data_type).fields
    hollow = " AND ".join(f"{value}.{quoted(f.name)} IS NULL" for f in fields) or "false"
    nulls = ", ".join(f"{literal(f.name)}, CAST(NULL AS {ddl(f.dataType)})" for f in fields)
    return {"hollow": hollow, "hollow_value": f"named_struct({nulls})"}


def of_roles(roles: Roles) -> dict[str, str]:
    """The placeholders that are the same everywhere: the zone, and spans in microseconds."""
    zone, window, delay = literal(roles.zone), f"{span(roles.window)}L", f"{span(roles.delay)}L"
    return {"zone": zone, "window": window, "delay": delay}


def micros(value: str, data_type: DataType) -> str:
    """A time as BIGINT microseconds, wall time as if it were UTC; a whole number is itself."""
    name = data_type.typeName()
    if name == INSTANT:
        return f"unix_micros({value})"
    if name == "date":
        return f"(CAST(unix_date({value}) AS BIGINT) * 86400000000L)"
    if name == LOCAL:
        # No function takes a TIMESTAMP_NTZ without going through the session's zone; an interval does not.
        since = f"({value} - {_EPOCH})"
        parts = ((86400000000, "DAY"), (3600000000, "HOUR"), (60000000, "MINUTE"))
        whole = " + ".join(f"extract({unit} FROM {since}) * {each}L" for each, unit in parts)
        return f"({whole} + CAST(extract(SECOND FROM {since}) * 1000000 AS BIGINT))"
    return f"CAST({value} AS BIGINT)"


def from_micros(text: str, data_type: DataType) -> str:
    """The other way round."""
    name = data_type.typeName()
    if name == INSTANT:
        return f"timestamp_micros({text})"
    if name == "date":
        return f"date_from_unix_date(CAST(floor(({text}) / 86400000000) AS INT))"
    return ntz(text) if name == LOCAL else f"CAST({text} AS {ddl(data_type)})"


def ntz(text: str) -> str:
    """Microseconds as a wall time."""
    return f"({_EPOCH} + INTERVAL '0.000001' SECOND * ({text}))"


def local(value: str, data_type: DataType, roles: Roles) -> str:
    """A time as wall time in the roles' zone; what has no zone is that already."""
    if data_type.typeName() == INSTANT:
        return _moved(ntz(f"unix_micros({value})"), "UTC", roles.zone)
    return f"CAST({value} AS TIMESTAMP_NTZ)" if data_type.typeName() == "date" else value


def utc(value: str, data_type: DataType, roles: Roles) -> str:
    """A time as wall time in UTC; of two instants with one wall time it is the earlier."""
    if data_type.typeName() == INSTANT:
        return ntz(f"unix_micros({value})")
    return _moved(local(value, data_type, roles), roles.zone, "UTC")


def another(value: str, data_type: DataType) -> str:
    """SQL text: a value of the type that is not `value`."""
    name = data_type.typeName()
    if name in TEXT or name.startswith("string"):
        return f"concat(coalesce({value}, ''), '*')"
    if name == "boolean":
        return f"NOT coalesce({value}, false)"
    if name in WHOLE or name in {"float", "double", "decimal"}:
        return f"if({value} = 1, 2, 1)"
    if name in {INSTANT, LOCAL, "date"}:
        return from_micros(f"coalesce({micros(value, data_type)}, 0L) + 86400000000L", data_type)
    return "NULL"


def _moved(text: str, source: str, target: str) -> str:
    return text if source == target else f"convert_timezone({literal(source)}, {literal(target)}, {text})"


def _nines(data_type: DataType) -> str:
    told = cast(Any, data_type)
    return "9" * (told.precision - told.scale) + ("." + "9" * told.scale if told.scale else "")


_OTHER_WIDTH = {
    "byte": "smallint",
    "short": "int",
    "integer": "bigint",
    "long": "int",
    "float": "double",
    "double": "float",
}
