"""Sources and builder of the shipped, wholly synthetic corpus (`python -m sample.build`)."""
