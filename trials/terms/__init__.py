"""The field's vocabulary: registry codes, value types and patient words. No tables, no queries."""
