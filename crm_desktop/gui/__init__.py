"""The window: one room a noun, furniture that knows no noun, and the main window that introduces them."""
