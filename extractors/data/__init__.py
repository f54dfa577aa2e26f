"""Tables that ship with the package: bodies, places, codes, the catalogue of documents."""
