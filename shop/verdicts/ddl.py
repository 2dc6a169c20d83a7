"""What keeps a published verdict as it was published: the triggers of the ledger."""

from shop.ledger.ddl import Statements, append_only

STATEMENTS: Statements = append_only("verdict", ["id"], ["public_id"], ["entry_index"])
