"""What keeps a grade from being rewritten: a new one is added, the old one stays."""

from collections.abc import Mapping

from shop.ledger.ddl import Statements, append_only

BY_TABLE: Mapping[str, Statements] = {"claim_grade": append_only("claim_grade", ["id"])}
STATEMENTS: Statements = BY_TABLE["claim_grade"]
