"""How is it put together and started?"""
