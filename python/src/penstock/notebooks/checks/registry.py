"""The list of rules. One more is one file beside this one, one line here, and its row in docs/notebooks/check.md."""

from __future__ import annotations

from penstock.notebooks.checks import (
    absolute_path,
    all_lines,
    allowance,
    cluster_id,
    control_flow,
    definition,
    duplicate_code,
    execution_order,
    long_chain,
    missing_import,
    no_parameters,
    notebook_lines,
    run_chain,
    saved_outputs,
    secret,
    syntax_error,
    unbounded_result,
    undefined_name,
    unpinned_install,
    unreadable,
    unused_parameter,
)
from penstock.notebooks.checks.rule import Rule

RULES: tuple[Rule, ...] = (
    # how much a notebook holds
    notebook_lines.RULE,
    all_lines.RULE,
    definition.RULE,
    control_flow.RULE,
    long_chain.RULE,
    duplicate_code.RULE,
    # what it can be given
    no_parameters.RULE,
    unused_parameter.RULE,
    absolute_path.RULE,
    cluster_id.RULE,
    secret.RULE,
    # whether it does the same tomorrow
    execution_order.RULE,
    undefined_name.RULE,
    saved_outputs.RULE,
    unbounded_result.RULE,
    run_chain.RULE,
    unpinned_install.RULE,
    missing_import.RULE,
    # whether it can be checked at all
    syntax_error.RULE,
    unreadable.RULE,
    allowance.RULE,
)
BY_ID = {rule.id: rule for rule in RULES}
