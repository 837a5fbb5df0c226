"""One command of `broadsheet` a file; its name is the file's, without a closing underscore (`import_`)."""
