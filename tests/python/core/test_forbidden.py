"""Platforms that forbid it: what they say, and what is said instead. The texts are the vendors'; no vendor is asked."""

from __future__ import annotations

import penstock
import pytest
from penstock.core.attach import attach
from penstock.core.forbidden import forbidden

WHITELIST = "py4j.security.Py4JSecurityException: Method public addJar() is not whitelisted on class X\n\tat y"
PERMISSION = "<_InactiveRpcError of RPC that terminated with: status = StatusCode.PERMISSION_DENIED"


@pytest.mark.parametrize(
    ("text", "env", "says"),
    [
        (WHITELIST, {"DATABRICKS_RUNTIME_VERSION": "15.4"}, "MANAGE ALLOWLIST puts penstock-x.jar"),
        (PERMISSION, {"DATABRICKS_RUNTIME_VERSION": "client.4.2"}, "serverless compute loads no JAR"),
        (PERMISSION, {"DATABRICKS_RUNTIME_VERSION": "17.3", "IS_SERVERLESS": "TRUE"}, "No permission changes that"),
        (PERMISSION, {}, "can allow addArtifacts and registerJavaFunction"),
    ],
)
def test_rule_and_remedy(text: str, env: dict[str, str], says: str) -> None:
    error = forbidden(text, "penstock-x.jar", env)
    assert error is not None
    assert says in str(error)
    assert error.codes == ("attach-forbidden",)
    assert "\tat " not in str(error)


def test_other_errors_are_others() -> None:
    assert forbidden("[TABLE_OR_VIEW_NOT_FOUND] no", "x", {}) is None


def test_attach_says_it(fresh: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object) -> None:
        raise RuntimeError(PERMISSION)

    door = penstock.core.attach.door_of(fresh)  # type: ignore[attr-defined]
    monkeypatch.setattr(type(door), "found", deny)
    with pytest.raises(penstock.AttachForbidden, match="does not let a session bring a JAR") as raised:
        attach(fresh)  # type: ignore[arg-type]
    assert raised.value.__cause__ is None
