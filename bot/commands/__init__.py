"""Commands, one module per family; each is declared once and projected to every platform."""
