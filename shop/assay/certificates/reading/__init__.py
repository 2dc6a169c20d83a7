"""From a document's text to the fields and results it states."""
