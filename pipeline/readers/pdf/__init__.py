"""Which lines, tables and notes does a PDF show?

The story of a page: its ink is read (sheet) from PDFium's page objects (objects, runs, rulings),
the text layer is judged (layer) and a page without a sound one is recognised as an image; rulings
make tables (grids), what stands outside them makes rows (rows), of which some are furniture, some
footnotes (notes), some a table that only white tells (unruled) and some stand in two columns
(columns). What annotations draw counts as ink: signing software fills in the letter's number and
day that way.
"""

from pipeline.readers.pdf.reader import read_pdf

__all__ = ["read_pdf"]
