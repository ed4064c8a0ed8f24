"""The organisation on screen: public bodies, directions, services."""
