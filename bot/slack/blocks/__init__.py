"""Pictures of rows: a row or a report in, blocks out. Nothing here sends anything."""
