"""The parts of the report, a file each: a function takes a Reading and gives a Section."""
