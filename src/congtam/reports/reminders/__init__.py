"""The reminder of every Monday (công văn đôn đốc): late and due dossiers by unit, as a letter and as a chat message."""
