"""Files of rows as a spreadsheet writes and reads them: their columns, their cells, and what is wrong with them."""
