"""What tests build their situations with, beyond the doors of the rooms.

A door shows what other rooms of the program use. A test that needs a room's action to set a scene, a clerk who
declines a filing or a unit head who refunds, takes it from here: one module for each room.
"""
