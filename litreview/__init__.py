"""litreview: from a folder of PDFs and search exports to a synthesis that a review team can defend."""

__version__ = "0.1.0"
