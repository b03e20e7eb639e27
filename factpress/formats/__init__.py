"""Documents as files: HTML, PDF, workbook and CSV, each from the same document."""
