"""One box that finds: the machine only; documents are declared by the owners of the models."""
