"""One file a source: how attendance, surveys and registers arrive."""
