"""The stages in order: incremental, with progress, each a call into its room."""
