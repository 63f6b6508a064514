"""What a session asks: reads a mesocycle, asks the engine, and is alone in writing its answers."""
