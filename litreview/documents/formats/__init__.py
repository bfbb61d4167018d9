"""Files without pages: Word documents, web pages and plain text, read into pieces that become a document."""
