"""Platforms that do not let a session take a JAR: how they say it, and what an administrator can allow."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from .errors import AttachForbidden

# How the refusals read on the wire: py4j's whitelist, a Connect server's policy, gRPC's own status.
_FORBIDDEN = re.compile(
    r"Py4JSecurityException|is not whitelisted|PERMISSION_DENIED|UNAUTHORIZED|allowlist|ALLOWLIST|"
    r"NOT_SUPPORTED_WITH_SERVERLESS|not supported on (?:serverless|shared|standard)|NOT_SUPPORTED_ON_SERVERLESS|"
    r"StatusCode\.UNIMPLEMENTED|JVM_ATTRIBUTE_NOT_SUPPORTED",
    re.IGNORECASE,
)


def forbidden(text: str, jar: str, env: Mapping[str, str] = os.environ) -> AttachForbidden | None:
    """The refusal of the platform in plain words, or None where the text is about something else."""
    if not _FORBIDDEN.search(text):
        return None
    rule, remedy = _serverless(env) or _databricks(jar, env) or _server(jar)
    said = text.strip().splitlines()[0][:300]
    return AttachForbidden(f"{rule}\n  {remedy}\n  The platform said: {said}  [penstock.attach-forbidden]")


def _serverless(env: Mapping[str, str]) -> tuple[str, str] | None:
    runtime = env.get("DATABRICKS_RUNTIME_VERSION", "")
    if env.get("IS_SERVERLESS", "").upper() != "TRUE" and not runtime.startswith("client."):
        return None
    return (
        "Databricks serverless compute loads no JAR into a notebook's session.",
        "No permission changes that.   Run this notebook on compute with dedicated access mode, "
        "or the same work as a JAR task.",
    )


def _databricks(jar: str, env: Mapping[str, str]) -> tuple[str, str] | None:
    if "DATABRICKS_RUNTIME_VERSION" not in env:
        return None
    return (
        "Databricks standard access mode takes a JAR only from a place on the metastore's allowlist, "
        "and only as a library of the compute.",
        f"An administrator with MANAGE ALLOWLIST puts {jar} (penstock.jar_path() has it) into a Unity Catalog volume, "
        "adds the volume's path to the allowlist for JARs, and installs it on the compute with "
        "spark.sql.extensions=penstock.PenstockExtensions.   Or use dedicated access mode: nothing has to be "
        "allowed there.",
    )


def _server(jar: str) -> tuple[str, str]:
    return (
        "This Spark server does not let a session bring a JAR.",
        f"Its administrator can allow addArtifacts and registerJavaFunction, or start it with {jar} on spark.jars and "
        "spark.sql.extensions=penstock.PenstockExtensions.",
    )
