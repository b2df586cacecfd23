"""Studies: many networks trained and measured alike, as tables and figures."""
