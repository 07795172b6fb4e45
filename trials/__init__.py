"""Trials of reliability: whole processes killed, files damaged, disks filled, from outside and many times over.

    python3 dev.py trial all            every trial in its small size, as CI runs them
    python3 dev.py trial kill --big     one trial in its release size

A trial that ends well writes its line into docs/reliability.md; one that does not ends with 1 and says what it saw.
"""
