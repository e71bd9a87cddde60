"""The workbook that people fill in: written, and recognised when it comes back."""
