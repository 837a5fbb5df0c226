"""Reading what WordPress exports: the file as a stream of records, its content as neutral blocks. No Django here."""
